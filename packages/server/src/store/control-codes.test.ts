import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { applyImport } from '../features/imports/apply-import.ts';
import { undoImport } from '../features/imports/undo-import.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import { archiveRecord, restoreRecord, transitionRecord } from '../records/transition-record.ts';
import { undoChange } from '../records/undo-change.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
beforeAll(async () => {
  kernel = await testKernel();
});
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
});
afterAll(() => kernel.close());

const kind = registry.get('control');
let ticks = 0;
/** A second later each time: what stood before a change is older than it. */
const ctx = () => kernel.context(organisation, manager, new Date(Date.now() + 1000 * ticks++));
const create = (code: string, more: object = {}) =>
  createRecord(kernel.services, ctx(), kind, { patch: { fields: { name: code, code, ...more } } });
const edit = (ref: string, fields: object) =>
  editRecord(kernel.services, ctx(), kind, { ref, patch: { fields: { ...fields } }, version: null });
const step = (ref: string, transition: string) =>
  transitionRecord(kernel.services, ctx(), kind, { ref, transition, version: null });
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { items?: { at: string; message: string }[] }) => error.items?.[0]?.message ?? String(error),
  );
const taken = (ref: string) => expect.stringContaining(`${ref} has the code`);

test('a code that an adopted control has is taken by no other, whatever its case, until that one is dropped', async () => {
  const first = await create('HM-1');
  expect(await said(create(' hm-1'))).toEqual(taken('CTL-1'));
  const second = await create('HM-2');
  expect(await said(edit(second.id, { code: 'HM-1' }))).toEqual(taken('CTL-1'));
  // Another framework has codes of its own; what stands for an item of Annex A is told by that.
  expect(await said(create('HM-1', { framework: 'iso-27001' }))).toBeNull();
  expect(await said(create('A.2.2', { item: 'A.2.2', framework: 'iso-42001' }))).toBeNull();
  expect(await said(create('a.2.2'))).toEqual(expect.stringContaining('Whoever reads A.2.2'));
  await step(first.id, 'drop');
  expect(await said(edit(second.id, { code: 'HM-1' }))).toBeNull();
  expect(await said(step(first.id, 'adopt'))).not.toBeNull();
});

test('nor by undoing, bringing back, or both at once', async () => {
  const first = await create('HM-1');
  const edited = await edit(first.id, { code: 'HM-9' });
  await create('HM-1');
  const undo = () =>
    undoChange(kernel.services, ctx(), kind, { ref: first.id, version: edited.record.version });
  expect(await said(undo())).toEqual(expect.stringContaining('has the code HM-1'));
  const third = await create('HM-3');
  await archiveRecord(kernel.services, ctx(), kind, { ref: third.id, version: null });
  await create('HM-3');
  expect(await said(restoreRecord(kernel.services, ctx(), kind, { ref: third.id, version: null }))).toEqual(
    expect.stringContaining('has the code HM-3'),
  );
  const outcomes = await Promise.all([said(create('HM-7')), said(create('HM-7')), said(create('HM-7'))]);
  expect(outcomes.filter((one) => one === null)).toHaveLength(1);
});

test('what stood twice before is edited otherwise, and not dropped by force', async () => {
  const first = await create('HM-1');
  const second = await create('HM-2');
  await kernel.store.owner.query(
    `with r as (update record set fields = jsonb_set(fields, '{code}', '"HM-1"') where id = $1)
     update revision set fields = jsonb_set(fields, '{code}', '"HM-1"') where record = $1`,
    [second.id],
  );
  expect(await said(edit(second.id, { objective: 'Another' }))).toBeNull();
  expect(await said(edit(first.id, { objective: 'Another' }))).toBeNull();
  expect(await said(edit(second.id, { code: 'HM-2' }))).toBeNull();
  expect(await said(edit(second.id, { code: 'HM-1' }))).toEqual(taken('CTL-1'));
});

test('a row of a file with a code that another has is rejected, and undoing a file brings none back', async () => {
  const first = await create('HM-1');
  const upload = async (text: string) => {
    const file = { name: 'file.csv', bytes: Buffer.from(text), kind };
    return (await analyseFile(kernel.services, ctx(), file)).id;
  };
  const text = 'Code,Title\nhm-1,Again\nHM-5,Fifth\nHM-5,Fifth again\nHM-6,Sixth\n';
  const { counts } = await applyImport(kernel.services, ctx(), await upload(text));
  expect(counts).toMatchObject({ added: 2, rejected: 2 });
  // A file changes the code of one, somebody takes the old one, and the file is undone.
  const ref = `Ref,Code\nCTL-1,HM-8\n`;
  const changing = await upload(ref);
  expect((await applyImport(kernel.services, ctx(), changing)).counts).toMatchObject({ changed: 1 });
  await create('HM-1');
  expect(await said(undoImport(kernel.services, ctx(), changing))).toEqual(
    expect.stringContaining('has the code HM-1'),
  );
  expect(first.id).toBeDefined();
});
