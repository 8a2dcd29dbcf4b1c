import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { linked } from '../../test/linked.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { previewImport } from '../features/imports/preview-import.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { eraseRecord } from './erase-record.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';
import { undoChange } from './undo-change.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
let control: string;
let system: string;
const kind = registry.get('implementation');
beforeAll(async () => {
  kernel = await testKernel();
});
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
  control = await make('control', { code: 'HM-1', name: 'Tests' }, {}, '2026-01-01');
  system = await make('system', { name: 'Triage' }, {}, '2026-01-01');
});
afterAll(() => kernel.close());

const on = (day: string) => kernel.context(organisation, manager, new Date(`${day}T12:00:00Z`));
async function make(
  name: string,
  fields: object,
  links: Record<string, string>,
  day: string,
): Promise<string> {
  const patch = { fields: { ...fields }, links: linked(links) };
  return (await createRecord(kernel.services, on(day), registry.get(name), { patch })).id;
}
const plan = (
  day: string,
  plannedOn: string,
  more: object = {},
  where: Record<string, string> = { system },
) => make('implementation', { name: 'Plan', plannedOn, ...more }, { control, ...where }, day);
const edit = (ref: string, day: string, fields: object, links: object = {}) =>
  editRecord(kernel.services, on(day), kind, {
    ...{ ref, version: null },
    patch: { fields: { ...fields }, links: { ...links } },
  });
const step = (ref: string, transition: string, day: string, fields: object = {}) =>
  transitionRecord(kernel.services, on(day), kind, {
    ...{ ref, transition, version: null },
    patch: { fields: { ...fields } },
  });
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { items?: { message: string }[] }) => error.items?.[0]?.message ?? String(error),
  );
const fieldsOf = async (id: string) => {
  const { rows } = await kernel.store.owner.query('select fields from record where id = $1', [id]);
  return rows[0]?.fields;
};
const because = { movedBecause: 'The supplier is late.' };

async function erased(id: string): Promise<void> {
  const admin = await kernel.member(organisation, ['admin']);
  const ctx = kernel.context(organisation, admin, new Date('2026-02-02T12:00:00Z'));
  const { version } = await archiveRecord(kernel.services, on('2026-02-02'), kind, {
    ref: id,
    version: null,
  });
  await eraseRecord(kernel.services, ctx, kind, { ref: id, version, reason: 'law' });
}

const gone: [string, (id: string) => Promise<unknown>][] = [
  ['ended', (id) => step(id, 'end', '2026-02-02', { endedOn: '2026-02-02' })],
  ['archived', (id) => archiveRecord(kernel.services, on('2026-02-02'), kind, { ref: id, version: null })],
  ['erased', erased],
  ['standing beside it', async () => undefined],
];

test.each(gone)(
  'a plan that is %s leaves its first date to the next one, and a delay asks for its reason',
  async (_, end) => {
    const first = await plan('2026-01-10', '2026-03-01');
    await end(first);
    expect(await said(plan('2026-02-03', '2026-06-01'))).toMatch(
      /say why.*planned here before, last by IMP-1/,
    );
    const second = await plan('2026-02-03', '2026-06-01', because);
    expect(await fieldsOf(second)).toMatchObject({
      firstPlannedOn: '2026-03-01',
      plannedDates: ['2026-03-01', '2026-06-01'],
    });
    await end(second);
    // The second delay is agreed to, by naming the risk that is borne until then.
    const again = { movedBecause: 'Again.' };
    expect(await said(plan('2026-02-04', '2026-09-01', again))).toMatch(/second delay/);
    const risk = await make('risk', { name: 'Until then' }, {}, '2026-02-04');
    expect(await said(plan('2026-02-04', '2026-09-01', again, { system, interimRisk: risk }))).toBeNull();
    // Another system, and the organisation as a whole, are other places.
    expect(await said(plan('2026-02-04', '2027-01-01', {}, {}))).toBeNull();
    const other = await make('system', { name: 'Ranking' }, {}, '2026-02-04');
    expect(await said(plan('2026-02-04', '2027-01-01', {}, { system: other }))).toBeNull();
  },
);

