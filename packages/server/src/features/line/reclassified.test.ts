import { addDays } from '@throughline/domain/day.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { linked } from '../../../test/linked.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createRecord } from '../../records/create-record.ts';
import { decideApproval } from '../../records/decide-approval.ts';
import { transitionRecord } from '../../records/transition-record.ts';
import { FactsCache } from './facts.ts';
import { readTrace } from './read-trace.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const today = new Date().toISOString().slice(0, 10);
/** Noon so many days ago: no time zone makes another day of it. */
const ago = (days: number): Date => new Date(`${addDays(today, -days)}T12:00:00Z`);

test('another class that is signed off after the run asks for a new one, and the same class again does not', async () => {
  const organisation = await kernel.organisation();
  const author = await kernel.member(organisation, ['aims-manager']);
  const other = await kernel.member(organisation, ['aims-manager', 'top-management']);
  const make = async (days: number, kind: string, fields: object, links: Record<string, string> = {}) => {
    const patch = { fields: { name: kind, ...fields }, links: linked(links) };
    const ctx = kernel.context(organisation, author, ago(days));
    return createRecord(kernel.services, ctx, registry.get(kind), {
      patch,
      ...(kind === 'system' ? { state: 'operation-monitoring', broughtIn: true } : {}),
    });
  };
  const kind = registry.get('classification');
  const step = (days: number, ref: string, transition: string, fields: object = {}) =>
    transitionRecord(kernel.services, kernel.context(organisation, author, ago(days)), kind, {
      ...{ ref, version: null, transition },
      patch: { fields: { ...fields } },
    });
  const sign = async (days: number, ref: string, tier: string) => {
    const made = await step(days, ref, 'conclude', { tier, classifiedOn: addDays(today, -days) });
    const seen = { version: made.version, digest: made.digest.toString('hex'), reason: null };
    const ctx = kernel.context(organisation, other, ago(days));
    await decideApproval(kernel.services, ctx, kind, { ref, act: 'approve', ...seen });
  };
  const system = await make(30, 'system', {});
  const use = await make(30, 'use-case', {}, { system: system.id });
  const tier = await make(30, 'classification', { scheme: 'own-tier' }, { useCase: use.id });
  await sign(30, tier.id, 'low');
  const run = await make(20, 'risk-assessment', { heldOn: addDays(today, -20) }, { system: system.id });
  await kernel.store.owner.query("update record set state = 'done' where id = $1", [run.id]);

  const cache = new FactsCache(kernel.services);
  const asksForRun = async (asOf?: Date) => {
    await sequenceAll(kernel.store);
    const asked = { organisation, actor: author, ref: system.id, asOf };
    const { trace } = await readTrace(kernel.services, cache, asked, () => ({ records: [], members: [] }));
    const gaps = trace.stations.find(({ id }) => id === 'risk')?.gaps ?? [];
    return gaps.some(
      ({ rule, action }) => rule === 'RI1' && JSON.stringify(action).includes('system-reclassified'),
    );
  };
  expect(await asksForRun()).toBe(false);
  await step(10, tier.id, 'reopen');
  await sign(10, tier.id, 'low');
  expect(await asksForRun()).toBe(false);
  await step(5, tier.id, 'reopen');
  expect(await asksForRun()).toBe(false);
  await sign(5, tier.id, 'high');
  expect(await asksForRun()).toBe(true);
});
