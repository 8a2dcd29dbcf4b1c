import { FactsCache } from '@throughline/server/features/line/facts.ts';
import { readReadiness } from '@throughline/server/features/line/read-readiness.ts';
import { editRecord } from '@throughline/server/records/edit-record.ts';
import { actorOf, contextOf, refOf } from '../acting.ts';
import { type Measure, timed } from '../result.ts';
import { sample } from '../sample.ts';
import type { World } from '../world.ts';

/** What the whole organisation shares: read for the first time, after one change, and its line over the register. */
export const organisation: Measure = {
  name: 'organisation',
  run: async (world, { quick }) => {
    const { services, organisation: id } = world;
    const first = await sample({ connections: 1, rounds: 10, warmUp: 2 }, () =>
      services.store.readWhole(id, (reader) => new FactsCache(services).read(reader)),
    );
    const after = await afterChanges(world, quick ? 5 : 20);
    const asked = { organisation: id, actor: actorOf(world) };
    const readiness = await sample({ connections: 1, rounds: quick ? 5 : 20, warmUp: 2 }, () =>
      readReadiness(services, world.cache, asked, () => ({ records: [], members: [] })),
    );
    const target = { of: 'max', atMost: 1_000 } as const;
    return [
      timed({ name: "organisation's facts, read anew", concurrency: 1 }, first),
      timed({ name: "organisation's facts current after a change", concurrency: 1, target }, after),
      timed({ name: 'readiness over the register', concurrency: 1 }, readiness),
    ];
  },
};

async function afterChanges(world: World, rounds: number) {
  const { services } = world;
  const [ref, version] = await refOf(world, await firstDocument(world));
  const durations: number[] = [];
  let now = version;
  for (let round = 0; round < rounds; round += 1) {
    const { record } = await editRecord(services, contextOf(world), services.registry.get('document'), {
      ref,
      patch: { fields: { name: `Procedure in wording ${now}` } },
      version: now,
    });
    now = record.version;
    const began = performance.now();
    await services.store.readWhole(world.organisation, (reader) => world.cache.read(reader));
    durations.push(performance.now() - began);
  }
  return { sorted: durations.sort((a, b) => a - b), failures: [] };
}

async function firstDocument(world: World): Promise<string> {
  const { rows } = await world.services.store.owner.query<{ id: string }>(
    "select id from record where organisation = $1 and kind = 'document' order by number limit 1",
    [world.organisation],
  );
  const [document] = rows;
  if (!document) throw new Error('The organisation was generated without documents');
  return document.id;
}
