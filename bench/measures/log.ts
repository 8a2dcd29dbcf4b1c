import { setTimeout as pause } from 'node:timers/promises';
import { sequenceAll, startSequencer } from '@throughline/server/log/sequencer.ts';
import { newId } from '@throughline/server/store/ids.ts';
import { publishedCheckpoint } from '@throughline/server/store/log-checkpoint.ts';
import { fail, secondOrganisation } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { type Measure, type Result, single, timed } from '../result.ts';
import { percentile, type Sample, sample } from '../sample.ts';
import { signingOf, type World } from '../world.ts';
import { entryCost } from './entry-cost.ts';
import { create } from './writing.ts';

/** Entries a second that are promised. */
const placedPerSecond = 10_000;
/** What a record may cost more with the log at work than without, in percent. */
const dearerAtMost = 20;

type Context = Awaited<ReturnType<typeof secondOrganisation>>;

/** Entries a second into the log with their tiles, how soon a checkpoint covers one, and what the log costs a writer. */
export const log: Measure = {
  name: 'log',
  run: async (world, { quick }) => {
    const ctx = await secondOrganisation(world);
    await sequenceAll(world.services.store);
    const entries = quick ? 10_000 : 100_000;
    return [
      await alone(world, ctx, entries),
      await besideWriters(world, ctx, entries),
      await untilSigned(world, ctx, quick ? 50 : 300),
      ...(await costs(world, quick ? 200 : 1_000)),
      ...(await entryCost(world, quick ? 300 : 2_000)),
    ];
  },
};

async function pendingEntries(world: World, ctx: Context, entries: number): Promise<void> {
  for (let done = 0; done < entries; done += 5_000)
    await world.services.store.change({ ...ctx, at: new Date() }, async (write) => {
      for (let n = 0; n < 5_000; n += 1) write.log({ act: 'organisation.changed', digest: newId() });
    });
}

/** By the clock, and what it cost: the clock of a busy machine says little. */
async function perSecond(world: World, entries: number): Promise<{ rate: number; note: string }> {
  const { taken, note } = await withCpu(world, () =>
    sample({ connections: 1, rounds: 1, warmUp: 0 }, () => sequenceAll(world.services.store)),
  );
  return { rate: (entries * 1_000) / percentile(taken.sorted, 1), note };
}

async function alone(world: World, ctx: Context, entries: number): Promise<Result> {
  await pendingEntries(world, ctx, entries);
  const { rate, note: cost } = await perSecond(world, entries);
  const note = `${entries} entries with leaves and tiles; 30000 is wished for; ${cost}`;
  const target = { of: 'max', atLeast: placedPerSecond } as const;
  return single({ name: 'entries placed in the log', concurrency: 1, target, note }, 'per s', rate);
}

async function besideWriters(world: World, ctx: Context, entries: number): Promise<Result> {
  await pendingEntries(world, ctx, entries);
  let writing = true;
  let written = 0;
  const writers = [0, 1].map(async (writer) => {
    for (let round = writer; writing; round += 2) {
      await create(world, round);
      written += 1;
    }
  });
  await pause(200);
  const { rate } = await perSecond(world, entries);
  writing = false;
  await Promise.all(writers);
  const note = `while ${written} records were written`;
  const target = { of: 'max', atLeast: placedPerSecond } as const;
  return single({ name: 'the same beside two writers', concurrency: 3, target, note }, 'per s', rate);
}

/** From the end of a change to the first look that finds it under a published checkpoint. */
async function untilSigned(world: World, ctx: Context, rounds: number): Promise<Result> {
  const { store } = world.services;
  await using _sequencer = startSequencer(signingOf(world), { everyMs: 1_000, onError: fail });
  const size = () => store.asOwner((db) => publishedCheckpoint(db, ctx.organisation));
  await pause(1_000);
  const taken = await sample({ connections: 1, rounds }, async () => {
    const before = (await size())?.size ?? 0;
    await store.change({ ...ctx, at: new Date() }, async (write) => {
      write.log({ act: 'organisation.changed', digest: newId() });
    });
    while (((await size())?.size ?? 0) <= before) await pause(2);
  });
  const target = { of: 'p95', atMost: 500 } as const;
  return timed({ name: 'change made and under a signed checkpoint', concurrency: 1, target }, taken);
}

/** The same writing with nothing of the log at work, and with places, tiles, signatures and their records on disk. */
async function costs(world: World, rounds: number): Promise<Result[]> {
  const write = () =>
    withCpu(world, () => sample({ connections: 1, rounds }, (round) => create(world, round)));
  const without = await write();
  await sequenceAll(world.services.store);
  const beside = await (async () => {
    await using _sequencer = startSequencer(signingOf(world), { everyMs: 1_000, onError: fail });
    return write();
  })();
  const p50 = (taken: Sample) => percentile(taken.sorted, 0.5);
  const dearer = (p50(beside.taken) / p50(without.taken) - 1) * 100;
  const costs = { name: 'what the log costs a record', concurrency: 1, note: 'in the middle, by the clock' };
  const target = { of: 'max', atMost: dearerAtMost } as const;
  const name = 'record created';
  return [
    timed({ name: `${name}, log at rest`, concurrency: 1, note: without.note }, without.taken),
    timed(
      {
        name: `${name} beside the log`,
        concurrency: 1,
        note: beside.note,
      },
      beside.taken,
    ),
    single({ ...costs, target }, '%', dearer),
  ];
}
