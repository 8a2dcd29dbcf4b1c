import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { linked } from '../../test/linked.ts';
import { transitionsOf } from '../http/present/record-abilities.ts';
import { addDeputy } from '../store/deputies.ts';
import { joinMembers } from '../store/identities.ts';
import { addRecusal } from '../store/recusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';
import { transitionRecord } from './transition-record.ts';

/** Nobody audits, walks or tests what they had a part in, by any account (9.2.2). */
type Person = Actor & { type: 'person' };
let kernel: TestKernel;
let organisation: string;
let manager: Person;
let auditor: Person;
let system: StoredRecord;

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
  auditor = await kernel.member(organisation, ['internal-auditor']);
  system = await make('system', { fields: { name: 'Triage' } });
});

const at = '2026-05-01T10:00:00Z';
const ctx = (actor: Actor, when = at) => kernel.context(organisation, actor, new Date(when));
const make = (kind: string, patch: Patch, by: Actor = manager, when = at) =>
  createRecord(kernel.services, ctx(by, when), registry.get(kind), { patch });
const step = (record: StoredRecord, transition: string, by: Actor = manager) =>
  transitionRecord(kernel.services, ctx(by), registry.get(record.kind), {
    ref: record.id,
    version: null,
    transition,
  });
/** What is said of each field to whoever is refused. */
const items = (promise: Promise<unknown>): Promise<readonly { at: string; message: string }[]> =>
  promise.then(
    () => [],
    (error: { items?: [] }) => error.items ?? [],
  );

const anAudit = (lead: Person, more: Record<string, unknown> = {}) =>
  make('audit', {
    fields: {
      name: 'Spring audit',
      objective: 'Whether it runs',
      criteria: ['9.2.1'],
      scope: 'Triage',
      periodFrom: '2026-01-01',
      periodTo: '2026-06-30',
      lead: lead.member,
      independenceRows: [{ auditor: lead.member, state: 'independent', on: '2026-04-30' }],
      ...more,
    },
    links: { systems: { set: [system.id] } },
  });

test('who wrote in the audited system does not audit it, and is told what', async () => {
  const said = await items(step(await anAudit(manager), 'start'));
  expect(said.map((item) => item.at)).toEqual(['fields.lead', 'fields.independenceRows.0.auditor']);
  expect(said[0]?.message).toMatch(/^This person had a part in what is audited.* wrote SYS-1\.$/);
  expect((await step(await anAudit(auditor), 'start')).state).toBe('under-way');
});

test('what lies before the audited period is no part in it, unless it was owned in it', async () => {
  const early = { periodFrom: '2026-05-02' };
  expect(await items(step(await anAudit(manager, early), 'start'))).toEqual([]);
  await make('system', { fields: { name: 'Pricing', owner: manager.member } }).then((owned) => {
    system = owned;
  });
  const said = await items(step(await anAudit(manager, early), 'start'));
  expect(said[0]?.message).toMatch(/owned SYS-2\.$/);
});

test('the second account of who wrote it does not audit it either', async () => {
  await kernel.store.change(ctx(manager), (write) => joinMembers(write, manager.member, auditor.member));
  expect(await items(step(await anAudit(auditor), 'start'))).toHaveLength(2);
});

test('nobody comes into a running audit by an edit', async () => {
  const running = await anAudit(auditor);
  await step(running, 'start');
  const kind = registry.get('audit');
  const patch = { fields: { lead: manager.member } };
  const edited = (by: Person) =>
    editRecord(kernel.services, ctx(by), kind, { ref: running.id, patch, version: null });
  const other = await kernel.member(organisation, ['aims-manager']);
  expect((await items(edited(other))).map((item) => item.at)).toEqual(['fields.lead']);
  // Who is audited does not write in it at all.
  await expect(edited(manager)).rejects.toMatchObject({ code: 'forbidden' });
});

test('whoever is found to have a conflict may be named as that', async () => {
  const rows = [
    { auditor: auditor.member, state: 'independent' },
    { auditor: manager.member, state: 'conflict', prior: 'Made the system' },
  ];
  expect((await step(await anAudit(auditor, { independenceRows: rows }), 'start')).state).toBe('under-way');
});

