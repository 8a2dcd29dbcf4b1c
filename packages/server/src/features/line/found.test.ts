import type { Actor } from '@throughline/domain/actor.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, said, type Team } from '../../../test/colleagues.ts';
import { recordAbilities, transitionsOf } from '../../http/present/record-abilities.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { bulkChange } from '../../records/bulk-change.ts';
import { createRecord } from '../../records/create-record.ts';
import { readRecord } from '../../records/read-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import { undoChange } from '../../records/undo-change.ts';
import { joinMembers } from '../../store/identities.ts';
import { allSoaRecords } from '../../store/soa.ts';
import { soaRecordsAsOf } from '../../store/soa-as-of.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { analyseFile } from '../imports/analyse-file.ts';
import { applyImport } from '../imports/apply-import.ts';
import { previewImport } from '../imports/preview-import.ts';
import { undoImport } from '../imports/undo-import.ts';
import { FactsCache } from './facts.ts';
import { readTrace } from './read-trace.ts';

/** What a test or a verification found stays on the line, whoever would rather not have it there (8.3, 9.1, A.6.2.4). */
const us = colleagues();
const controlTest = kindOf('control-test');
const verification = kindOf('verification');
const why = { reopenedBecause: 'Two of the runs were of another system.' };
let team: Team;
let ivy: Person;
let system: StoredRecord;
let control: StoredRecord;
let implementation: StoredRecord;

beforeEach(async () => {
  team = us();
  ivy = await team.kernel.member(team.organisation, ['internal-auditor'], 'Tester I');
  const live = { state: 'operation-monitoring', broughtIn: true as const };
  system = await createRecord(team.kernel.services, team.next(team.author), kindOf('system'), {
    ...{ patch: { fields: { name: 'Triage' } }, ...live },
  });
  control = await team.make(team.author, kindOf('control'), { fields: { code: 'L.1', name: 'Logging' } });
  implementation = await createRecord(
    team.kernel.services,
    team.next(team.author),
    kindOf('implementation'),
    {
      patch: {
        fields: {
          ...{ name: 'Logs of triage', howItWorks: 'Each run is written down', inPlaceSince: '2026-01-05' },
          owner: team.author.member,
        },
        links: { system: { set: [system.id] }, control: { set: [control.id] } },
      },
      state: 'in-place',
    },
  );
});

const judged = (more: object = {}) => ({
  ...{ name: 'Test of logs', conclusion: 'not-effective', result: 'Half of the runs were missing' },
  ...{ criterion: 'Each run is logged', method: 'Logs were read', sample: 'Ten runs of April' },
  ...{ tester: ivy.member, testedOn: '2026-05-01' },
  ...more,
});
async function aTest(more: object = {}): Promise<StoredRecord> {
  const made = await team.make(ivy, controlTest, {
    fields: judged(more),
    links: {
      ...{ system: { set: [system.id] }, control: { set: [control.id] } },
      implementation: { set: [implementation.id] },
    },
  });
  return team.step(ivy, controlTest, made, 'conclude');
}

/** Which rules of a station are open by whose records. */
async function gapsOf(station: string, ids: readonly string[]): Promise<string[]> {
  await sequenceAll(team.kernel.store);
  const asked = { organisation: team.organisation, actor: team.author, ref: system.id };
  const around = () => ({ records: [], members: [] });
  const cache = new FactsCache(team.kernel.services);
  const { trace } = await readTrace(team.kernel.services, cache, asked, around);
  const gaps = trace.stations.find(({ id }) => id === station)?.gaps ?? [];
  return gaps.filter(({ records }) => records.some((id) => ids.includes(id))).map(({ rule }) => rule);
}
const failing = async (made: StoredRecord) => (await gapsOf('evidence', [made.id])).includes('EV5');
/** What the statement reads of a test, now and at the end of the log. */
async function inStatement(made: StoredRecord) {
  await sequenceAll(team.kernel.store);
  const { organisation, author: actor } = team;
  return team.kernel.store.read({ organisation, actor }, async (reader) =>
    [await allSoaRecords(reader), await soaRecordsAsOf(reader, 1_000_000)].map((records) => {
      const record = records.find(({ id }) => id === made.id);
      return record && [record.state, record.fields.conclusion, record.links.implementation];
    }),
  );
}
const archive = (by: Person, { id, kind }: StoredRecord) =>
  said(archiveRecord(team.kernel.services, team.next(by), kindOf(kind), { ref: id, version: null }));
