import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { transitionsOf } from '../http/present/record-abilities.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { createRecord } from './create-record.ts';
import { decideApproval } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';

/** What a version was verified by stays as it was judged (A.6.2.4). */
type Person = Actor & { type: 'person' };
const kind = registry.get('verification');
let kernel: TestKernel;
let organisation: string;
let manager: Person;
let tester: Person;
let judge: Person;
let system: StoredRecord;
let version: StoredRecord;

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
  tester = await kernel.member(organisation, ['aims-manager']);
  judge = await kernel.member(organisation, ['aims-manager', 'top-management']);
  system = await make('system', { fields: { name: 'Triage' } });
  version = await make('system-version', {
    fields: { name: '1.0' },
    links: { system: { set: [system.id] } },
  });
});

const ctx = (actor: Actor) => kernel.context(organisation, actor, new Date('2026-05-01T10:00:00Z'));
const make = (name: string, patch: Patch, by: Actor = manager) =>
  createRecord(kernel.services, ctx(by), registry.get(name), { patch });
const step = (record: StoredRecord, transition: string, by: Actor = manager, fields?: object) =>
  transitionRecord(kernel.services, ctx(by), registry.get(record.kind), {
    ...{ ref: record.id, version: null, transition },
    ...(fields ? { patch: { fields: { ...fields } } } : {}),
  });
const edit = (record: StoredRecord, fields: object, by: Actor = tester) =>
  editRecord(kernel.services, ctx(by), registry.get(record.kind), {
    ...{ ref: record.id, version: null },
    patch: { fields: { ...fields } },
  });
async function approve(record: StoredRecord, by: Person = judge) {
  const asked = { organisation, actor: by, kind, ref: record.id };
  const { version, digest } = (await readRecord(kernel.services, asked)).record;
  return decideApproval(kernel.services, ctx(by), kind, {
    ...{ ref: record.id, version, digest: digest.toString('hex') },
    ...{ act: 'approve' as const, reason: null },
  });
}
/** Where a request was refused, and in which words; nothing where it was taken. */
const refused = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: { items?: readonly { at: string; message: string }[]; message: string }) =>
      error.items?.map(({ at, message }) => `${at} ${message}`).join('; ') || error.message,
  );

const recall = { measure: 'Recall', comparison: 'at-least', limit: 0.9 };
const planned = () =>
  make('verification', {
    fields: {
      ...{ name: 'Before release', plan: 'Held-out letters', thresholdsSetOn: '2026-04-01' },
      measures: [recall],
      tester: tester.member,
    },
    links: { system: { set: [system.id] }, version: { set: [version.id] } },
  });
const found = (value: number, more: object = {}) => ({
  ...{ results: [{ measure: 'Recall', value }], verdict: 'passed', testedOn: '2026-04-20' },
  ...{ decidedBy: judge.member, decidedOn: '2026-04-21' },
  ...more,
});
async function concluded(): Promise<StoredRecord> {
  const made = await planned();
  await step(made, 'begin');
  await edit(made, found(0.95));
  await approve(made);
  return step(made, 'conclude', judge);
}

test('thresholds stay as they were set once testing began, and with them the day they were set', async () => {
  const bare = await make('verification', {
    fields: {
      name: 'Bare',
      plan: 'Letters',
      thresholdsSetOn: '2026-04-01',
      measures: [{ measure: 'Recall' }],
    },
    links: { system: { set: [system.id] }, version: { set: [version.id] } },
  });
  expect(await refused(step(bare, 'begin'))).toMatch(/no threshold yet/);
  const made = await planned();
  await edit(made, { measures: [{ ...recall, limit: 0.85 }] });
  await step(made, 'begin');
  const lower = { measures: [{ ...recall, limit: 0.1 }] };
  expect(await refused(edit(made, lower))).toMatch(/^fields\.measures .*stays as it was set/);
  expect(await refused(edit(made, { thresholdsSetOn: '2019-01-01' }))).toMatch(/stays as it was set/);
  // Nor by the way round: called off, or in one go with the next step.
  expect(await refused(step(made, 'callOff', manager, lower))).toMatch(/stays as it was set/);
  await step(made, 'callOff', judge);
  expect(await refused(edit(made, lower))).toMatch(/stays as it was set/);
  expect(await refused(step(made, 'reopen', manager, lower))).toMatch(/stays as it was set/);
});

test('nobody approves what could not be concluded: a measure without result, a missed one that was passed', async () => {
  const made = await planned();
  await step(made, 'begin');
  await edit(made, found(0.95, { results: null }));
  expect(await refused(approve(made))).toMatch(/Results is needed before it is approved/);
  const answer = { measure: 'Recall', value: 0.5, answerToMiss: 'A person reads each' };
  await edit(made, { results: [{ ...answer, answerToMiss: '.' }] });
  expect(await refused(approve(made))).toMatch(/Say what follows/);
  await edit(made, { results: [answer] });
  expect(await refused(approve(made))).toMatch(/passed under conditions, or not passed/);
  await edit(made, { verdict: 'passed-with-conditions' });
  expect(await refused(approve(made))).toMatch(/Say which/);
  await edit(made, { reason: 'Until June a person reads each letter.' });
  expect(await refused(approve(made))).toBeUndefined();
});

