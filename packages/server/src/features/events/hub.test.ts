import { registry } from '@throughline/domain/kinds/all.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import { EventHub, type LiveEvent } from './hub.ts';

let kernel: TestKernel;
let organisation: string;
let owner: pg.Pool;

beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  owner = new pg.Pool({ ...kernel.database.owner, max: 1 });
});
afterAll(async () => {
  await owner.end();
  await kernel.close();
});

async function system(name: string): Promise<string> {
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  return (await createRecord(kernel.services, ctx, registry.get('system'), { patch: { fields: { name } } }))
    .id;
}

/** A line as its computation leaves it, bearing the moment at which its writing began. */
async function computed(of: readonly string[], at: Date): Promise<void> {
  await owner.query(
    `insert into system_line (organisation, system, computed_at) select $1, of, $3 from unnest($2::uuid[]) of
      on conflict (organisation, system) do update set computed_at = excluded.computed_at`,
    [organisation, of, at],
  );
}

test('a line whose long writing ends after a later, shorter one is told too; none twice, and none that stood before', async () => {
  const [old, slow, quick] = [await system('Old'), await system('Slow'), await system('Quick')];
  const now = Date.now();
  await computed([old], new Date(now - 30_000));
  const hub = EventHub.of(kernel.services, (error) => {
    throw error;
  });
  const told: string[] = [];
  const stop = hub.watch(organisation, (event: LiveEvent) => {
    if (event.type === 'standing') told.push(event.record.id);
  });
  await computed([quick], new Date(now + 2_000));
  await vi.waitFor(() => expect(told).toEqual([quick]), 8_000);
  await computed([slow], new Date(now));
  await vi.waitFor(() => expect(told).toEqual([quick, slow]), 8_000);
  await computed([quick], new Date(now + 3_000));
  await vi.waitFor(() => expect(told).toEqual([quick, slow, quick]), 8_000);
  stop();
});

test('who begins to watch is told of lines computed just before: a page reads first and listens then', async () => {
  const [long, just] = [await system('Long ago'), await system('Just now')];
  await computed([long], new Date(Date.now() - 60_000));
  await computed([just], new Date(Date.now() - 2_000));
  const hub = EventHub.of(kernel.services, (error) => {
    throw error;
  });
  const heard = (into: Map<string, number>) =>
    hub.watch(organisation, (event) => {
      if (event.type === 'standing') into.set(event.record.id, event.ago);
    });
  const [first, second] = [new Map<string, number>(), new Map<string, number>()];
  const stops = [heard(first)];
  await vi.waitFor(() => expect(first.has(just)).toBe(true), 8_000);
  stops.push(heard(second));
  expect([second.has(just), first.has(long), second.has(long)]).toEqual([true, false, false]);
  expect(first.get(just)).toBeGreaterThanOrEqual(1_900);
  expect(second.get(just)).toBeGreaterThanOrEqual(first.get(just) ?? 0);
  for (const stop of stops) stop();
});

test('lines that were computed in one moment are all told, however many', async () => {
  const ids: string[] = [];
  const at = new Date(Date.now() + 5_000);
  const manager = await kernel.member(organisation, ['aims-manager']);
  await kernel.store.change(kernel.context(organisation, manager), async (write) => {
    for (let n = 0; n < 2_100; n += 1) {
      const fields = { name: `System ${n}` };
      const made = write.create({
        kind: registry.get('system'),
        content: { fields, links: {} },
        state: 'inception',
        system: null,
      });
      ids.push(made.id);
    }
  });
  const hub = EventHub.of(kernel.services, (error) => {
    throw error;
  });
  const told = new Set<string>();
  const stop = hub.watch(organisation, (event) => {
    if (event.type === 'standing') told.add(event.record.id);
  });
  await computed(ids, at);
  await vi.waitFor(() => expect(ids.filter((id) => !told.has(id))).toEqual([]), 12_000);
  stop();
});