const undo = async (by: Person, made: StoredRecord) => {
  const { record } = await team.view(kindOf(made.kind), made);
  const input = { ref: made.id, version: record.version };
  return said(undoChange(team.kernel.services, team.next(by), kindOf(made.kind), input));
};

test('a test that failed counts while it is open again, until it is concluded anew by the hand that found it', async () => {
  const older = await aTest({ name: 'Earlier test', conclusion: 'effective', testedOn: '2026-02-01' });
  const made = await aTest();
  expect(await failing(made)).toBe(true);
  expect(await said(team.step(ivy, controlTest, made, 'reopen', why))).toMatch(/^Tester is you/);
  expect(await said(team.step(team.author, controlTest, made, 'reopen', why))).toMatch(/^You had a part/);
  expect(await said(team.step(team.other, controlTest, made, 'reopen'))).toMatch(/is said with this step/);
  expect(await said(team.step(team.other, controlTest, made, 'reopen', { reopenedBecause: 'ok' }))).toMatch(
    /does not say it in a sentence/,
  );
  const offered = async (actor: Person) => {
    const { services } = team.kernel;
    const asked = { organisation: team.organisation, actor, kind: controlTest, ref: made.id };
    const view = await readRecord(services, asked);
    const undoing = recordAbilities(view, actor, services.clock()).undo;
    const opening = transitionsOf(view, actor).find(({ name }) => name === 'reopen');
    return [opening?.asks, opening?.ability, undoing];
  };
  // The page asks for the reason of whoever may open it, and says to the others why they may not.
  const no = (reason: RegExp) => expect.objectContaining({ reason: expect.stringMatching(reason) });
  expect(await offered(team.other)).toEqual([
    ['reopenedBecause'],
    no(/said with this step/),
    no(/^What was/),
  ]);
  expect(await offered(ivy)).toEqual([undefined, no(/^Tester is you/), no(/^What was found stays/)]);
  expect(await offered(team.author)).toEqual([undefined, no(/^You had a part/), no(/./)]);
  await team.step(team.other, controlTest, made, 'reopen', why);
  // What is written meanwhile counts for nothing, neither on the line nor in the statement.
  await team.edit(ivy, controlTest, made, {
    fields: { conclusion: 'effective', result: 'Each of the runs was there', testedOn: '2026-01-20' },
  });
  expect(await failing(made)).toBe(true);
  const stands = ['concluded', 'not-effective', [implementation.id]];
  expect(await inStatement(made)).toEqual([stands, stands]);
  expect(await gapsOf('evidence', [made.id, implementation.id])).toContain('EV4');
  expect(await team.view(controlTest, made)).toMatchObject({
    foundBefore: {
      found: { fields: { conclusion: 'not-effective', ...why } },
      opened: { by: { id: team.other.member } },
    },
  });
  await team.edit(ivy, controlTest, made, { fields: { testedOn: '2026-05-01' } });
  expect((await team.step(ivy, controlTest, made, 'conclude')).state).toBe('concluded');
  expect(await failing(made)).toBe(false);
  expect((await team.view(controlTest, made)).foundBefore).toBeNull();
  expect(older.state).toBe('concluded');
});

