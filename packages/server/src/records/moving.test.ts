import type { Actor } from '@throughline/domain/actor.ts';
import { approvalStanding } from '@throughline/domain/approvals.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparedBut } from '../../../domain/test/risk/compared.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { borneRisk, wholePlan } from '../../test/whole.ts';
import { approvalsOf } from '../store/approvals.ts';
import { createRecord } from './create-record.ts';
import { decideApproval } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';

type Person = Actor & { type: 'person' };
let kernel: TestKernel;
let organisation: string;
let manager: Person;
let top: Person;
let owner: Person;
/** A system of the owner's, and one of somebody else. */
let mine: string;
let theirs: string;

beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  const person = (...roles: Role[]) => kernel.member(organisation, roles);
  manager = await person('aims-manager');
  top = await person('top-management');
  owner = await person('system-owner');
  mine = (await make('system', { name: 'Mine', owner: owner.member })).id;
  theirs = (await make('system', { name: 'Theirs', owner: manager.member })).id;
});
afterAll(() => kernel.close());

const as = (actor: Actor) => kernel.context(organisation, actor);
const kindOf = (name: string): Kind => registry.get(name);
const within = (system: string) => ({ system: { set: [system] } });
const make = (kind: string, fields: object, system?: string, actor: Actor = manager) =>
  createRecord(kernel.services, as(actor), kindOf(kind), {
    patch: { fields: { ...fields }, ...(system === undefined ? {} : { links: within(system) }) },
  });
const move = (kind: string, ref: string, system: string, actor: Actor = manager) =>
  editRecord(kernel.services, as(actor), kindOf(kind), {
    ref,
    patch: { links: within(system) },
    version: null,
  });
const approve = async (kind: string, record: Awaited<ReturnType<typeof make>>) =>
  decideApproval(kernel.services, as(top), kindOf(kind), {
    ref: record.id,
    act: 'approve',
    version: record.version,
    digest: record.digest.toString('hex'),
    reason: null,
  });
const standing = async (id: string) =>
  kernel.store.read(as(manager), async (reader) =>
    approvalStanding((await approvalsOf(reader, [id])).get(id) ?? [], () => undefined),
  );
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );

describe('what was approved was approved where it stands', () => {
  test('every kind that is approved counts what it belongs to as material', () => {
    const loose = registry.kinds
      .filter(({ approvable }) => approvable)
      .flatMap(({ name, relations, material }) =>
        Object.entries(relations)
          .filter(([relation, { type }]) => type === 'within' && !material.includes(relation))
          .map(([relation]) => `${name}.${relation}`),
      );
    expect(loose).toEqual([]);
  });

  test('an accepted risk that moves to another system is accepted no more', async () => {
    const risk = await make(
      'risk',
      { name: 'A wrong answer', event: 'It errs', owner: owner.member, ...borneRisk },
      mine,
    );
    await approve('risk', risk);
    expect(await standing(risk.id)).toMatchObject({ status: 'approved' });
    expect((await move('risk', risk.id, theirs)).voided).toEqual([risk.id]);
    expect(await standing(risk.id)).toMatchObject({ status: 'void' });
  });

  test('a version in force stays with its system; a draft moves', async () => {
    const draft = await make('impact-assessment', { name: 'Draft' }, mine);
    expect(await code(move('impact-assessment', draft.id, theirs))).toBe('allowed');
    const risk = await make('risk', { name: 'A wrong answer' }, mine);
    const said = { name: 'Plan', expectedLevel: 'low', compared: comparedBut() };
    const plan = await createRecord(kernel.services, as(manager), kindOf('treatment'), {
      patch: {
        fields: { ...wholePlan(owner.member), ...said },
        links: { ...within(mine), risks: { set: [risk.id] } },
      },
    });
    await approve('treatment', plan);
    await expect(move('treatment', plan.id, theirs)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is in force where it stands'),
    });
  });
});

describe('whoever answers for one system writes nothing into those of others', () => {
  test.each(['impact-assessment', 'risk', 'finding'])('a %s of their own', async (kind) => {
    const own = { name: 'Own', ...(kindOf(kind).owner === 'owner' ? { owner: owner.member } : {}) };
    expect(await code(make(kind, own, theirs, owner))).toBe('forbidden');
    const here = await make(kind, own, mine, owner);
    expect(await code(move(kind, here.id, theirs, owner))).toBe('forbidden');
    expect(await code(move(kind, here.id, theirs, manager))).toBe('allowed');
  });

  test.each(['audit', 'risk-criteria'])('nor an %s of the organisation', async (kind) => {
    const named = kind === 'audit' ? { lead: owner.member } : { owner: owner.member };
    expect(await code(make(kind, { name: 'Own', ...named }, undefined, owner))).toBe('forbidden');
  });

  test.each(['model', 'supplier'])('but a %s that they answer for', async (kind) => {
    expect(await code(make(kind, { name: 'Own', owner: owner.member }, undefined, owner))).toBe('allowed');
    expect(await code(make(kind, { name: 'Not mine' }, undefined, owner))).toBe('forbidden');
  });
});
