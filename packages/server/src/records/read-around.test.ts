import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { type Moments, type Person, twoAtWork } from '../../test/moments.ts';
import { wholeUse } from '../../test/whole.ts';
import { aroundWire } from '../http/present/around.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { addComment, deleteComment } from './comments.ts';
import { decideApproval } from './decide-approval.ts';
import { readAround } from './read-around.ts';
import { transitionRecord } from './transition-record.ts';

let kernel: TestKernel;
let work: Moments;
let organisation: string;
let author: Person;
let other: Person;
const kinds = (name: string) => registry.get(name);

const edit = (record: StoredRecord, patch: Patch) => work.edit(author, record, patch);
const read = (record: StoredRecord, limit = 20, actor: Actor = author) =>
  readAround(kernel.services, { organisation, actor, kind: kinds(record.kind), ref: record.id, limit });
/** The lines as a person reads them, newest first. */
const lines = async (record: StoredRecord, limit = 20) =>
  aroundWire(registry, await read(record, limit)).items.map((item) =>
    item.sentence
      .map((part) => (typeof part === 'string' ? part : 'ref' in part ? part.ref.ref : ''))
      .join(''),
  );

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  work = await twoAtWork(kernel);
  ({ organisation, author, other } = work);
});

test('all own changes, steps and approvals stand there, with which of them are significant', async () => {
  const kind = kinds('use-case');
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const made = await work.make('use-case', {
    fields: { ...wholeUse, name: 'Sorting', purpose: 'Sort' },
    links: { system: { set: [system.id] } },
  });
  await edit(made, { fields: { purpose: 'Sort claims' } });
  const { record } = await edit(made, { fields: { name: 'Sorting claims' } });
  const seen = { version: record.version, digest: record.digest.toString('hex'), reason: null };
  await decideApproval(kernel.services, work.next(author), kind, { ref: made.id, act: 'submit', ...seen });
  await decideApproval(kernel.services, work.next(other), kind, { ref: made.id, act: 'approve', ...seen });
  await edit(made, { fields: { purpose: 'Sort and pay claims' } });
  const found = await lines(made);
  expect(found).toContain('Changed: Purpose');
  expect(found.filter((line) => line === 'Changed: Purpose')).toHaveLength(2);
  expect(found.slice(0, 2).sort()).toEqual([
    'Approval of version 3 lost by a significant change',
    'Changed: Purpose',
  ]);
  expect(found.slice(2)).toEqual([
    'Version 3 approved',
    'Version 3 submitted',
    `Changed: ${kind.fields.name?.label}`,
    'Changed: Purpose',
    'Created',
  ]);
  const { items } = aroundWire(registry, await read(made));
  const significant = items.filter((item) => item.significant).map((item) => item.sentence.join(''));
  expect(significant).toEqual(['Changed: Purpose', 'Changed: Purpose']);
});

test('the owner that was set stands there, on a system too', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  await edit(system, { fields: { owner: other.member } });
  expect((await lines(system))[0]).toBe(`Changed: ${kinds('system').fields.owner?.label}`);
});

test('what a record draws on and uses speaks with its ref', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const links = { system: { set: [system.id] } };
  const covered = await work.make('use-case', { fields: { name: 'Sorting' }, links });
  const assessment = await work.make('impact-assessment', {
    fields: { name: 'Assessment of sorting' },
    links: { ...links, covers: { set: [covered.id] } },
  });
  await edit(covered, { fields: { purpose: 'Sort people' } });
  expect((await lines(assessment))[0]).toBe('UC-1 changed: Purpose');
  // What matters little to an input matters nothing to what stands on it.
  await edit(covered, { fields: { name: 'Sorting claims' } });
  expect((await lines(assessment))[0]).toBe('UC-1 changed: Purpose');
  // A mention of the assessment is no input of it.
  await edit(system, { fields: { purpose: 'Another' } });
  expect((await lines(assessment))[0]).toBe('UC-1 changed: Purpose');
});