test('it is called off in no way, and neither its tester nor what it tested is swapped', async () => {
  const made = await aTest();
  for (const by of [ivy, team.other, team.third])
    expect(await undo(by, made)).toMatch(/^What was found stays/);
  await team.step(team.other, controlTest, made, 'reopen', why);
  const off = 'It was concluded once, and what was found stays.';
  for (const by of [ivy, team.other])
    expect(await said(team.step(by, controlTest, made, 'cancel'))).toMatch(off);
  const second = await team.make(team.author, kindOf('control'), {
    fields: { code: 'L.2', name: 'Reading' },
  });
  const elsewhere = await team.make(team.author, kindOf('system'), { fields: { name: 'Pricing' } });
  for (const links of [
    { control: { set: [second.id] } },
    { implementation: { set: [] } },
    { system: { set: [elsewhere.id] } },
    { system: { set: [] } },
  ])
    expect(await said(team.edit(ivy, controlTest, made, { links }))).not.toBe('allowed');
  expect(await said(team.edit(ivy, controlTest, made, { fields: { tester: team.third.member } }))).not.toBe(
    'allowed',
  );
  // Nor is the reason of whoever opened it rewritten.
  const other = { reopenedBecause: 'It was opened by mistake.' };
  expect(await said(team.edit(ivy, controlTest, made, { fields: other }))).not.toBe('allowed');
  expect(await failing(made)).toBe(true);
  // One that was never concluded is called off, and taken up again.
  const planned = await team.make(ivy, controlTest, {
    fields: { name: 'For later', tester: ivy.member },
    links: { control: { set: [control.id] } },
  });
  await team.step(ivy, controlTest, planned, 'cancel');
  expect((await team.step(ivy, controlTest, planned, 'resume')).state).toBe('under-way');
});

test('it is archived by nobody while it is the last word, and by its tester or who had a part never', async () => {
  const made = await aTest();
  const last = expect.stringMatching(/^It is the last word on IMP-1/);
  expect(await archive(ivy, made)).toBe('What was found here is your word, so somebody else archives it.');
  expect(await archive(team.author, made)).toMatch(/^You had a part in what is tested/);
  expect(await archive(team.other, made)).toEqual(last);
  await team.step(team.other, controlTest, made, 'reopen', why);
  expect(await archive(ivy, made)).toMatch(/is your word/);
  expect(await archive(team.author, made)).toMatch(/^You had a part in what is tested/);
  expect(await archive(team.other, made)).toEqual(last);
  await aTest({ name: 'Later test', testedOn: '2026-06-01', conclusion: 'effective' });
  expect(await archive(ivy, made)).toMatch(/is your word/);
  expect(await archive(team.other, made)).toBe('allowed');
});

test('nor by the tester under another account, in their place, by a token of theirs, or among many at once', async () => {
  const made = await aTest();
  const second = await team.person('aims-manager');
  await team.kernel.store.change(team.next(team.third), (write) =>
    joinMembers(write, ivy.member, second.member),
  );
  const deputy: Person = { ...team.other, standsFor: [{ member: ivy.member, roles: ivy.roles }] };
  for (const by of [second, deputy]) {
    expect(await said(team.step(by, controlTest, made, 'reopen', why))).toMatch(
      /so somebody else does this\.$/,
    );
    expect(await archive(by, made)).toMatch(/is your word/);
    const many = await bulkChange(team.kernel.services, team.next(by), controlTest, {
      ids: [made.id],
      act: { archive: true },
    });
    expect(many.refused.map(({ reason }) => reason)).toEqual([expect.stringMatching(/is your word/)]);
  }
  const token: Actor = {
    type: 'token',
    token: '0190a2b4-0000-7000-8000-000000000001',
    roles: ['aims-manager'],
  };
  expect(await said(team.step(token, controlTest, made, 'reopen', why))).toMatch(/^A person takes this step/);
  // The reason alone goes with the step: what was found can be read as it was found.
  for (const fields of [
    { conclusion: 'effective' },
    { testedOn: '2026-01-20' },
    { result: 'All were there' },
  ])
    expect(await said(team.step(team.other, controlTest, made, 'reopen', { ...why, ...fields }))).not.toBe(
      'allowed',
    );
  expect(await said(team.edit(team.other, controlTest, made, { fields: why }))).not.toBe('allowed');
});

