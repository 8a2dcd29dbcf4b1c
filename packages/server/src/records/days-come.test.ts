import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { applyImport } from '../features/imports/apply-import.ts';
import { previewImport } from '../features/imports/preview-import.ts';
import { transitionsOf } from '../http/present/record-abilities.ts';
import { allSoaRecords } from '../store/soa.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';
import { undoChange } from './undo-change.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
let control: { id: string };
beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager'], 'Keeper of logs');
  control = await create('control', { fields: { code: 'C-1', name: 'Tests' } });
});
afterAll(() => kernel.close());

const ctx = () => kernel.context(organisation, manager);
const create = (kind: string, patch: Patch) =>
  createRecord(kernel.services, ctx(), registry.get(kind), { patch });
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { items?: { at: string; message: string }[] }) => error.items ?? [String(error)],
  );

const days: [string, string, object][] = [
  ['implementation', 'inPlaceSince', {}],
  ['implementation', 'endedOn', {}],
  ['control-test', 'testedOn', {}],
  ['evidence', 'periodFrom', { type: 'report' }],
];

test.each(days)(
  '%s: %s on a day to come is refused at creation and by an edit',
  async (kind, field, more) => {
    const linked = 'control' in registry.get(kind).relations;
    const links = linked ? { control: { set: [control.id] } } : {};
    const refused = { at: `fields.${field}`, message: expect.stringContaining('still to come') };
    const whole = (day: string) => ({ fields: { name: 'N', ...more, [field]: day }, links });
    expect(await said(create(kind, whole('2999-01-01')))).toEqual([refused]);
    const record = await create(kind, whole('2026-01-01'));
    const edit = (day: string) =>
      editRecord(kernel.services, ctx(), registry.get(kind), {
        ...{ ref: record.id, version: null },
        patch: { fields: { [field]: day } },
      });
    expect(await said(edit('2999-01-01'))).toEqual([refused]);
    expect(await said(edit('2026-02-01'))).toEqual([]);
  },
);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const nextLooks: [string, string, object][] = [
  ['classification', 'nextValidation', { scheme: 'own-tier' }],
  ['control-test', 'nextTest', {}],
  ['risk', 'nextReview', {}],
  ['risk-assessment', 'nextRun', {}],
  ['impact-assessment', 'nextReview', {}],
  ['use-case', 'nextReview', {}],
  ['supplier', 'nextReview', {}],
  ['document', 'nextReview', { type: 'policy' }],
  ['system', 'nextReview', {}],
  ['log-plan', 'nextCheck', {}],
];

test.each(nextLooks)('%s: %s is planned within the cadence, by every door', async (kind, field, more) => {
  const links: Record<string, { set: string[] }> = {};
  if (kind === 'control-test') links.control = { set: [control.id] };
  if (['impact-assessment', 'use-case', 'log-plan'].includes(kind)) {
    const system = await create('system', { fields: { name: 'S' } });
    links.system = { set: [system.id] };
  }
  if (kind === 'classification') {
    const system = await create('system', { fields: { name: 'S' } });
    const useCase = await create('use-case', {
      fields: { name: 'U' },
      links: { system: { set: [system.id] } },
    });
    links.useCase = { set: [useCase.id] };
  }
  const whole = (day: string) => ({ fields: { name: 'N', ...more, [field]: day }, links });
  const refused = {
    at: `fields.${field}`,
    message: expect.stringMatching(/: \d\d? [A-Z][a-z][a-z] \d{4} is the latest day/),
  };
  expect(await said(create(kind, whole(inDays(900))))).toEqual([refused]);
  const record = await create(kind, whole(inDays(30)));
  const edit = (day: string) =>
    editRecord(kernel.services, ctx(), registry.get(kind), {
      ...{ ref: record.id, version: null },
      patch: { fields: { [field]: day } },
    });
  expect(await said(edit(inDays(900)))).toEqual([refused]);
  expect(await said(edit(inDays(60)))).toEqual([]);
});

test('a line of the statement that is decided otherwise says when, and taking that back asks nothing', async () => {
  const links = { control: { set: [control.id] } };
  const first = { name: 'L', decision: 'applicable', decidedOn: '2026-01-01' };
  const { id } = await create('applicability', { fields: first, links });
  const edit = (fields: Record<string, string>) =>
    editRecord(kernel.services, ctx(), registry.get('applicability'), {
      ...{ ref: id, version: null },
      patch: { fields },
    });
  expect(await said(edit({ decision: 'excluded' }))).toEqual([
    { at: 'fields.decidedOn', message: expect.stringContaining('Say when this one was made.') },
  ]);
  expect(await said(edit({ decision: 'excluded', decidedOn: '2026-02-01' }))).toEqual([]);
  expect(await said(edit({ decidedOn: '2999-01-01' }))).toHaveLength(1);
  expect(
    await said(undoChange(kernel.services, ctx(), registry.get('applicability'), { ref: id, version: 2 })),
  ).toEqual([]);
});

test('evidence speaks for no day to come, by every door', async () => {
  const refused = {
    at: 'fields.periodTo',
    message: expect.stringMatching(/^“Speaks to” is .*ends after today\.$/),
  };
  const of = (day: string) => create('evidence', { fields: { name: 'N', periodTo: day } });
  expect(await said(of(inDays(2)))).toEqual([refused]);
  const { id } = await of(inDays(-2));
  const edit = editRecord(kernel.services, ctx(), registry.get('evidence'), {
    ...{ ref: id, version: null },
    patch: { fields: { periodTo: '2999' } },
  });
  expect(await said(edit)).toEqual([refused]);
  const bytes = Buffer.from(`Title,Speaks to\nFar,${inDays(400)}\nNear,${inDays(-1)}\n`);
  const file = { name: 'file.csv', bytes, kind: registry.get('evidence') };
  const read = await analyseFile(kernel.services, ctx(), file);
  const { rejected } = await previewImport(kernel.services, ctx(), read.id);
  expect(rejected.map(({ message }) => message)).toEqual([refused.message]);
});