test('who stood back from the system does not audit it', async () => {
  await kernel.store.change(ctx(auditor), (write) =>
    addRecusal(write, system, auditor.member, 'I sold it').then(() => undefined),
  );
  const said = await items(step(await anAudit(auditor), 'start'));
  expect(said[0]?.message).toMatch(/^This person stood back/);
});

test('an audit of the whole organisation looks at what its criteria are kept by', async () => {
  await make('supplier', { fields: { name: 'Model house' } });
  const whole = (criteria: string[]) =>
    make('audit', {
      fields: {
        name: 'Audit',
        objective: 'Whether it runs',
        criteria,
        scope: 'Everything',
        lead: manager.member,
        independenceRows: [{ auditor: manager.member, state: 'independent' }],
        periodTo: '2026-06-30',
      },
    });
  expect(await items(step(await whole(['10.2']), 'start'))).toEqual([]);
  expect((await items(step(await whole(['A.10.3']), 'start')))[0]?.message).toMatch(/wrote SUP-1/);
});

test('a walk says independent only of whom the log says so', async () => {
  const walk = await make('walk', {
    fields: {
      name: 'Walk of Triage',
      walker: manager.member,
      independence: 'independent',
      stations: [{ station: 'risk', verdict: 'gap' }],
      walkedOn: '2026-05-01',
      conclusion: 'It holds',
      periodFrom: '2026-01-01',
      periodTo: '2026-06-30',
    },
    links: { system: { set: [system.id] } },
  });
  await step(walk, 'start');
  expect((await items(step(walk, 'conclude')))[0]?.at).toBe('fields.walker');
  const patch = { fields: { independence: 'had-a-part' } };
  await editRecord(kernel.services, ctx(manager), registry.get('walk'), {
    ref: walk.id,
    patch,
    version: null,
  });
  expect((await step(walk, 'conclude')).state).toBe('concluded');
});

const testOf = (control: StoredRecord, tester: Person, more: Record<string, string[]> = {}) =>
  make('control-test', {
    fields: {
      name: 'Test of logging',
      ...{ criterion: 'Each run is logged', method: 'Logs were read', sample: 'Ten runs of April' },
      conclusion: 'effective',
      result: 'All were there',
      tester: tester.member,
      testedOn: '2026-05-01',
      periodFrom: '2026-03-01',
      periodTo: '2026-03-31',
    },
    links: { control: { set: [control.id] }, ...linked(more) },
  });
const concluding = async (control: StoredRecord, tester: Person, more: Record<string, string[]> = {}) =>
  items(step(await testOf(control, tester, more), 'conclude', tester));
const aControl = (by: Person, fields: Record<string, unknown> = {}) =>
  make('control', { fields: { code: 'H.1', name: 'Logging', ...fields } }, by);

test('a control is not tested by who owned it when the test was concluded or in its period', async () => {
  const other = await kernel.member(organisation, ['aims-manager']);
  const control = await aControl(other, { owner: manager.member });
  expect((await concluding(control, manager))[0]?.message).toMatch(/owned CTL-1\.$/);
  const patch = { fields: { owner: auditor.member } };
  const kind = registry.get('control');
  await editRecord(kernel.services, ctx(other), kind, { ref: control.id, patch, version: null });
  expect(await concluding(control, manager)).toHaveLength(1);
  const third = await kernel.member(organisation, ['contributor']);
  expect((await step(await testOf(control, third), 'conclude', third)).state).toBe('concluded');
});

test('who wrote or moved on an implementation that nobody owns does not test it, whatever period they chose', async () => {
  const control = await aControl(await kernel.member(organisation, ['aims-manager']));
  const third = await kernel.member(organisation, ['system-owner']);
  const implementation = await make(
    'implementation',
    { fields: { name: 'Daily', howItWorks: 'A job' }, links: { control: { set: [control.id] } } },
    manager,
  );
  await step(implementation, 'begin', manager);
  const said = await concluding(control, manager, { implementation: [implementation.id] });
  expect(said.map(({ at }) => at)).toEqual(['fields.tester']);
  expect(said[0]?.message).toMatch(/had a part in what is tested.* wrote IMP-1/);
  expect(said[0]?.message).toMatch(/moved on IMP-1/);
  // Nor by naming the control alone.
  expect((await concluding(control, manager))[0]?.message).toMatch(/IMP-1/);
  expect(await concluding(control, third, { implementation: [implementation.id] })).toEqual([]);
});