test('what it tested does not change it away, nor is it gone with what it was made on', async () => {
  const made = await aTest();
  await team.edit(team.author, kindOf('implementation'), implementation, {
    fields: { howItWorks: 'Each run is written down twice' },
  });
  expect(await failing(made)).toBe(true);
  expect(await archive(team.other, made)).toMatch(/^It is the last word on IMP-1/);
  expect(await archive(team.author, implementation)).toBe('allowed');
  expect(await failing(made)).toBe(true);
  expect(await archive(team.other, made)).toMatch(/^It is the last word on what it tested/);
});

test('a good word is not relied on while it is in doubt', async () => {
  const made = await aTest({ conclusion: 'effective', result: 'Each of the runs was there' });
  await team.step(team.other, controlTest, made, 'reopen', why);
  expect((await inStatement(made)).map((one) => one?.[0])).toEqual(['under-way', 'under-way']);
  expect((await team.view(controlTest, made)).foundBefore).not.toBeNull();
});

const file = (...rows: string[]) =>
  [
    'Id,Title,System,Control,Implementation,State,Tester,Tested on,Criterion,How,Sample,Result,Conclusion',
    ...rows,
  ].join('\n');
const imported = async (by: Person, content: string) => {
  const upload = { name: 'tests.csv', bytes: Buffer.from(content), kind: controlTest };
  const { id } = await analyseFile(team.kernel.services, team.next(by), upload);
  const seen = await previewImport(team.kernel.services, team.next(by), id);
  await applyImport(team.kernel.services, team.next(by), id);
  return { id, seen };
};
const states = async () => {
  const { rows } = await team.kernel.store.owner.query(
    "select title, state from record where organisation = $1 and kind = 'control-test' order by number",
    [team.organisation],
  );
  return rows.map(({ title, state }) => [title, state]);
};

test('a file brings in no test as concluded that says less than concluding it asks for', async () => {
  const row = (id: string, said: string) => `${id},${id},SYS-1,CTL-1,IMP-1,Concluded,Tester I,${said}`;
  const whole = 'Each run is logged,Logs were read,Ten runs of April,Half of them were missing,Not effective';
  const { seen } = await imported(
    team.other,
    file(
      row('T-1', `2026-05-01,${whole}`),
      row('T-2', '2026-05-01,ok,ok,ok,ok,Effective'),
      row('T-3', `,${whole}`),
      row('T-4', '2026-05-01,Each run is logged,Logs were read,,All were there,Effective'),
    ),
  );
  expect(seen.rejected.map(({ row: at, message }) => [at, message])).toEqual([
    [
      3,
      expect.stringContaining(
        'Say what effective means, how it was looked at, what was found and what was looked at',
      ),
    ],
    [4, expect.stringContaining('Tested on is needed first')],
    [5, expect.stringContaining('draw a sample, or describe it')],
  ]);
  expect(await states()).toEqual([
    ['T-1', 'concluded'],
    ['T-2', 'planned'],
    ['T-3', 'planned'],
    ['T-4', 'planned'],
  ]);
});

test('a later file takes nothing away of what was found, nor does undoing the first one by who it is about', async () => {
  const row = (state: string, tester: string, of: string) =>
    `T-1,Spring test,SYS-1,${of},${state},${tester},2026-05-01,Each run is logged,Logs were read,Ten runs of April,Half of them were missing,Not effective`;
  await team.make(team.author, kindOf('control'), { fields: { code: 'L.2', name: 'Reading' } });
  await team.kernel.member(team.organisation, ['internal-auditor'], 'Tester J');
  const first = await imported(team.other, file(row('Concluded', 'Tester I', 'CTL-1,IMP-1')));
  for (const later of [
    row('Cancelled', 'Tester I', 'CTL-1,IMP-1'),
    row('Under way', 'Tester I', 'CTL-1,IMP-1'),
    row('Concluded', 'Tester J', 'CTL-1,IMP-1'),
    row('Concluded', 'Tester I', 'CTL-2,IMP-1'),
  ])
    expect((await imported(team.other, file(later))).seen.counts).toMatchObject({ changed: 0, rejected: 1 });
  const { rows } = await team.kernel.store.owner.query(
    "select id from record where organisation = $1 and kind = 'control-test'",
    [team.organisation],
  );
  await team.step(team.third, controlTest, rows[0], 'reopen', why);
  for (const later of [
    row('Cancelled', 'Tester I', 'CTL-1,IMP-1'),
    row('Concluded', 'Tester J', 'CTL-1,IMP-1'),
    row('Concluded', 'Tester I', 'CTL-2,IMP-1'),
  ])
    expect((await imported(team.other, file(later))).seen.rejected.length).toBeGreaterThan(0);
  expect(await states()).toEqual([['Spring test', 'under-way']]);
  expect(await said(undoImport(team.kernel.services, team.next(team.author), first.id))).not.toBe('allowed');
});