test('what was concluded is not rewritten under its approval; opened again, it is approved anew', async () => {
  const record = await concluded();
  for (const fields of [
    { thresholdsSetOn: '2019-01-01' },
    { testedOn: '2026-04-02' },
    { decidedOn: '2026-04-30' },
    { reason: 'All was excellent.' },
    { tester: manager.member },
    { results: [{ measure: 'Recall', value: 0.99 }] },
    { verdict: 'passed-with-conditions' },
  ])
    expect(await refused(edit(record, fields)), Object.keys(fields)[0]).toMatch(
      /stays as it was|leaves that state/,
    );
  const standing = async () => {
    const asked = { organisation, actor: manager, kind, ref: record.id };
    return (await readRecord(kernel.services, asked)).standing?.status;
  };
  expect(await standing()).toBe('approved');
  const why = { reopenedBecause: 'A batch of letters was counted twice.' };
  expect(await refused(step(record, 'reopen', judge, why))).toMatch(/^Verdict by is you/);
  await step(record, 'reopen', await kernel.member(organisation, ['aims-manager']), why);
  await edit(record, { results: [{ measure: 'Recall', value: 0.91 }] });
  expect(await standing()).toBe('void');
  expect(await refused(step(record, 'conclude', judge))).toMatch(/approval of exactly this version/);
  await approve(record);
  expect((await step(record, 'conclude', judge)).state).toBe('concluded');
});

test('a verdict is opened again, called off or archived by nobody who built what it speaks of, planned or tested it', async () => {
  const owner = await kernel.member(organisation, ['system-owner', 'aims-manager']);
  const made = await planned();
  await edit(made, { owner: owner.member }, manager);
  await step(made, 'begin');
  const miss = { measure: 'Recall', value: 0.5, answerToMiss: 'It is trained again' };
  await edit(made, found(0.5, { results: [miss], verdict: 'not-passed' }));
  const archived = (by: Actor) =>
    archiveRecord(kernel.services, ctx(by), kind, { ref: made.id, version: null });
  const deputy: Person = {
    ...(await kernel.member(organisation, ['aims-manager'])),
    standsFor: [{ member: tester.member, roles: tester.roles }],
  };
  // The manager wrote the version, the owner and the tester did the testing, and the deputy stands in for one of them.
  const apart = 'You had a part in what is verified, or in its testing, so somebody else';
  for (const by of [manager, owner, tester, deputy])
    expect(await refused(step(made, 'callOff', by))).toBe(`${apart} stops it.`);
  await approve(made);
  expect((await step(made, 'conclude', judge)).state).toBe('concluded');
  for (const by of [manager, owner, tester, deputy]) {
    expect(await refused(step(made, 'reopen', by))).toBe(`${apart} opens it again.`);
    expect(await refused(archived(by))).toBe(`${apart} archives it.`);
    const view = await readRecord(kernel.services, { organisation, actor: by, kind, ref: made.id });
    const offered = transitionsOf(view, by).find(({ name }) => name === 'reopen');
    expect(offered?.ability).toMatchObject({ allowed: false, reason: `${apart} opens it again.` });
  }
  // Handed on, it was theirs all the same; another person opens it.
  await edit(version, { owner: owner.member }, manager);
  expect(await refused(step(made, 'reopen', owner))).toBe(`${apart} opens it again.`);
  const stranger = await kernel.member(organisation, ['aims-manager']);
  const why = { reopenedBecause: 'A batch of letters was counted twice.' };
  expect((await step(made, 'reopen', stranger, why)).state).toBe('under-way');
});

test('whoever built what is verified, by deeds, gives no verdict on it, whatever they approved', async () => {
  const links = { system: { set: [system.id] } };
  const fields = { name: 'Design', architecture: 'One service' };
  const design = await make('design-record', { fields, links });
  await edit(design, { assumptions: 'Letters are short' }, judge);
  const made = await planned();
  await step(made, 'begin');
  await edit(made, found(0.95));
  await approve(made);
  expect(await refused(step(made, 'conclude', judge))).toMatch(
    /^fields\.decidedBy This person had a part in what is verified.* wrote DSG-1/,
  );
  const third = await kernel.member(organisation, ['aims-manager', 'top-management']);
  await edit(made, { decidedBy: third.member });
  await approve(made);
  expect((await step(made, 'conclude', third)).state).toBe('concluded');
  // What they write later on changes nothing about the verdict given.
  await edit(design, { threats: 'None known' }, third);
  expect(await refused(edit(made, { name: 'Before the release' }))).toBeUndefined();
});

test.each([
  ['verification', 'version', {}],
  ['system-card', 'version', {}],
  ['design-record', 'versions', {}],
  ['requirement-spec', 'versions', {}],
  ['regulatory-file', 'version', { type: 'declaration' }],
])('a %s names a version of its own system', async (name, relation, more) => {
  const other = await make('system', { fields: { name: 'Pricing' } });
  const on = (home: StoredRecord) =>
    make(name, {
      fields: { name: 'Of the version', ...more },
      links: { system: { set: [home.id] }, [relation]: { set: [version.id] } },
    });
  expect(await refused(on(other))).toMatch(new RegExp(`^links\\.${relation} .*belongs to another system`));
  const made = await on(system);
  const theirs = await make('system-version', {
    fields: { name: '7' },
    links: { system: { set: [other.id] } },
  });
  const moved = editRecord(kernel.services, ctx(manager), registry.get(name), {
    ...{ ref: made.id, version: null },
    patch: { links: { [relation]: { set: [theirs.id] } } },
  });
  expect(await refused(moved)).toMatch(/belongs to another system/);
});

test('whoever was named for the verdict and approved it concludes, by top management alone as well', async () => {
  const above = await kernel.member(organisation, ['top-management']);
  const made = await planned();
  await step(made, 'begin');
  await edit(made, found(0.95, { decidedBy: above.member }));
  await approve(made, above);
  expect(await refused(step(made, 'conclude', judge))).toMatch(/Verdict by is somebody else/);
  expect(await step(made, 'conclude', above)).toMatchObject({ state: 'concluded' });
});
