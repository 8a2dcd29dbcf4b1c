import { expect, test } from 'vitest';
import { colleagues, kindOf, type Person, said } from '../../test/colleagues.ts';
import { recordIn } from '../../test/take-steps.ts';
import { wholeUse } from '../../test/whole.ts';
import { approvalWire } from '../http/present/approval.ts';
import { recordAbilities, transitionsOf } from '../http/present/record-abilities.ts';
import { addGroup, joinGroup } from '../store/groups.ts';
import { newId } from '../store/ids.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { readRecord } from './read-record.ts';
import { transitionRecord } from './transition-record.ts';

/** What was approved below the level that stands now is confirmed by somebody whose authority reaches it (5.3, 8.3). */
const us = colleagues();
const [useCase, classification] = [kindOf('use-case'), kindOf('classification')];

/** A use of moderate level that was approved by somebody whose authority ends there, and a boss whose does not. */
async function approvedUse() {
  const team = us();
  const { author, other, third } = team;
  const boss = await team.person('top-management');
  await team.authorise(
    { dimension: 'use_case', level: 'moderate', member: other.member },
    { dimension: 'use_case', level: 'severe', role: 'top-management' },
  );
  const system = await team.make(author, kindOf('system'), { fields: { name: 'Routing' } });
  const use = await team.make(author, useCase, {
    fields: { ...wholeUse, name: 'Sort letters' },
    links: { system: { set: [system.id] } },
  });
  const tier = await recordIn(team.kernel.services, team.next(author), classification, {
    fields: { name: 'Tier', scheme: 'own-tier', tier: 'moderate', classifiedOn: '2026-01-01' },
    links: { useCase: { set: [use.id] } },
    state: 'final',
  });
  await team.act(third, classification, tier, 'approve');
  await team.act(other, useCase, use, 'approve');
  const rise = async () => {
    await team.edit(author, classification, tier, { fields: { tier: 'high' } });
    await team.act(third, classification, tier, 'approve');
  };
  const page = async (actor: Person) => {
    const { services } = team.kernel;
    const asked = { organisation: team.organisation, actor, kind: useCase, ref: use.id };
    const view = await readRecord(services, asked);
    return {
      wire: approvalWire(services.registry, view, actor),
      abilities: recordAbilities(view, actor, new Date()),
      view,
    };
  };
  return { team, boss, use, rise, page };
}

const approving = (
  { team }: { team: ReturnType<typeof us> },
  actor: Person,
  use: StoredRecord,
): Promise<string> => said(team.act(actor, useCase, use, 'approve'));

test('what stands within the authority of whoever approved it is not approved twice', async () => {
  const made = await approvedUse();
  expect(await approving(made, made.boss, made.use)).toBe('This version is approved already.');
  expect((await made.page(made.boss)).wire?.beyond).toBeUndefined();
});

test('once the level rises, whoever reaches it confirms the same version; the approval before stays on record', async () => {
  const made = await approvedUse();
  const { boss, use, rise, page, team } = made;
  await rise();
  const { wire, abilities } = await page(boss);
  expect(wire).toMatchObject({ status: 'stale', stale: [], beyond: true });
  expect(abilities.approve).toEqual({ allowed: true });
  const refusal = 'This is high. Your authority over uses does not reach that.';
  expect((await page(team.other)).abilities.approve).toMatchObject({ allowed: false, reason: refusal });
  expect(await approving(made, team.other, use)).toBe(refusal);
  expect(await approving(made, team.author, use)).toBe(
    'You wrote this version, so another person approves it.',
  );
  expect(await approving(made, boss, use)).toBe('allowed');
  const after = await page(boss);
  expect(after.wire?.beyond).toBeUndefined();
  expect(after.view.approvals.map(({ act, by, version }) => [act, by, version])).toEqual([
    ['approve', team.other.member, 1],
    ['approve', boss.member, 1],
  ]);
  // Nor is the confirmation given twice.
  expect(await approving(made, boss, use)).toBe('This version is approved already.');
});

test('a role that a group gives reaches as far as one of their own', async () => {
  const made = await approvedUse();
  const { team, use, rise, page } = made;
  await rise();
  const grouped = await team.person('contributor');
  await team.kernel.store.change(team.next(team.third), async (write) => {
    const board = { id: newId(), name: 'Board', roles: ['top-management'] as const };
    await addGroup(write, board);
    await joinGroup(write, board.id, [grouped.member]);
  });
  const acting: Person = { ...grouped, roles: ['contributor', 'top-management'] };
  expect(await approving(made, acting, use)).toBe('allowed');
  expect((await page(team.other)).wire?.beyond).toBeUndefined();
});

test('no step is taken on an approval that lets through more than its giver may, until somebody confirms it', async () => {
  const made = await approvedUse();
  const { team, boss, use, rise, page } = made;
  await rise();
  const into = () =>
    said(
      transitionRecord(team.kernel.services, team.next(team.third), useCase, {
        ref: use.id,
        version: null,
        transition: 'putIntoUse',
      }),
    );
  const offered = async () =>
    transitionsOf((await page(team.third)).view, team.third).find(({ name }) => name === 'putIntoUse')
      ?.ability;
  const beyond = /lets through more by now than whoever gave it may/;
  expect(await into()).toMatch(beyond);
  expect(await offered()).toMatchObject({ allowed: false, reason: expect.stringMatching(beyond) });
  expect(await approving(made, boss, use)).toBe('allowed');
  expect(await offered()).toMatchObject({ allowed: true });
  expect(await into()).toBe('allowed');
});
