import type { Actor } from '@throughline/domain/actor.ts';
import { createRecord } from '@throughline/server/records/create-record.ts';
import { listPage } from '@throughline/server/records/list-records.ts';
import { traceRows } from '@throughline/server/store/trace.ts';
import { contextOf, systemAt } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { joined } from '../founding.ts';
import { type Measure, type Result, timed } from '../result.ts';
import { sample } from '../sample.ts';
import type { World } from '../world.ts';

/** Systems that a trace is asked of, each with concerns about it once there are any. */
const traced = 20;

/**
 * What sealing costs whoever may not read what is sealed: concerns listed and lines traced, with no concern there and
 * with many, and beside it the list of somebody who handles them all.
 */
export const sealing: Measure = {
  name: 'sealing',
  run: async (world, { quick }) => {
    const { store } = world.services;
    const person = async (name: string): Promise<Actor & { type: 'person' }> => {
      const roles = ['aims-manager'] as const;
      return { type: 'person', member: await joined(store, world.organisation, { name, roles }), roles };
    };
    const [outsider, handler] = [await person('AIMS manager'), await person('Handler of concerns')];
    const rounds = quick ? 100 : 400;
    const many = quick ? 200 : 5_000;
    const results = [
      await listed(world, outsider, 'none there', rounds),
      await asked(world, outsider, 'none there', rounds),
    ];
    await concerns(world, handler.member, many);
    return [
      ...results,
      await listed(world, outsider, `${many} there, none theirs`, rounds),
      await listed(world, handler, `${many} there, all theirs`, rounds),
      await asked(world, outsider, `${many} there, none theirs`, rounds),
    ];
  },
};

/** Concerns that one person handles, in turn about the systems that are traced. */
async function concerns(world: World, handler: string, many: number): Promise<void> {
  const kind = world.services.registry.get('concern');
  for (let n = 0; n < many; n += 1)
    await createRecord(world.services, contextOf(world), kind, {
      patch: {
        fields: { name: `Something looked wrong (${n})`, channel: 'in-person', handler },
        links: { systems: { set: [systemAt(world, n % traced)] } },
      },
    });
}

async function listed(world: World, actor: Actor, which: string, rounds: number): Promise<Result> {
  const kind = world.services.registry.get('concern');
  const request = { organisation: world.organisation, actor, kind, query: { limit: '50' } };
  const { taken, note } = await withCpu(world, () =>
    sample({ connections: 1, rounds }, () => listPage(world.services, request)),
  );
  return timed({ name: `50 concerns: ${which}`, concurrency: 1, note }, taken);
}

async function asked(world: World, actor: Actor, which: string, rounds: number): Promise<Result> {
  const { taken, note } = await withCpu(world, () =>
    sample({ connections: 1, rounds }, (round) =>
      world.services.store.read({ organisation: world.organisation, actor }, (reader) =>
        traceRows(reader, [systemAt(world, round % traced)]),
      ),
    ),
  );
  return timed({ name: `trace by a person, concerns: ${which}`, concurrency: 1, note }, taken);
}
