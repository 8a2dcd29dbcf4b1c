import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { readHistory, readRecord } from './read-record.ts';
import { archiveRecord, restoreRecord, transitionRecord } from './transition-record.ts';
import { undoChange } from './undo-change.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
});

const system = registry.get('system');
const evidence = registry.get('evidence');
const as = (actor: Actor) => kernel.context(organisation, actor);
const make = (patch: Patch, kind = system, actor: Actor = manager) =>
  createRecord(kernel.services, as(actor), kind, { patch });
const edit = (ref: string, patch: Patch) =>
  editRecord(kernel.services, as(manager), system, { ref, patch, version: null });
const undo = (ref: string, version: number, actor: Actor = manager, kind = system) =>
  undoChange(kernel.services, as(actor), kind, { ref, version });
const now = async (ref: string, kind = system) =>
  (await readRecord(kernel.services, { organisation, actor: manager, kind, ref })).record;

test('undoing an edit sets back every part that it touched, and only those', async () => {
  const model = await make({ fields: { name: 'Model' } }, registry.get('model'));
  const made = await make({
    fields: { name: 'Before', unit: 'Claims' },
    links: { usesModel: { set: [model.id] } },
  });
  await edit(made.id, { fields: { unit: 'Motor' } });
  await edit(made.id, {
    fields: { name: 'After', unit: null, subUnit: 'New' },
    links: { usesModel: { set: [] } },
  });
  const { record, changed } = await undo(made.id, 3);
  expect([...changed].sort()).toEqual(['name', 'subUnit', 'unit', 'usesModel']);
  expect(record.content).toEqual({
    fields: { name: 'Before', unit: 'Motor' },
    links: { usesModel: [model.id] },
  });
  const history = await readHistory(kernel.services, {
    organisation,
    actor: manager,
    kind: system,
    ref: made.id,
    limit: 10,
  });
  expect(history.revisions.map((revision) => [revision.version, revision.act])).toEqual([
    [4, 'edited'],
    [3, 'edited'],
    [2, 'edited'],
    [1, 'created'],
  ]);
});

test('an undone undo is the edit again', async () => {
  const made = await make({ fields: { name: 'A' } });
  await edit(made.id, { fields: { name: 'B' } });
  await undo(made.id, 2);
  expect((await now(made.id)).title).toBe('A');
  await undo(made.id, 3);
  expect((await now(made.id)).title).toBe('B');
});

test('a step, an archiving and a bringing back are undone into what stood before', async () => {
  const made = await make({ fields: { name: 'Steps' } });
  const moved = await transitionRecord(kernel.services, as(manager), system, {
    ref: made.id,
    version: 1,
    transition: 'retire',
  });
  expect(moved.state).not.toBe(made.state);
  expect((await undo(made.id, 2)).record.state).toBe(made.state);
  await archiveRecord(kernel.services, as(manager), system, { ref: made.id, version: 3 });
  expect((await undo(made.id, 4)).record.archivedAt).toBeNull();
  await archiveRecord(kernel.services, as(manager), system, { ref: made.id, version: 5 });
  await restoreRecord(kernel.services, as(manager), system, { ref: made.id, version: 6 });
  expect((await undo(made.id, 7)).record.archivedAt).not.toBeNull();
});