test('clearing or undoing dates brings none back as the first, nor does moving the plan to another control', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  const cleared = { plannedOn: null, firstPlannedOn: null, plannedDates: [] };
  // On the very day too: only undoing takes back what an edit promised.
  for (const day of ['2026-01-10', '2026-02-01'])
    expect(await said(edit(id, day, cleared))).toMatch(/first planned stays/);
  await edit(id, '2026-02-01', { plannedOn: null });
  expect(await said(edit(id, '2026-02-02', { plannedOn: '2026-06-01' }))).toMatch(/say why/);
  await edit(id, '2026-02-02', { plannedOn: '2026-06-01', ...because });
  expect((await fieldsOf(id)).firstPlannedOn).toBe('2026-03-01');
  const elsewhere = await make('control', { code: 'HM-2', name: 'Other' }, {}, '2026-02-02');
  expect(await said(edit(id, '2026-02-03', {}, { control: { set: [elsewhere] } }))).toMatch(
    /stays with the control/,
  );

  const bare = await make('implementation', { name: 'P' }, { control: elsewhere, system }, '2026-03-01');
  const named = await edit(bare, '2026-03-02', { plannedOn: '2026-04-01' });
  await undoChange(kernel.services, on('2026-03-05'), kind, { ref: bare, version: named.record.version });
  expect(await said(edit(bare, '2026-03-06', { plannedOn: '2026-08-01' }))).toMatch(/say why/);
});

test('a plan that is moved on its very day to where a date was planned before goes on from that date', async () => {
  const first = await plan('2026-01-10', '2026-02-01');
  await step(first, 'end', '2026-02-02', { endedOn: '2026-02-02' });
  const other = await make('control', { code: 'HM-2', name: 'Logs' }, {}, '2026-02-03');
  const id = await make(
    'implementation',
    { name: 'Plan', plannedOn: '2026-06-01' },
    { control: other, system },
    '2026-02-03',
  );
  const here = { control: { set: [control] } };
  expect(await said(edit(id, '2026-02-03', {}, here))).toMatch(/say why/);
  expect(await said(edit(id, '2026-02-03', because, here))).toBeNull();
  expect(await fieldsOf(id)).toMatchObject({
    firstPlannedOn: '2026-02-01',
    plannedDates: ['2026-02-01', '2026-06-01'],
  });
});

test('what is put right on its very day was no plan, and a control that came into place is planned anew', async () => {
  const slip = await plan('2026-01-10', '2026-03-01');
  await archiveRecord(kernel.services, on('2026-01-10'), kind, { ref: slip, version: null });
  const id = await plan('2026-01-10', '2026-06-01');
  expect((await fieldsOf(id)).firstPlannedOn).toBe('2026-06-01');
  const done = { howItWorks: 'By hand', owner: manager.member, inPlaceSince: '2026-05-01' };
  await step(id, 'complete', '2026-05-02', done);
  await step(id, 'end', '2026-05-20', { endedOn: '2026-05-20' });
  const next = await plan('2026-06-01', '2026-12-01');
  expect((await fieldsOf(next)).firstPlannedOn).toBe('2026-12-01');
});

test.each(['2027-03-01', '2026-02-01'])(
  'a date that is moved to %s by mistake is put back the same day to what it was, and that is no delay',
  async (slip) => {
    const id = await plan('2026-01-10', '2026-03-01');
    await edit(id, '2026-01-15', { plannedOn: '2026-04-01', ...because });
    const before = await fieldsOf(id);
    const risk = await make('risk', { name: 'Until then' }, {}, '2026-01-20');
    const wrong = { plannedOn: slip, movedBecause: 'A slip.', firstPlannedOn: '2026-01' };
    await edit(id, '2026-01-20', wrong, { interimRisk: { set: [risk] } });
    expect(await said(edit(id, '2026-01-20', { plannedOn: '2026-04-01' }))).toBeNull();
    expect(await fieldsOf(id)).toEqual(before);
    // On another day it is a move like any other.
    await edit(id, '2026-01-21', { plannedOn: '2026-03-15' });
    expect(await said(edit(id, '2026-01-22', { plannedOn: '2026-04-01', movedBecause: 'Back.' }))).toBeNull();
    expect((await fieldsOf(id)).plannedDates).toEqual([
      ...['2026-03-01', '2026-04-01', '2026-03-15', '2026-04-01'],
    ]);
  },
);

test('so it is on the very day on which the plan is written, and the next delay is the first', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  const before = await fieldsOf(id);
  await edit(id, '2026-01-10', { plannedOn: '2026-05-01', movedBecause: 'A slip.' });
  expect(await said(edit(id, '2026-01-10', { plannedOn: '2026-03-01' }))).toBeNull();
  expect(await fieldsOf(id)).toEqual(before);
  expect(await said(edit(id, '2026-01-15', { plannedOn: '2026-04-01', ...because }))).toBeNull();
  const further = { plannedOn: '2026-05-01', movedBecause: 'Later still.' };
  expect(await said(edit(id, '2026-01-16', further))).toMatch(/second delay/);
});