/** A live version, who gives verdicts on it and who tests, and verdicts on it by the day and the value reached. */
async function verifying() {
  const judge = await team.person('aims-manager', 'top-management');
  const tester = await team.person('aims-manager');
  const version = await createRecord(team.kernel.services, team.next(team.author), kindOf('system-version'), {
    patch: { fields: { name: '1', liveFrom: '2026-02-01' }, links: { system: { set: [system.id] } } },
    state: 'live',
    broughtIn: true,
  });
  const verdict = async (on: string, value: number, more: object, said: object = {}) => {
    const made = await team.make(tester, verification, {
      fields: {
        ...{
          name: `Of ${on}`,
          plan: 'Held-out letters',
          thresholdsSetOn: '2026-01-01',
          tester: tester.member,
        },
        measures: [{ measure: 'Recall', comparison: 'at-least', limit: 0.9 }],
      },
      links: { system: { set: [system.id] }, version: { set: [version.id] } },
    });
    await team.step(judge, verification, made, 'begin');
    const results = [{ measure: 'Recall', value, ...more }];
    await team.edit(tester, verification, made, {
      fields: {
        results,
        testedOn: on,
        decidedBy: judge.member,
        decidedOn: on,
        verdict: value < 0.9 ? 'not-passed' : 'passed',
        ...said,
      },
    });
    await team.act(judge, verification, made, 'approve');
    return team.step(judge, verification, made, 'conclude');
  };
  return { judge, tester, version, verdict };
}

test('a verdict that a version did not pass stands while it is open again, and no one hand takes its approval back', async () => {
  const { judge, tester, verdict } = await verifying();
  await verdict('2026-03-01', 0.95, {});
  const failed = await verdict('2026-04-01', 0.5, { answerToMiss: 'It is trained again' });
  const open = async () => (await gapsOf('release', [failed.id])).includes('RE3');
  expect(await open()).toBe(true);
  expect(await said(team.act(judge, verification, failed, 'withdraw'))).toMatch(/^What was found stays/);
  expect(await archive(judge, failed)).toMatch(/is your word/);
  expect(await archive(team.other, failed)).toMatch(/^It is the last verdict on VER-1/);
  await team.step(team.other, verification, failed, 'reopen', why);
  await team.edit(tester, verification, failed, {
    fields: { results: [{ measure: 'Recall', value: 0.99 }], verdict: 'passed' },
  });
  expect(await open()).toBe(true);
  for (const by of [judge, team.other])
    expect(await said(team.step(by, verification, failed, 'callOff'))).toMatch(/^It was concluded once/);
  expect(await archive(team.other, failed)).toMatch(/^It is the last verdict on VER-1/);
});

test('while a verdict under conditions is open again, no older pass stands in its place', async () => {
  const { judge, version, verdict } = await verifying();
  await verdict('2026-03-01', 0.95, {});
  const conditions = { verdict: 'passed-with-conditions', reason: 'It answers no letters of lawyers yet.' };
  const half = await verdict('2026-04-01', 0.5, { answerToMiss: 'It is trained again' }, conditions);
  const bare = async () => (await gapsOf('release', [version.id])).includes('RE3');
  expect(await bare()).toBe(false);
  await team.step(team.other, verification, half, 'reopen', why);
  expect(await bare()).toBe(true);
  await team.act(judge, verification, half, 'approve');
  await team.step(judge, verification, half, 'conclude');
  expect(await bare()).toBe(false);
});
