import type { Actor } from '@throughline/domain/actor.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, refused, said, type Team } from '../../test/colleagues.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { applyImport } from '../features/imports/apply-import.ts';
import { undoImport } from '../features/imports/undo-import.ts';
import { recordAbilities, transitionsOf } from '../http/present/record-abilities.ts';
import { joinMembers } from '../store/identities.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { bulkChange } from './bulk-change.ts';
import { readRecord } from './read-record.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';
import { undoChange } from './undo-change.ts';

/** What auditors and testers said is not rewritten, downgraded, closed or archived by those whom it is about (9.2.2). */
const us = colleagues();
const finding = kindOf('finding');
const audit = kindOf('audit');
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
      ...{ criterion: 'Each run is logged', method: 'Logs were read', sample: 'Ten runs of April' },
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
  // Whoever answers for the control leaves the conclusion where it is, and the page does not offer more.
  const own = 'You had a part in what is tested, so somebody else opens it again.';
  expect(await said(team.step(team.author, controlTest, made, 'reopen'))).toBe(own);
  const { services } = team.kernel;
  const asked = { organisation: team.organisation, actor: team.author, kind: controlTest, ref: made.id };
  const view = await readRecord(services, asked);
  const offered = transitionsOf(view, team.author).find(({ name }) => name === 'reopen')?.ability;
  expect(offered).toMatchObject({ allowed: false, reason: own });
  expect(recordAbilities(view, team.author, services.clock()).undo).toMatchObject({ allowed: false });
  // Nor is it for the tester to open what they found: another one does, and then it says something else.
  const why = { reopenedBecause: 'Half of the runs were of another system.' };
  expect(await said(team.step(ivy, controlTest, made, 'reopen', why))).toBe(
    'Tester is you, so somebody else does this.',
  );
  await team.step(team.other, controlTest, made, 'reopen', why);
  expect((await team.edit(ivy, controlTest, made, rewritten)).changed).toEqual(['conclusion']);
});

test('whoever owned a finding before closes it no more than whoever owns it', async () => {
  const made = await aFinding(team.other);
  await team.edit(team.other, finding, made, answer);
  await team.edit(ivy, finding, made, { fields: { owner: sam.member } });
  await team.step(sam, finding, made, 'answer');
  await team.edit(ivy, finding, made, closed);
  const graded = team.edit(team.other, finding, made, { fields: { grade: 'minor' } });
  expect(await said(graded)).toBe(
    'You answered this finding: you write the answer, and what was found is left to others.',
  );
  expect(await said(team.step(team.other, finding, made, 'close'))).toBe(
    'You answered this finding, so somebody else closes it.',
  );
  expect((await team.step(team.third, finding, made, 'close')).state).toBe('closed');
});

/** An audit of the system, led by the auditor, as far as asked. */
async function anAudit(to: 'under-way' | 'reported'): Promise<StoredRecord> {
  const made = await team.make(ivy, audit, {
    fields: {
      ...{ name: 'Spring audit', objective: 'Whether it runs', criteria: ['9.2.1'], scope: 'Triage' },
      ...{ lead: ivy.member, conclusion: 'Not everything runs', reportIssuedOn: '2026-05-20' },
      independenceRows: [{ auditor: ivy.member, state: 'independent', on: '2026-04-30' }],
      populations: [{ source: 'Register', outside: 'no', size: 1 }],
      sample: [{ item: 'SYS-1' }],
      ...{ recipients: ['Head of claims'], auditeeResponse: 'agreed' },
    },
    links: { systems: { set: [system.id] } },
  });
  const begun = await team.step(ivy, audit, made, 'start');
  return to === 'reported' ? team.step(ivy, audit, made, 'report') : begun;
}

test('whoever had a part in what was audited neither grades its findings nor takes its report away', async () => {
  const reported = await anAudit('reported');
  const made = await aFinding();
  await team.edit(ivy, finding, made, { links: { audit: { set: [reported.id] } } });
  // The author wrote the system; the other has no part in it.
  expect(await said(team.edit(team.author, finding, made, { fields: { grade: 'opportunity' } }))).toBe(
    'You had a part in what was audited: you write the answer, and what was found is left to others.',
  );
  expect(await said(team.edit(team.other, finding, made, { fields: { grade: 'minor' } }))).toBe('allowed');
  expect(await said(archive(team.author, reported))).toBe(
    'You had a part in what is audited, so somebody else archives it.',
  );
  expect(await said(team.step(team.author, audit, reported, 'reopen'))).toBe(
    'You had a part in what is audited, so somebody else opens it again.',
  );
  const deputy: Person = {
    ...team.other,
    standsFor: [{ member: team.author.member, roles: ['aims-manager'] }],
  };
  expect(await refused(archive(deputy, reported))).toBe('forbidden');
  expect(await said(team.step(team.other, audit, reported, 'reopen'))).toBe('allowed');
});