describe('a step that opens again what somebody else has judged', () => {
  const controlTest = registry.get('control-test');
  const finding = registry.get('finding');
  const move = (actor: Actor, kind: Kind, ref: string, transition: string, fields?: object) =>
    transitionRecord(kernel.services, as(actor), kind, {
      ...{ ref, version: null, transition },
      ...(fields ? { patch: { fields: { ...fields } } } : {}),
    });

  test('is undone by judging again, never by the one who was judged', async () => {
    const owner = await kernel.member(organisation, ['aims-manager']);
    const tester = await kernel.member(organisation, ['internal-auditor']);
    const said = {
      ...{ ownerTested: owner.member, tester: tester.member, conclusion: 'effective' },
      ...{ criterion: 'Each run ends well', method: 'Runs were read', sample: 'Ten runs of April' },
    };
    const control = await make({ fields: { name: 'Logs', code: 'L-1' } }, registry.get('control'));
    const made = await make(
      {
        fields: { name: 'Spring test', ...said, result: 'All of them ran.', testedOn: '2026-02-01' },
        links: { control: { set: [control.id] } },
      },
      controlTest,
    );
    await move(tester, controlTest, made.id, 'conclude');
    const stranger = await kernel.member(organisation, ['aims-manager']);
    await move(stranger, controlTest, made.id, 'reopen', {
      reopenedBecause: 'Two of the runs were of another system.',
    });
    await expect(undo(made.id, 4, owner, controlTest)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is you, so somebody else does this'),
    });
    expect((await now(made.id, controlTest)).state).toBe('under-way');
    expect((await undo(made.id, 4, tester, controlTest)).record.state).toBe('concluded');
    // The judgement itself is taken back by nobody, whoever gave it: it is opened again by its step.
    for (const by of [tester, stranger, owner])
      await expect(undo(made.id, 5, by, controlTest)).rejects.toMatchObject({
        message: 'What was found stays. It is opened again by its step, with the reason.',
      });
  });

  test('is not undone where no step leads back at once', async () => {
    const said = { grade: 'opportunity', followUp: 'answered-no', answer: 'Seen', closedOn: '2026-02-01' };
    const made = await make({ fields: { name: 'Late letters', ...said } }, finding);
    const closer = await kernel.member(organisation, ['aims-manager']);
    for (const step of ['answer', 'close', 'reopen']) await move(closer, finding, made.id, step);
    await expect(undo(made.id, 4, manager, finding)).rejects.toMatchObject({
      code: 'conflict',
      message: '“Closed” is reached by its own step alone, so this is not taken back.',
    });
  });

  test('what somebody decided is taken back by them, or by a step', async () => {
    const home = await make({ fields: { name: 'Triage' } });
    const version = registry.get('system-version');
    const made = await make(
      { fields: { name: '1.0', liveFrom: '2026-02-01' }, links: { system: { set: [home.id] } } },
      version,
    );
    await move(manager, version, made.id, 'goLive');
    const other = await kernel.member(organisation, ['aims-manager']);
    await expect(undo(made.id, 2, other, version)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Only who made this “Live” takes it back.',
    });
    expect((await undo(made.id, 2, manager, version)).record.state).toBe('built');
    // What binds nobody, anybody with the right takes back.
    const tested = { patch: { fields: { name: 'Tested' } }, state: 'verification-validation' };
    const back = await createRecord(kernel.services, as(manager), system, tested);
    await move(manager, system, back.id, 'develop');
    expect((await undo(back.id, 2, other)).record.state).toBe('verification-validation');
  });
});

test('a making is undone by archiving: nothing is deleted', async () => {
  const made = await make({ fields: { name: 'A mistake' } });
  const { record } = await undo(made.id, 1);
  expect([record.version, record.archivedAt !== null]).toEqual([2, true]);
});

test('what was built upon is not undone, nor is a version that never was', async () => {
  const made = await make({ fields: { name: 'A' } });
  await edit(made.id, { fields: { name: 'B' } });
  for (const version of [0, 1, 3, 99])
    await expect(undo(made.id, version)).rejects.toMatchObject({ code: 'conflict' });
});

test('two who undo the same change at once: one does, the other is told', async () => {
  const made = await make({ fields: { name: 'A' } });
  await edit(made.id, { fields: { name: 'B' } });
  const ends = await Promise.allSettled([undo(made.id, 2), undo(made.id, 2)]);
  expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await now(made.id)).toMatchObject({ title: 'A', version: 3 });
});