test('a link from the other side is told when it comes and when it goes, by who did it', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const model = await work.make('model', { fields: { name: 'Ranker' } });
  await edit(system, { links: { usesModel: { add: [model.id] } } });
  const group = kinds('system').relations.usesModel?.inverse;
  expect((await lines(model))[0]).toBe(`SYS-1 came under ${group}`);
  // A later edit of the other side does not make the link younger.
  await edit(system, { fields: { name: 'Claims triage' } });
  expect((await lines(model)).filter((line) => line.includes('came under'))).toHaveLength(1);
  await edit(system, { links: { usesModel: { remove: [model.id] } } });
  expect((await lines(model))[0]).toBe(`SYS-1 left ${group}`);
  await edit(system, { links: { usesModel: { add: [model.id] } } });
  const [newest, before] = await lines(model);
  expect([newest, before]).toEqual([`SYS-1 came under ${group}`, `SYS-1 left ${group}`]);
  const { items } = aroundWire(registry, await read(model));
  expect(items[0]).toMatchObject({ byName: 'AIMS manager', by: { type: 'person', id: author.member } });
});

test('what points at a record twice comes under a group once, and leaves it with the last link', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const links = { system: { set: [system.id] }, concerns: { set: [system.id] } };
  const task = await work.make('task', { fields: { name: 'Ask' }, links });
  expect(await lines(system)).toEqual(['TSK-1 came under Tasks', 'Created']);
  await edit(task, { links: { concerns: { remove: [system.id] } } });
  expect(await lines(system)).toEqual(['TSK-1 came under Tasks', 'Created']);
  // Named again by the other relation, it stood there all the time.
  await edit(task, { links: { concerns: { add: [system.id] } } });
  expect(await lines(system)).toEqual(['TSK-1 came under Tasks', 'Created']);
  await edit(task, { links: { concerns: { remove: [system.id] } } });
  await edit(task, { links: { system: { remove: [system.id] } } });
  expect(await lines(system)).toEqual(['TSK-1 left Tasks', 'Created']);
  await edit(task, { links });
  expect((await lines(system))[0]).toBe('TSK-1 came under Tasks');
  await edit(task, { links: { system: { set: [] }, concerns: { set: [] } } });
  expect(await lines(system)).toEqual(['TSK-1 left Tasks', 'TSK-1 left Tasks', 'Created']);
});

test('the steps of what a system holds are told on the system', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const task = await work.make('task', { fields: { name: 'Ask' }, links: { system: { set: [system.id] } } });
  await transitionRecord(kernel.services, work.next(other), kinds('task'), {
    ref: task.id,
    version: null,
    transition: 'start',
  });
  expect((await lines(system)).slice(0, 2)).toEqual(['TSK-1 moved to under way', 'TSK-1 came under Tasks']);
});

test('few lines are given where few are asked for, the newest; comments are counted, not told', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  for (const purpose of ['One', 'Two', 'Three']) await edit(system, { fields: { purpose } });
  expect(await lines(system, 2)).toEqual(['Changed: Purpose', 'Changed: Purpose']);
  const say = { ref: system.id, field: null, text: 'Why so?' };
  const id = await addComment(kernel.services, work.next(other), kinds('system'), say);
  await addComment(kernel.services, work.next(author), kinds('system'), say);
  expect(await read(system)).toMatchObject({ comments: 2 });
  await deleteComment(kernel.services, work.next(other), id);
  expect(await read(system)).toMatchObject({ comments: 1 });
  expect((await lines(system)).every((line) => line.startsWith('Changed') || line === 'Created')).toBe(true);
});

test('another organisation finds nothing there', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const elsewhere = await kernel.organisation();
  const stranger = await kernel.member(elsewhere, ['aims-manager']);
  const asked = { organisation: elsewhere, actor: stranger, kind: kinds('system'), limit: 5 };
  await expect(readAround(kernel.services, { ...asked, ref: system.id })).rejects.toMatchObject({
    code: 'not-found',
  });
});
