import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import { readRecord } from '../../records/read-record.ts';
import { standBack } from '../../records/stand-back.ts';
import { newId } from '../../store/ids.ts';
import { declareSamePerson, partSamePerson, readSamePersons } from './same-persons.ts';

type Person = Actor & { type: 'person' };
let kernel: TestKernel;
let organisation: string;
let admin: Person;
let one: Person;
let other: Person;

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  admin = await kernel.member(organisation, ['admin'], 'Administrator');
  one = await kernel.member(organisation, ['admin'], 'Head of claims');
  other = await kernel.member(organisation, ['aims-manager'], 'Head of claims, second account');
});

const ctx = (actor: Actor) => kernel.context(organisation, actor);
const declare = (...members: readonly [string, string]) =>
  declareSamePerson(kernel.services, ctx(admin), members);
const standing = (actor: Actor = admin) => readSamePersons(kernel.services, { organisation, actor });
const why = 'They are two people after all.';
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: { code?: string }) => error.code ?? String(error),
  );

test('two members are declared one person, with their names, once', async () => {
  await declare(one.member, other.member);
  expect(await standing()).toMatchObject([
    { members: [{ name: 'Head of claims' }, { name: 'Head of claims, second account' }] },
  ]);
  expect(await refusal(declare(other.member, one.member))).toBe('conflict');
  expect(await refusal(declare(one.member, one.member))).toBe('unprocessable');
  expect(await refusal(declare(one.member, newId()))).toBe('unprocessable');
});

test('what follows from two pairs is not declared a third time', async () => {
  await declare(one.member, other.member);
  const third = await kernel.member(organisation, ['reader'], 'Head of claims, third account');
  await declare(other.member, third.member);
  expect(await refusal(declare(one.member, third.member))).toBe('conflict');
});

test('nobody declares anything of themselves, nor of an account that is known to be theirs', async () => {
  expect(await refusal(declare(admin.member, one.member))).toBe('forbidden');
  await declareSamePerson(kernel.services, ctx(one), [admin.member, other.member]);
  expect(await refusal(declare(other.member, one.member))).toBe('forbidden');
  expect(await standing(one)).toMatchObject([{ own: false }]);
  expect(await standing(other)).toMatchObject([{ own: true }]);
});

test('a mistake is taken back by somebody else than the two', async () => {
  await declare(one.member, other.member);
  const [pair] = await standing();
  const take = (actor: Actor) => refusal(partSamePerson(kernel.services, ctx(actor), pair?.id ?? '', why));
  expect(await take(one)).toBe('forbidden');
  expect(await take(admin)).toBe('allowed');
  expect(await standing()).toEqual([]);
  expect(await take(admin)).toBe('not-found');
});

test('another organisation’s members and pairs are not there', async () => {
  await declare(one.member, other.member);
  const [pair] = await standing();
  const elsewhere = await kernel.organisation('Example Insurance');
  const stranger = await kernel.member(elsewhere, ['admin']);
  const context = kernel.context(elsewhere, stranger);
  expect(await readSamePersons(kernel.services, { organisation: elsewhere, actor: stranger })).toEqual([]);
  expect(await refusal(partSamePerson(kernel.services, context, pair?.id ?? '', why))).toBe('not-found');
  expect(await refusal(declareSamePerson(kernel.services, context, [stranger.member, one.member]))).toBe(
    'unprocessable',
  );
});

test('a person stands back once, with a reason that is read with the record; a token does not', async () => {
  const kind = registry.get('system');
  const system = await createRecord(kernel.services, ctx(other), kind, {
    patch: { fields: { name: 'Triage' } },
  });
  const stand = (actor: Actor) =>
    standBack(kernel.services, ctx(actor), kind, { ref: system.id, reason: 'My sister sells it' });
  await stand(one);
  expect(await refusal(stand(one))).toBe('conflict');
  expect(await refusal(stand({ type: 'token', token: newId(), roles: ['aims-manager'] }))).toBe('forbidden');
  const view = await readRecord(kernel.services, { organisation, actor: one, kind, ref: system.id });
  expect(view.recusals).toMatchObject([{ member: one.member, reason: 'My sister sells it' }]);
  expect(view.members.get(one.member)).toBe('Head of claims');
});
