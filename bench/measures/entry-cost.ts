import { createRecord } from '@throughline/server/records/create-record.ts';
import { openPools } from '@throughline/server/store/pools.ts';
import { Store } from '@throughline/server/store/store.ts';
import type { PoolClient } from 'pg';
import { secondOrganisation } from '../acting.ts';
import { type Spent, withSpent } from '../cpu.ts';
import { type Result, single } from '../result.ts';
import { percentile, sample } from '../sample.ts';
import type { World } from '../world.ts';

/** What a record may cost more with its entry than without, in percent. */
const dearerAtMost = 20;
/** Both ways in turn, so many records at a time: what else the machine does then meets both alike. */
const atOnce = 100;

/**
 * What its entry costs a record: the same writing with the statement that keeps entries and what waits for a place, and
 * with these two parts cut out of it. In an organisation of its own, whose log then lacks them; the product has no way to
 * write without them. The entry is still made in Node, where that costs microseconds; what is compared is what keeps it.
 */
export async function entryCost(world: World, rounds: number): Promise<Result[]> {
  const ctx = await secondOrganisation(world);
  const whole = openPools(world.connection, fail);
  const bare = openPools(world.connection, fail);
  bare.app.on('connect', leaveEntriesOut);
  try {
    const ways = [whole, bare].map((pools) => ({
      store: new Store(pools, world.services.registry),
      spent: [] as Spent[],
      taken: [] as number[],
    }));
    for (let done = 0; done <= rounds; done += atOnce)
      for (const way of ways) {
        const services = { ...world.services, store: way.store };
        const { value, spent } = await withSpent(world, () =>
          sample({ connections: 1, rounds: atOnce, warmUp: 0 }, (round) =>
            createRecord(services, { ...ctx, at: new Date() }, services.registry.get('task'), {
              patch: { fields: { name: `Look at case ${round}`, due: '2027-03-01' } },
            }),
          ),
        );
        if (value.failures.length > 0) throw new Error(value.failures[0]);
        // The first of each prepares its statements.
        if (done === 0) continue;
        way.spent.push(spent);
        way.taken.push(...value.sorted);
      }
    const [withEntry, without] = ways.map(({ spent, taken }) => ({
      databaseMs: sum(spent.map((one) => one.databaseMs ?? 0)) / taken.length,
      cpuMs: sum(spent.map((one) => one.nodeMs + (one.databaseMs ?? 0))) / taken.length,
      p50: percentile(
        taken.sort((a, b) => a - b),
        0.5,
      ),
    }));
    if (!withEntry || !without) throw new Error('Both ways are measured');
    const each = (ms: number) => `${ms.toFixed(2)} ms`;
    const dearer = (a: number, b: number) => (a / b - 1) * 100;
    const target = { of: 'max', atMost: dearerAtMost } as const;
    const rows = `${rounds} records each way, in turn`;
    return [
      single(
        {
          name: 'what its entry costs a record, processor time',
          concurrency: 1,
          target,
          note: `${each(withEntry.cpuMs)} with it and ${each(without.cpuMs)} without, of which PostgreSQL ${each(withEntry.databaseMs)} and ${each(without.databaseMs)}; ${rows}`,
        },
        '%',
        dearer(withEntry.cpuMs, without.cpuMs),
      ),
      single(
        {
          name: 'the same by the clock, in the middle',
          concurrency: 1,
          target,
          note: `${each(withEntry.p50)} with it and ${each(without.p50)} without`,
        },
        '%',
        dearer(withEntry.p50, without.p50),
      ),
    ];
  } finally {
    await bare.end();
    await whole.end();
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function fail(error: Error): never {
  throw error;
}

/** The parts of the one statement of a change that keep its entries, and what stands there for their parameter. */
const [kept, nothing] = [
  /\), entered as \([\s\S]*?\), changed as \(/,
  '), unkept as (select $13::jsonb), changed as (',
];

/** From here on the client leaves the entries of a change out. */
function leaveEntriesOut(client: PoolClient): void {
  const { query } = client;
  const value = (asked: unknown, ...others: unknown[]): unknown =>
    Reflect.apply(query, client, [withoutEntries(asked), ...others]);
  Object.defineProperty(client, 'query', { value });
}

function withoutEntries(asked: unknown): unknown {
  if (typeof asked !== 'object' || asked === null || !('name' in asked) || asked.name !== 'flush')
    return asked;
  if (!('text' in asked) || typeof asked.text !== 'string' || !kept.test(asked.text))
    throw new Error('A change no longer keeps its entries where this looks for them');
  return { ...asked, name: 'flush-without-entries', text: asked.text.replace(kept, () => nothing) };
}
