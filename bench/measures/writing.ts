import { StandingWorker } from '@throughline/server/features/line/worker.ts';
import { startSequencer } from '@throughline/server/log/sequencer.ts';
import { createRecord } from '@throughline/server/records/create-record.ts';
import { contextOf, systemAt } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { type Measure, single, timed } from '../result.ts';
import { percentile, sample } from '../sample.ts';
import { signingOf, type World } from '../world.ts';

/** One record with its revision, its links and its entry, nothing else going on. */
export const creation: Measure = {
  name: 'creation',
  run: async (world, { quick }) => {
    const { taken, note } = await withCpu(world, () =>
      sample({ connections: 1, rounds: quick ? 100 : 500 }, (round) => create(world, round)),
    );
    const target = { of: 'p95', atMost: 5 } as const;
    return [timed({ name: 'record created', concurrency: 1, target, note }, taken)];
  },
};

/** Ten writers beside the sequencer and the worker that keeps lines: no error, and nobody waits for a second. */
export const writers: Measure = {
  name: 'writers',
  run: async (world, { quick }) => {
    const errors: string[] = [];
    const onError = (error: unknown) => errors.push(String(error));
    const limitMs = quick ? 5_000 : 30_000;
    await using _sequencer = startSequencer(signingOf(world), { everyMs: 1_000, onError });
    await using _worker = new StandingWorker(world.services, world.cache, { everyMs: 1_000, onError });
    const taken = await sample(
      { connections: 10, rounds: Number.MAX_SAFE_INTEGER, warmUp: 50, limitMs },
      (round) => create(world, round),
    );
    const failures = [...taken.failures, ...errors];
    const rate = (taken.sorted.length / limitMs) * 1000;
    const note = `${rate.toFixed(0)} records per s for ${limitMs / 1000} s, beside the log and the lines`;
    const named = { name: 'ten writers', concurrency: 10, note };
    const stall = { name: 'longest wait of a writer', concurrency: 10 };
    return [
      timed({ ...named, target: { of: 'p95', atMost: 40 } }, { ...taken, failures }),
      single({ ...stall, target: { of: 'max', atMost: 1_000 } }, 'ms', percentile(taken.sorted, 1)),
    ];
  },
};

/** One record as a person makes it. */
export async function create(world: World, round: number): Promise<void> {
  const { services } = world;
  await createRecord(services, contextOf(world), services.registry.get('task'), {
    patch: {
      fields: { name: `Look at case ${round}`, assignee: world.member, due: '2027-03-01' },
      links: { system: { set: [systemAt(world, round)] } },
    },
  });
}
