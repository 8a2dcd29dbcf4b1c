import { readStatement } from '@throughline/server/features/soa/read-statement.ts';
import { sequenceAll } from '@throughline/server/log/sequencer.ts';
import { editRecord } from '@throughline/server/records/edit-record.ts';
import { actorOf, contextOf, refOf } from '../acting.ts';
import { type Measure, single, timed } from '../result.ts';
import { sample } from '../sample.ts';
import type { World } from '../world.ts';

/** The Statement of Applicability over all systems: from nothing, after one change, and again with nothing changed. */
export const soa: Measure = {
  name: 'soa',
  run: async (world, { quick }) => {
    const { services, organisation } = world;
    // As on a server that runs: a place in the log says what changed since.
    await sequenceAll(services.store);
    const asked = { organisation, actor: actorOf(world) };
    const read = () => readStatement(services, world.cache, asked, () => ({ records: [], members: [] }));
    const began = performance.now();
    const { statement } = await read();
    const seconds = (performance.now() - began) / 1000;
    const { rows, counts } = statement;
    const calls = rows.flatMap(({ sources }) => sources).reduce((sum, { count }) => sum + count, 0);
    const places = rows.reduce((sum, { placing }) => sum + (placing?.of ?? 0), 0);
    const note = `${rows.length} controls, ${counts.runningSystems} running systems, ${calls} calls, ${places} places`;
    const first = { name: 'Statement of Applicability from nothing', concurrency: 1, note } as const;
    const changed = await afterChanges(world, read, quick ? 5 : 20);
    const again = await sample({ connections: 1, rounds: quick ? 5 : 20, warmUp: 2 }, read);
    return [
      single({ ...first, target: { of: 'max', atMost: 5 } }, 's', seconds),
      timed(
        { name: 'the same after one change', concurrency: 1, target: { of: 'max', atMost: 200 } },
        { sorted: changed, failures: [] },
      ),
      timed({ name: 'the same with nothing changed', concurrency: 1 }, again),
    ];
  },
};

/** A treatment of a system is changed, then the statement is read. */
async function afterChanges(world: World, read: () => Promise<unknown>, rounds: number): Promise<number[]> {
  const { services } = world;
  const kind = services.registry.get('treatment');
  const { rows } = await services.store.owner.query<{ id: string }>(
    "select id from record where organisation = $1 and kind = 'treatment' order by number limit $2",
    [world.organisation, rounds],
  );
  const durations: number[] = [];
  for (const { id } of rows) {
    const [ref, version] = await refOf(world, id);
    const patch = { fields: { rationale: `As decided in version ${version}` } };
    await editRecord(services, contextOf(world), kind, { ref, patch, version });
    const began = performance.now();
    await read();
    durations.push(performance.now() - began);
  }
  return durations.sort((a, b) => a - b);
}
