import type { Actor } from '@throughline/domain/actor.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, refused, said, type Team } from '../../test/colleagues.ts';
import { joinMembers } from '../store/identities.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { bulkChange } from './bulk-change.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';

/** What auditors and testers said is not rewritten, downgraded, closed or archived by those whom it is about (9.2.2). */
const us = colleagues();
const finding = kindOf('finding');
const controlTest = kindOf('control-test');
let team: Team;
let ivy: Person;
let sam: Person;
let system: StoredRecord;
beforeEach(async () => {
  team = us();
  [ivy, sam] = await Promise.all([team.person('internal-auditor'), team.person('system-owner')]);
  system = await team.make(team.author, kindOf('system'), { fields: { name: 'Triage', owner: sam.member } });
});

const archive = (actor: Actor, record: StoredRecord) =>
  archiveRecord(team.kernel.services, team.next(actor), kindOf(record.kind), {
    ref: record.id,
    version: null,
  });
const aFinding = (owner: Person = sam) =>
  team.make(ivy, finding, {
    fields: {
      ...{ name: 'No minutes', grade: 'major', requirement: '9.3.3', seen: 'None were kept' },
      ...{ owner: owner.member, raisedBy: ivy.member },
    },
    links: { system: { set: [system.id] } },
  });
const answer = {
  fields: { agreed: 'agreed', followUp: 'answered-no', answer: 'Kept now', answeredOn: '2026-05-01' },
};
const closed = { fields: { closedOn: '2026-05-02' } };

test('whoever is audited answers a finding, and neither grades, closes nor archives it', async () => {
  const made = await aFinding();
  for (const fields of [
    { grade: 'opportunity' },
    { seen: 'All well' },
    { requirement: null, grade: null },
    { owner: null },
  ])
    expect(await refused(team.edit(sam, finding, made, { fields }))).toBe('forbidden');
  expect(
    await said(team.edit(sam, finding, made, { fields: { ...answer.fields, grade: 'opportunity' } })),
  ).toBe('You answer this finding: you write the answer, and what was found is left to others.');
  await team.edit(sam, finding, made, answer);
  expect((await team.step(sam, finding, made, 'answer')).state).toBe('answered');
  await team.edit(ivy, finding, made, closed);
  expect(await said(team.step(sam, finding, made, 'close'))).toBe(
    'You answer this finding, so somebody else closes it.',
  );
  expect(await said(archive(sam, made))).toBe('You answer this finding, so somebody else archives it.');
  expect((await team.step(ivy, finding, made, 'close')).state).toBe('closed');
  // What is closed is not graded anew by anybody, unless it is opened again.
  expect(await refused(team.edit(team.author, finding, made, { fields: { grade: 'opportunity' } }))).toBe(
    'unprocessable',
  );
  expect(await said(archive(team.author, made))).toBe('allowed');
});

test('that holds for every role and account that they have, for whoever stands in for them, and by way of many at once', async () => {
  const made = await aFinding(team.other);
  const downgraded = { fields: { grade: 'opportunity' } };
  const deputy: Person = {
    ...team.third,
    standsFor: [{ member: team.other.member, roles: team.other.roles }],
  };
  const second = await team.person('aims-manager');
  await team.kernel.store.change(team.next(team.third), (write) =>
    joinMembers(write, team.other.member, second.member),
  );
  for (const hand of [team.other, deputy, second]) {
    expect(await refused(team.edit(hand, finding, made, downgraded))).toBe('forbidden');
    expect(await refused(archive(hand, made))).toBe('forbidden');
    const many = await bulkChange(team.kernel.services, team.next(hand), finding, {
      ids: [made.id],
      act: { archive: true },
    });
    expect(many.refused.map(({ reason }) => reason)).toEqual([
      'You answer this finding, so somebody else archives it.',
    ]);
  }
  // An open major is taken out of the register by whoever raised it.
  expect(await said(archive(team.author, made))).toBe('It is not closed, so whoever raised it archives it.');
  expect(await said(archive(ivy, made))).toBe('allowed');
});

test('whoever wrote the answer does not close on it, whoever owns the finding, in one change or in two', async () => {
  const made = await aFinding();
  await team.edit(team.author, finding, made, answer);
  await team.step(sam, finding, made, 'answer');
  await team.edit(team.other, finding, made, closed);
  expect(await said(team.step(team.author, finding, made, 'close'))).toBe(
    'You wrote the answer, so somebody else closes it.',
  );
  const closing = (actor: Actor, patch: Patch) =>
    transitionRecord(team.kernel.services, team.next(actor), finding, {
      ...{ ref: made.id, version: null, transition: 'close', patch },
    });
  expect(await refused(closing(team.other, { fields: { answer: 'Kept, and signed' } }))).toBe('forbidden');
  expect((await closing(team.other, { fields: { closedOn: '2026-05-03' } })).state).toBe('closed');
});

test('a test of a system is neither changed nor archived by whoever answers for that system, and concluded by its tester alone', async () => {
  const control = await team.make(team.author, kindOf('control'), {
    fields: { code: 'L.1', name: 'Logging' },
  });
  const made = await team.make(ivy, controlTest, {
    fields: {
      ...{ name: 'Spring test', conclusion: 'not-effective', result: 'Half were missing' },
      ...{ tester: ivy.member, testedOn: '2026-05-01' },
    },
    links: { system: { set: [system.id] }, control: { set: [control.id] } },
  });
  const rewritten = { fields: { conclusion: 'effective' } };
  expect(await said(team.step(team.author, controlTest, made, 'conclude'))).toBe(
    'Tester is somebody else, who takes this step.',
  );
  const deputy: Person = { ...team.other, standsFor: [{ member: ivy.member, roles: ivy.roles }] };
  expect(await said(team.step(deputy, controlTest, made, 'conclude'))).toBe(
    'Tester is somebody else, who takes this step.',
  );
  const token: Actor = {
    type: 'token',
    token: '0190a2b4-0000-7000-8000-000000000001',
    roles: ['aims-manager'],
  };
  expect(await said(team.step(token, controlTest, made, 'conclude'))).toBe(
    'A person takes this step, so that it can be seen who it was.',
  );
  expect((await team.step(ivy, controlTest, made, 'conclude')).state).toBe('concluded');
  for (const hand of [sam, team.author, ivy])
    expect(await refused(team.edit(hand, controlTest, made, rewritten))).toBe(
      hand === sam ? 'forbidden' : 'unprocessable',
    );
  expect(await refused(team.step(sam, controlTest, made, 'reopen'))).toBe('forbidden');
  expect(await refused(archive(sam, made))).toBe('forbidden');
  // The tester opens it again, and then it says something else.
  await team.step(ivy, controlTest, made, 'reopen');
  expect((await team.edit(ivy, controlTest, made, rewritten)).changed).toEqual(['conclusion']);
});