test('nor do they take an open finding of a running audit away, whether it is graded and says who raised it or not', async () => {
  const running = await anAudit('under-way');
  for (const fields of [{}, { grade: 'major' }, { grade: 'minor', raisedBy: ivy.member }]) {
    const made = await team.make(ivy, finding, {
      fields: { name: 'No minutes', requirement: '9.3.3', seen: 'None were kept', ...fields },
      links: { audit: { set: [running.id] } },
    });
    expect(await said(archive(team.author, made))).toBe(
      'You had a part in what was audited, so somebody else archives it.',
    );
    expect(await said(archive(ivy, made))).toBe('allowed');
  }
});

test('a walk of a system and a test of a control are stopped and archived by others than those whose work they look at', async () => {
  const walk = kindOf('walk');
  const drawn = await team.make(ivy, walk, {
    fields: { name: 'Walk of triage', walker: ivy.member, followUp: 'Drawn twice' },
    links: { system: { set: [system.id] } },
  });
  const control = await team.make(team.author, kindOf('control'), {
    fields: { code: 'L.2', name: 'Reviewing' },
  });
  const begun = await team.make(ivy, controlTest, {
    fields: { name: 'Autumn test', tester: ivy.member },
    links: { control: { set: [control.id] } },
  });
  await team.step(ivy, controlTest, begun, 'start');
  for (const [kind, made, step] of [
    [walk, drawn, 'drop'],
    [controlTest, begun, 'cancel'],
  ] as const) {
    expect(await said(archive(team.author, made))).toMatch(/^You had a part in what is (walked|tested), /);
    expect(await refused(team.step(team.author, kind, made, step))).toBe('forbidden');
    expect(await said(archive(team.other, made))).toBe('allowed');
  }
});

test('what a page offers of findings and audits is what is done when it is asked for, with the same words', async () => {
  const asOffered = async (
    actor: Person,
    record: StoredRecord,
    act: string,
    done: () => Promise<unknown>,
  ) => {
    const { services } = team.kernel;
    const kind = kindOf(record.kind);
    const view = await readRecord(services, { organisation: team.organisation, actor, kind, ref: record.id });
    const ability =
      act === 'archive'
        ? recordAbilities(view, actor, services.clock()).archive
        : transitionsOf(view, actor).find(({ name }) => name === act)?.ability;
    const offered = ability?.allowed === true ? 'allowed' : ability?.reason;
    expect(await said(done()), `${act} ${record.kind}`).toBe(offered);
    return offered;
  };
  const found: (string | undefined)[] = [];
  for (const actor of [team.author, team.other, ivy, sam]) {
    const open = await aFinding(team.author);
    found.push(await asOffered(actor, open, 'archive', () => archive(actor, open)));
    const answered = await aFinding(sam);
    await team.edit(sam, finding, answered, answer);
    await team.step(sam, finding, answered, 'answer');
    await team.edit(ivy, finding, answered, closed);
    found.push(await asOffered(actor, answered, 'close', () => team.step(actor, finding, answered, 'close')));
    const reported = await anAudit('reported');
    found.push(await asOffered(actor, reported, 'archive', () => archive(actor, reported)));
    const again = await anAudit('reported');
    found.push(await asOffered(actor, again, 'reopen', () => team.step(actor, audit, again, 'reopen')));
  }
  expect(found.filter((one) => one === 'allowed')).toHaveLength(8);
});

const undo = (actor: Actor, record: StoredRecord, version: number) =>
  undoChange(team.kernel.services, team.next(actor), kindOf(record.kind), { ref: record.id, version });

