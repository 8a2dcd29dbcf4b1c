import { registry } from '@throughline/domain/kinds/all.ts';
import { combine } from '@throughline/domain/trace/combine.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import type { Context } from '../store/context.ts';
import { bulkChange } from './bulk-change.ts';
import { createRecord } from './create-record.ts';
import { contextIn, lineWorld } from './line-world.ts';
import { lockFor } from './load.ts';
import { readRecord } from './read-record.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';
import { undoChange } from './undo-change.ts';

const system = registry.get('system');
const useCase = registry.get('use-case');
const gate = registry.get('gate');
let kernel: TestKernel;
let organisation: string;
let ctx: () => Context;
beforeAll(async () => {
  kernel = await testKernel();
});
beforeEach(async () => {
  organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager']);
  ctx = () => kernel.context(organisation, actor);
});
afterAll(() => kernel.close());

const liveSystem = async (state = 'operation-monitoring') =>
  (
    await createRecord(kernel.services, ctx(), system, {
      patch: { fields: { name: 'Triage' } },
      state,
      broughtIn: true,
    })
  ).id;
const use = (home: string, state = 'in-use') =>
  createRecord(kernel.services, ctx(), useCase, {
    patch: { fields: { name: 'Sort letters' }, links: { system: { set: [home] } } },
    state,
    broughtIn: true,
  });
const step = (id: string, transition: string, fields?: Record<string, string>, kind = system) =>
  transitionRecord(kernel.services, ctx(), kind, {
    ref: id,
    version: null,
    transition,
    ...(fields ? { patch: { fields } } : {}),
  });
const archived = (id: string) => archiveRecord(kernel.services, ctx(), system, { ref: id, version: null });
const why = { takenBackBecause: 'It missed one letter in ten.' };
const view = (id: string) =>
  readRecord(kernel.services, { organisation, actor: ctx().actor, kind: system, ref: id });
const line = (id: string) =>
  kernel.store.read(ctx(), async (reader) => {
    const world = await lineWorld(kernel.services, reader, id);
    if (!world) throw new RangeError(id);
    return combine(world.facts, contextIn(world).system, kernel.services.catalogue, new Date());
  });

test('a system is not taken back while a use of it goes on, nor without a reason, and is retired through its gate all the same', async () => {
  const id = await liveSystem();
  const { id: used } = await use(id);
  const before = await line(id);
  expect(before.summary.notStarted).toBe(0);
  await expect(step(id, 'develop', why)).rejects.toMatchObject({ code: 'conflict' });
  for (const back of ['takeBack', 'takeBackToVerify'])
    await expect(step(id, back, why)).rejects.toThrow(
      'UC-1 is in use. Suspend or retire it first: what is used runs.',
    );
  await step(used, 'suspend', undefined, useCase);
  await expect(step(id, 'takeBack')).rejects.toThrow('Why it was taken back is needed first.');
  expect((await step(id, 'takeBack', why)).state).toBe('design-development');

  const after = await line(id);
  expect(after.stations.filter(({ verdict }) => verdict === 'not-started')).toEqual([]);
  await expect(step(id, 'retire')).rejects.toThrow('This step passes the gate “Retirement”');
  const never = await liveSystem('design-development');
  expect((await line(never)).summary.notStarted).toBeGreaterThan(0);
  expect((await step(never, 'retire')).state).toBe('retirement');
});

test('a second time asks for the reason of that time', async () => {
  const id = await liveSystem();
  await step(id, 'takeBack', why);
  const go = () =>
    kernel.store.change(ctx(), async (write) => {
      const record = await lockFor(write, system, id, 'transition');
      return write.move(record, 'operation-monitoring');
    });
  await go();
  await expect(step(id, 'takeBack')).rejects.toThrow('is said anew first');
  expect((await step(id, 'takeBack', { takenBackBecause: 'It learnt from the wrong letters.' })).state).toBe(
    'design-development',
  );
  // Nor does undoing that it went live lead back past a use of it.
  const { version } = await go();
  await use(id);
  await expect(undoChange(kernel.services, ctx(), system, { ref: id, version })).rejects.toThrow(
    'UC-1 is in use',
  );
});

test('what runs, or ran and had uses, stays in the register until it is retired', async () => {
  const id = await liveSystem();
  const { id: used } = await use(id);
  await expect(archived(id)).rejects.toThrow('AI system is “Live”, and what runs is not archived');
  const many = await bulkChange(kernel.services, ctx(), system, { ids: [id], act: { archive: true } });
  expect(many.refused[0]?.reason).toContain('what runs is not archived');
  await expect(undoChange(kernel.services, ctx(), system, { ref: id, version: 1 })).rejects.toThrow(
    'what runs is not archived',
  );
  await step(used, 'suspend', undefined, useCase);
  await step(id, 'takeBack', why);
  expect((await view(id)).goesOn).toContain('This system ran');
  await expect(archived(id)).rejects.toThrow('what ran is retired by its step before it is archived');
});

test('one that was recorded twice and has no use is taken back with the reason, and archived', async () => {
  const id = await liveSystem();
  await step(id, 'takeBack', { takenBackBecause: 'Recorded twice: it is SYS-4.' });
  expect((await view(id)).goesOn).toBeUndefined();
  expect((await archived(id)).archivedAt).not.toBeNull();
});

test('a gate by which a system went on stays in the register until that is retired, and the line says so once it is asked again', async () => {
  const id = await liveSystem();
  const version = await createRecord(kernel.services, ctx(), registry.get('system-version'), {
    patch: { fields: { name: '1', liveFrom: '2026-01-10' }, links: { system: { set: [id] } } },
    state: 'live',
    broughtIn: true,
  });
  const made = () =>
    createRecord(kernel.services, ctx(), gate, {
      patch: {
        fields: { name: 'Going on', type: 'continuation-decision' },
        links: { system: { set: [id] }, version: { set: [version.id] } },
      },
    });
  const moved = (ref: string, state: string, kind = gate) =>
    kernel.store.change(ctx(), async (write) =>
      write.move(await lockFor(write, kind, ref, 'transition'), state),
    );
  const archivedGate = (ref: string) => archiveRecord(kernel.services, ctx(), gate, { ref, version: null });
  const said = async () => JSON.stringify((await line(id)).stations.map(({ gaps }) => gaps));
  const [passed, never] = [(await made()).id, (await made()).id];
  await moved(passed, 'passed');
  await expect(archivedGate(passed)).rejects.toThrow('its system went on by it');
  await step(passed, 'askAgain', undefined, gate);
  expect(await said()).toContain('passed no longer');
  await step(passed, 'withdraw', undefined, gate);
  await expect(archivedGate(passed)).rejects.toThrow('its system went on by it');
  expect((await archivedGate(never)).archivedAt).not.toBeNull();
  await moved(id, 'retirement', system);
  expect((await archivedGate(passed)).archivedAt).not.toBeNull();
});