test('moves of one day that put a plan off count, and so does one to a date that was named before', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  await edit(id, '2026-01-20', { plannedOn: '2026-05-01', ...because });
  const further = { plannedOn: '2026-09-01', movedBecause: 'Later still.' };
  expect(await said(edit(id, '2026-01-20', further))).toMatch(/second delay/);
  await edit(id, '2026-01-20', { plannedOn: '2026-03-01', plannedDates: ['2026-03-01'] });
  await edit(id, '2026-01-20', { plannedOn: '2026-05-01', ...because });
  // Earlier again, then later: whoever bears the risk agreed to the first delay alone.
  await edit(id, '2026-01-25', { plannedOn: '2026-03-01' });
  const again = { plannedOn: '2026-04-01', movedBecause: 'Anew.' };
  expect(await said(edit(id, '2026-01-26', again))).toMatch(/second delay/);
  const risk = await make('risk', { name: 'Until then' }, {}, '2026-01-26');
  await edit(id, '2026-01-26', again, { interimRisk: { set: [risk] } });
  expect((await fieldsOf(id)).plannedDates).toEqual(['2026-03-01', '2026-05-01', '2026-03-01', '2026-04-01']);
});

test('a slip is undone on its day too, where it named an earlier date', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  const before = await fieldsOf(id);
  const { record } = await edit(id, '2026-01-20', { plannedOn: '2026-02-01', firstPlannedOn: '2026-02-01' });
  await undoChange(kernel.services, on('2026-01-20'), kind, { ref: id, version: record.version });
  expect(await fieldsOf(id)).toEqual(before);
});

test('a plan that was moved and erased leaves how often it was, and none of its words', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  await edit(id, '2026-01-20', { plannedOn: '2026-05-01', movedBecause: 'Anna is away.' });
  await erased(id);
  expect(await fieldsOf(id)).toEqual({
    plannedOn: '2026-05-01',
    firstPlannedOn: '2026-03-01',
    plannedDates: ['2026-03-01', '2026-05-01'],
  });
  expect(await said(plan('2026-02-03', '2026-09-01', because))).toMatch(/second delay.*last by IMP-1/);
  expect(await said(plan('2026-02-03', '2026-05-01'))).toBeNull();
});

test('what was tested before it ended is tested anew once it is in place again, and its planned day moves no more', async () => {
  const id = await plan('2026-01-10', '2026-03-01');
  const done = { howItWorks: 'By hand', owner: manager.member, inPlaceSince: '2026-03-01' };
  await step(id, 'complete', '2026-03-02', done);
  const changedIn = async () => {
    const { rows } = await kernel.store.owner.query('select material_at from record where id = $1', [id]);
    return rows[0]?.material_at.toISOString().slice(0, 10);
  };
  expect(await said(edit(id, '2026-04-01', { plannedOn: '2026-06-01', ...because }))).toMatch(
    /^Planned by: what was set before this was “In place” stays as it was set/,
  );
  expect(await changedIn()).toBe('2026-03-02');
  await step(id, 'end', '2026-05-20', { endedOn: '2026-05-20' });
  expect(await changedIn()).toBe('2026-05-20');
  await step(id, 'plan', '2026-06-01');
  await expect(step(id, 'complete', '2026-06-02')).rejects.toThrow(/Say since when it is in place again/);
  await step(id, 'complete', '2026-06-02', { inPlaceSince: '2026-06-01' });
  expect(await changedIn()).toBe('2026-05-20');
});

test('a row of a file goes on from earlier plans too', async () => {
  await step(await plan('2026-01-10', '2026-03-01'), 'end', '2026-02-02', { endedOn: '2026-02-02' });
  const text = 'Title,Control,System,Planned by\nAnew,CTL-1,SYS-1,2026-11-01\n';
  const file = { name: 'file.csv', bytes: Buffer.from(text), kind };
  const { id } = await analyseFile(kernel.services, on('2026-06-01'), file);
  const { rejected } = await previewImport(kernel.services, on('2026-06-01'), id);
  expect(rejected.map(({ message }) => message)).toEqual([expect.stringContaining('planned here before')]);
});