test('the page judges a step by the day where the organisation is, as the step itself does', async () => {
  const fields = { name: 'N', howItWorks: 'By hand', owner: manager.member, inPlaceSince: '2026-05-02' };
  const { id } = await create('implementation', { fields, links: { control: { set: [control.id] } } });
  const asked = { organisation, actor: manager, kind: registry.get('implementation'), ref: id };
  const offered = async (moment: string) => {
    const services = { ...kernel.services, clock: () => new Date(moment) };
    const steps = transitionsOf(await readRecord(services, asked), manager);
    return steps.find(({ name }) => name === 'complete')?.ability.allowed;
  };
  // An hour before midnight in UTC it is the next day in Dublin, in summer.
  expect(await offered('2026-05-01T23:30:00Z')).toBe(true);
  expect(await offered('2026-05-01T22:30:00Z')).toBe(false);
});

test('a file plans no look beyond the length that was adopted', async () => {
  const text = `Title,Next review\nFar,${inDays(60)}\nNear,${inDays(20)}\n`;
  await kernel.store.owner.query(
    `update organisation set settings = settings || '{"intervals":{"risk_assessment":"P1M"}}' where id = $1`,
    [organisation],
  );
  const file = { name: 'file.csv', bytes: Buffer.from(text), kind: registry.get('risk') };
  const { id } = await analyseFile(kernel.services, ctx(), file);
  const { rejected } = await previewImport(kernel.services, ctx(), id);
  expect(rejected.map(({ message }) => message)).toEqual([
    expect.stringContaining('by the length you adopted'),
  ]);
  expect((await applyImport(kernel.services, ctx(), id)).counts).toMatchObject({ added: 1, rejected: 1 });
});

test('a row of a file that says so is rejected with the reason, and the others are taken', async () => {
  const { rows } = await kernel.store.owner.query('select number from record where id = $1', [control.id]);
  const named = `CTL-${rows[0]?.number}`;
  const ahead = inDays(300);
  const text = `Title,Control,Owner,How it works,In place since,State
Ahead,${named},Keeper of logs,By hand,${ahead},In place
Stands,${named},Keeper of logs,By hand,2026-01-01,In place
`;
  const file = { name: 'file.csv', bytes: Buffer.from(text), kind: registry.get('implementation') };
  const { id } = await analyseFile(kernel.services, ctx(), file);
  const { counts } = await applyImport(kernel.services, ctx(), id);
  expect(counts).toMatchObject({ added: 1, rejected: 1 });
});

test('a file dates a proposed change by a whole day, and takes none away, puts none off and words none otherwise whose day has come', async () => {
  const kind = registry.get('impact-assessment');
  const system = await create('system', { fields: { name: 'Triage' } });
  const numbered = async (name: string, fields: Patch['fields']) => {
    const made = await create(kind.name, {
      fields: { name, ...fields },
      links: { system: { set: [system.id] } },
    });
    const { rows } = await kernel.store.owner.query('select number from record where id = $1', [made.id]);
    return `IA-${rows[0]?.number}`;
  };
  const come = { proposedChange: 'Another model', changeEffectiveOn: inDays(-2) };
  const ahead = { proposedChange: 'A third model', changeEffectiveOn: inDays(40) };
  const table = [
    [await numbered('Worded otherwise', come), 'Another one', come.changeEffectiveOn],
    [await numbered('Put off', come), come.proposedChange, inDays(30)],
    [await numbered('As it was', come), come.proposedChange, come.changeEffectiveOn],
    [await numbered('Dated by the year', {}), 'A third model', inDays(366).slice(0, 4)],
    [await numbered('Still ahead', ahead), 'A fourth model', inDays(30)],
  ];
  const lines = ['Ref,Proposed change,The change takes effect on', ...table.map((row) => row.join(','))];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const { id } = await analyseFile(kernel.services, ctx(), { name: 'f.csv', bytes, kind });
  const { rejected } = await previewImport(kernel.services, ctx(), id);
  const stays = expect.stringContaining('so this stays on record until it is approved');
  expect(rejected.map(({ message }) => message)).toEqual([
    stays,
    stays,
    `“The change takes effect on” is ${inDays(366).slice(0, 4)}; a whole day is needed.`,
  ]);
  expect((await applyImport(kernel.services, ctx(), id)).counts).toMatchObject({
    changed: 1,
    unchanged: 1,
    rejected: 3,
  });
});

test('the statement is told since when of what lies ahead alone: it is in place for the others', async () => {
  const links = { control: { set: [control.id] } };
  const record = await create('implementation', {
    fields: { name: 'Older', inPlaceSince: '2026-01-01' },
    links,
  });
  const sinceOf = () =>
    kernel.store.read({ organisation, actor: manager }, async (reader) => {
      const found = (await allSoaRecords(reader)).find(({ id }) => id === record.id);
      return found?.fields.inPlaceSince;
    });
  expect(await sinceOf()).toBeUndefined();
  // Written before such days were refused.
  await kernel.store.owner.query(
    `update record set fields = jsonb_set(fields, '{inPlaceSince}', '"2999-01-01"') where id = $1`,
    [record.id],
  );
  expect(await sinceOf()).toBe('2999-01-01');
});
