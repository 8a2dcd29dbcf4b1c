import { setTimeout as wait } from 'node:timers/promises';
import { StandingWorker } from '@throughline/server/features/line/worker.ts';
import { editRecord } from '@throughline/server/records/edit-record.ts';
import { markAllLines, outstanding } from '@throughline/server/store/standing.ts';
import { traceRows } from '@throughline/server/store/trace.ts';
import { contextOf, fail, refOf, systemAt } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { type Measure, noMemory, type Result, single, timed } from '../result.ts';
import { sample } from '../sample.ts';
import { residentMegabytes, serverOf } from '../server.ts';

/** Whatever takes longer has failed. */
const patienceMs = 600_000;

/**
 * Every line of the register anew, as after a release with other rules or a change that all share: by a server in a
 * process of its own, which is what the memory is of, from its start until the last line stands.
 */
export const recomputation: Measure = {
  name: 'recomputation',
  run: async (world, { say }) => {
    const { store } = world.services;
    await store.change(contextOf(world), markAllLines);
    const left = async () => (await store.readWhole(world.organisation, outstanding)).count;
    const all = await left();
    let told = all;
    let most: number | undefined;
    const began = performance.now();
    await using server = await serverOf(world);
    for (let count = await left(); count > 0; count = await left()) {
      if (performance.now() - began > patienceMs)
        throw new Error(`${all - count} lines were computed in ten minutes`);
      if (told - count >= 2_000) {
        told = count;
        say(`${all - count} of ${all} lines computed`);
      }
      most = Math.max(most ?? 0, residentMegabytes(server.pid) ?? 0);
      await wait(250);
    }
    const took = (performance.now() - began) / 1000;
    const note = `${all} lines computed by a server, its start included`;
    const time = { name: 'all lines anew', concurrency: 1, target: { of: 'max', atMost: 60 }, note } as const;
    const memory = { name: 'resident memory while they are computed', concurrency: 1 };
    return [
      single(time, 's', took),
      most === undefined || most === 0
        ? { name: memory.name, leftOut: noMemory }
        : single({ ...memory, target: { of: 'max', atMost: 400 } }, 'MB', most),
    ];
  },
};

/** The inputs of one line in one statement, as the application's role, begin and commit included. */
export const traces: Measure = {
  name: 'trace',
  run: async (world, { quick }) => {
    const results: Result[] = [];
    for (const [connections, atMost] of [
      [1, 8],
      [10, 30],
    ] as const) {
      const { taken, note } = await withCpu(world, () =>
        sample({ connections, rounds: quick ? 200 : 1_000 }, (round) =>
          world.services.store.readWhole(world.organisation, (reader) =>
            traceRows(reader, [systemAt(world, round)]),
          ),
        ),
      );
      const target = { of: 'p95', atMost } as const;
      results.push(timed({ name: 'trace, one statement', concurrency: connections, target, note }, taken));
    }
    return results;
  },
};

/** From the commit of an edit to the kept line that knows of it. */
export const settling: Measure = {
  name: 'settling',
  run: async (world, { quick }) => {
    const { services } = world;
    const waiting = new Map<string, () => void>();
    await using _worker = new StandingWorker(services, world.cache, {
      everyMs: 1_000,
      onError: fail,
      onSettled: (_organisation, systems) => {
        for (const id of systems) waiting.get(id)?.();
      },
    });
    await wait(2_000);
    const durations: number[] = [];
    for (let round = 0; round < (quick ? 10 : 40); round += 1) {
      const id = systemAt(world, round);
      const settled = Promise.withResolvers<void>();
      waiting.set(id, settled.resolve);
      const [ref, version] = await refOf(world, id);
      await editRecord(services, contextOf(world), services.registry.get('system'), {
        ref,
        patch: { fields: { purpose: `Ranks what comes in, as decided in version ${version} of it` } },
        version,
      });
      const committed = performance.now();
      await settled.promise;
      durations.push(performance.now() - committed);
      waiting.delete(id);
    }
    const taken = { sorted: durations.sort((a, b) => a - b), failures: [] };
    const target = { of: 'max', atMost: 1_000 } as const;
    return [timed({ name: 'line of one system current after its change', concurrency: 1, target }, taken)];
  },
};