test('undo never does what the person could not do: archiving and bringing back ask for their own right', async () => {
  const contributor = await kernel.member(organisation, ['contributor']);
  const owned = { fields: { name: 'Report', owner: contributor.member } };
  const made = await make(owned, evidence);
  await archiveRecord(kernel.services, as(manager), evidence, { ref: made.id, version: 1 });
  const back = undo(made.id, 2, contributor, evidence);
  await expect(back).rejects.toMatchObject({
    code: 'forbidden',
    facts: { who: expect.arrayContaining(['aims-manager']) },
  });
  const theirs = await make(owned, evidence);
  await expect(undo(theirs.id, 1, contributor, evidence)).rejects.toMatchObject({ code: 'forbidden' });
  expect((await now(theirs.id, evidence)).archivedAt).toBeNull();
  // What somebody made by mistake they may take back.
  const own = await make(owned, evidence, contributor);
  expect((await undo(own.id, 1, contributor, evidence)).record.archivedAt).not.toBeNull();
});

test('a reader undoes nothing, and of another organisation there is nothing', async () => {
  const made = await make({ fields: { name: 'A' } });
  const reader = await kernel.member(organisation, ['reader']);
  await expect(undo(made.id, 1, reader)).rejects.toMatchObject({ code: 'forbidden' });
  const elsewhere = await kernel.organisation();
  const other = await kernel.member(elsewhere, ['aims-manager']);
  const across = undoChange(kernel.services, kernel.context(elsewhere, other), system, {
    ref: made.id,
    version: 1,
  });
  await expect(across).rejects.toMatchObject({ code: 'not-found' });
});

test('undoing an edit is an edit: it voids an approval that stood on what it takes away', async () => {
  const useCase = registry.get('use-case');
  const home = await make({ fields: { name: 'Home' } });
  const made = await make(
    { fields: { name: 'Use', purpose: 'One' }, links: { system: { set: [home.id] } } },
    useCase,
  );
  const edited = await editRecord(kernel.services, as(manager), useCase, {
    ref: made.id,
    patch: { fields: { purpose: 'Two' } },
    version: null,
  });
  const other = await kernel.member(organisation, ['aims-manager']);
  await kernel.store.change(as(other), async (write) => {
    const record = (await write.lock([made.id])).get(made.id);
    if (record) write.approval(record, 'approve', { version: 2, digest: edited.record.digest });
  });
  expect((await now(made.id, useCase)).inForce).toBe(2);
  const undone = await undo(made.id, 2, manager, useCase);
  expect(undone.voided).toEqual([made.id]);
  expect((await now(made.id, useCase)).inForce).toBeNull();
});

test('undoing a significant edit brings back what was approved, and no approval of it', async () => {
  const useCase = registry.get('use-case');
  const home = await make({ fields: { name: 'Home' } });
  const made = await make(
    { fields: { name: 'Use', purpose: 'One' }, links: { system: { set: [home.id] } } },
    useCase,
  );
  const other = await kernel.member(organisation, ['aims-manager']);
  await kernel.store.change(as(other), async (write) => {
    const record = (await write.lock([made.id])).get(made.id);
    if (record) write.approval(record, 'approve', { version: 1, digest: record.digest });
  });
  const patch = { fields: { purpose: 'Two' } };
  const edited = await editRecord(kernel.services, as(manager), useCase, { ref: made.id, patch, version: 1 });
  expect(edited.voided).toEqual([made.id]);
  const undone = await undo(made.id, 2, manager, useCase);
  expect(undone.record.content).toEqual(made.content);
  const asked = { organisation, actor: manager, kind: useCase, ref: made.id };
  const { record, approvals } = await readRecord(kernel.services, asked);
  expect([record.inForce, approvals.map(({ act }) => act)]).toEqual([null, ['approve', 'void']]);
  // The version that stands is another one: whoever approves reads and signs that.
  expect(record.digest).not.toEqual(made.digest);
});