test('nor does who stands in for somebody who wrote it, while they do', async () => {
  const control = await aControl(manager);
  const third = await kernel.member(organisation, ['contributor']);
  await kernel.store.change(ctx(manager), async (write) => {
    const { member } = third;
    await addDeputy(write, {
      ...{ absent: manager.member, member, first: '2026-04-30', last: '2026-05-02', why: 'Away' },
    });
  });
  expect((await concluding(control, third))[0]?.message).toMatch(/stands in for somebody.* wrote CTL-1\.$/);
});

test('the page says beforehand what the door refuses', async () => {
  const control = await aControl(manager);
  const ability = async (tester: Person) => {
    const { id } = await testOf(control, tester);
    const asked = { organisation, actor: tester, kind: registry.get('control-test'), ref: id };
    const view = await readRecord(kernel.services, asked);
    const steps = transitionsOf(view, tester);
    return steps.find(({ name }) => name === 'conclude')?.ability;
  };
  expect(await ability(manager)).toMatchObject({
    allowed: false,
    reason: expect.stringMatching(/wrote CTL-1/),
  });
  const third = await kernel.member(organisation, ['contributor']);
  expect(await ability(third)).toMatchObject({ allowed: true });
});

describe('a day that somebody typed', () => {
  const dated = (control: StoredRecord, tester: Person, testedOn: string, more: object = {}) =>
    make('control-test', {
      fields: {
        ...{
          name: 'Test',
          criterion: 'Each run is logged',
          method: 'Logs were read',
          sample: 'Ten runs of April',
        },
        ...{ conclusion: 'effective', result: 'All were there', tester: tester.member, testedOn, ...more },
      },
      links: { control: { set: [control.id] } },
    });
  async function placed() {
    const control = await aControl(await kernel.member(organisation, ['aims-manager']));
    const fields = { name: 'Daily', howItWorks: 'A job', owner: auditor.member, inPlaceSince: '2026-03-01' };
    const links = { control: { set: [control.id] } };
    const made = await make('implementation', { fields, links });
    await step(made, 'begin');
    await step(made, 'complete');
    return { control, made };
  }

  test('frees nobody from what they did: every deed before the test is recorded counts', async () => {
    const { control } = await placed();
    const design = { subject: 'design' };
    const said = await items(step(await dated(control, manager, '2001-01-01', design), 'conclude', manager));
    expect(said[0]?.message).toMatch(/Before the test was recorded they .*wrote IMP-1/);
  });

  test('before there was anything in place is refused at every door, unless the design alone is tested', async () => {
    const { control, made } = await placed();
    const third = await kernel.member(organisation, ['contributor']);
    const conclude = async (on: string, more: object = {}) =>
      items(step(await dated(control, third, on, more), 'conclude', third));
    const early = [
      { at: 'fields.testedOn', message: expect.stringMatching(/^IMP-1 is in place since 2026-03-01/) },
    ];
    expect(await conclude('2026-02-28')).toEqual(early);
    expect(await conclude('2026-03')).toEqual([]);
    expect(await conclude('2026-02-28', { subject: 'design' })).toEqual([]);
    const links = { control: { set: [control.id] }, implementation: { set: [made.id] } };
    const brought = createRecord(kernel.services, ctx(manager), registry.get('control-test'), {
      patch: { fields: { name: 'From a file', tester: third.member, testedOn: '2001-01-01' }, links },
      state: 'concluded',
      broughtIn: true,
    });
    expect(await items(brought)).toEqual(early);
    // One of several that was there is enough where none is named.
    const older = { name: 'Weekly', howItWorks: 'By hand', owner: auditor.member, inPlaceSince: '2020' };
    const second = await make('implementation', { fields: older, links: { control: { set: [control.id] } } });
    await step(second, 'begin');
    await step(second, 'complete');
    expect(await conclude('2026-02-28')).toEqual([]);
  });
});