test('who is audited neither stops a running audit, in one step or by taking its start back, nor writes in it', async () => {
  const stopped = 'You had a part in what is audited, so somebody else stops it.';
  const running = await anAudit('under-way');
  const pageOf = (actor: Person) =>
    readRecord(team.kernel.services, {
      organisation: team.organisation,
      actor,
      kind: audit,
      ref: running.id,
    });
  const view = await pageOf(team.author);
  const offered = recordAbilities(view, team.author, new Date());
  const cancel = transitionsOf(view, team.author).find(({ name }) => name === 'cancel');
  expect([offered.undo, cancel?.ability]).toEqual([
    { allowed: false, reason: stopped, who: expect.any(Array) },
    { allowed: false, reason: stopped, who: expect.any(Array) },
  ]);
  expect(offered.archive).toMatchObject({ allowed: false });
  expect(await said(team.step(team.author, audit, running, 'cancel'))).toBe(stopped);
  expect(await said(undo(team.author, running, running.version))).toBe(stopped);
  expect(await said(archive(team.author, running))).toBe(
    'You had a part in what is audited, so somebody else archives it.',
  );
  const own = { fields: { auditeeNote: 'We see it so too' } };
  expect(await said(team.edit(team.author, audit, running, { fields: { scope: 'Nothing' } }))).toMatch(
    /left to the auditors/,
  );
  expect(await said(team.edit(team.author, audit, running, own))).toBe('allowed');
  expect(await said(team.edit(team.other, audit, running, { fields: { scope: 'Triage, and more' } }))).toBe(
    'allowed',
  );
  expect(await said(team.step(team.other, audit, running, 'cancel'))).toBe('allowed');
});

const imported = async (by: Person, kind: Kind, lines: readonly string[]) => {
  const { services } = team.kernel;
  const upload = { name: `${kind.name}.csv`, bytes: Buffer.from(`${lines.join('\n')}\n`), kind };
  const { id } = await analyseFile(services, team.next(by), upload);
  return applyImport(services, team.next(by), id);
};

test('a file makes nobody the auditor of their own work', async () => {
  const writer = await team.kernel.member(team.organisation, ['aims-manager'], 'Lead of the claims desk');
  await team.kernel.member(team.organisation, ['internal-auditor'], 'Lead of audits');
  await team.edit(writer, kindOf('system'), system, { fields: { purpose: 'Sorts claims' } });
  const { counts } = await imported(team.other, audit, [
    'Title,State,Lead auditor,Systems audited',
    'One,Under way,Lead of the claims desk,SYS-1',
    'Two,Under way,Lead of audits,SYS-1',
    'Three,Planned,Lead of the claims desk,SYS-1',
  ]);
  expect(counts).toMatchObject({ added: 2, rejected: 1 });
});

test('a state that others rely on says that a file brought it in, until somebody takes a step here', async () => {
  await team.kernel.member(team.organisation, ['internal-auditor'], 'Lead of audits');
  const { id } = await imported(team.other, audit, [
    'Title,State,Lead auditor',
    'One,Reported,Lead of audits',
    'Two,Planned,Lead of audits',
  ]);
  const { rows } = await team.kernel.store.owner.query<{ id: string; state: string }>(
    "select id, state from record where organisation = $1 and kind = 'audit' order by number",
    [team.organisation],
  );
  const marked = async (record: string) => {
    const asked = { organisation: team.organisation, actor: ivy, kind: audit, ref: record };
    return (await readRecord(team.kernel.services, asked)).broughtIn;
  };
  const [one, two] = rows;
  expect(rows.map(({ state }) => state)).toEqual(['reported', 'planned']);
  expect(await marked(one?.id ?? '')).toMatchObject({ file: 'audit.csv', at: expect.any(Date) });
  expect(await marked(two?.id ?? '')).toBeNull();
  // The same state reached by steps of people here is theirs.
  expect(await marked((await anAudit('reported')).id)).toBeNull();
  await undoImport(team.kernel.services, team.next(team.other), id);
  expect(await marked(one?.id ?? '')).toBeNull();
});

test('undoing an import takes no finding away from under whoever answers it', async () => {
  const head = await team.kernel.member(team.organisation, ['aims-manager'], 'Lead of the claims desk');
  const { id } = await imported(team.third, finding, [
    'Title,Grade,Requirement,What was seen,Owner',
    'No minutes,Major,9.3.3,None were kept,Lead of the claims desk',
  ]);
  const undo = (by: Person) => said(undoImport(team.kernel.services, team.next(by), id));
  expect(await undo(head)).toBe('You answer this finding, so somebody else archives it.');
  expect(await undo(team.third)).toBe('allowed');
});
