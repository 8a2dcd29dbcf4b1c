import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readMatrix } from '@throughline/server/features/soa/read-matrix.ts';
import { readFrameworkStandings } from '@throughline/server/features/soa/read-standings.ts';
import { readStatement } from '@throughline/server/features/soa/read-statement.ts';
import { refWire } from '@throughline/server/http/present/ref.ts';
import { matrixWire } from '@throughline/server/http/present/soa-matrix.ts';
import { sequenceAll } from '@throughline/server/log/sequencer.ts';
import { editRecord } from '@throughline/server/records/edit-record.ts';
import type { Asker } from '@throughline/server/store/reading.ts';
import { actorOf, contextOf, refOf } from '../acting.ts';
import { type Measure, single, timed } from '../result.ts';
import { sample } from '../sample.ts';
import type { World } from '../world.ts';

const compressed = promisify(gzip);

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
    const changed = await afterChanges(world, 'treatment', read, quick ? 5 : 20);
    const matrix = await matrixAnswers(world, asked, quick ? 5 : 20);
    const standings = () => readFrameworkStandings(services, world.cache, asked, 'eu-ai-act');
    const coverage = await afterChanges(world, 'evidence', standings, quick ? 3 : 10);
    // What changed has its place in the log, as on a server a moment later.
    await sequenceAll(services.store);
    const covered = await sample({ connections: 1, rounds: quick ? 3 : 10, warmUp: 1 }, standings);
    const again = await sample({ connections: 1, rounds: quick ? 5 : 20, warmUp: 2 }, read);
    return [
      single({ ...first, target: { of: 'max', atMost: 5 } }, 's', seconds),
      timed(
        { name: 'the same after one change', concurrency: 1, target: { of: 'max', atMost: 200 } },
        { sorted: changed, failures: [] },
      ),
      timed({ name: 'the same with nothing changed', concurrency: 1 }, again),
      timed(
        {
          name: 'matrix of controls by systems, whole and compressed',
          concurrency: 1,
          target: { of: 'max', atMost: 1000 },
          note: `${counts.annexA + counts.own} controls, ${matrix.systems} systems, ${Math.round(matrix.bytes / 1024)} KB`,
        },
        matrix.read,
      ),
      timed(
        {
          name: 'coverage of the EU AI Act by systems, tests and evidence',
          concurrency: 1,
          target: { of: 'max', atMost: 2000 },
          note: 'each after a piece of evidence changed',
        },
        { sorted: coverage, failures: [] },
      ),
      timed({ name: 'the same coverage with nothing changed', concurrency: 1 }, covered),
    ];
  },
};

/** The matrix as the server answers it: read, put into letters, written as JSON and compressed. */
async function matrixAnswers(world: World, asked: Asker, rounds: number) {
  const { registry, catalogue } = world.services;
  const { actor } = asked;
  let [bytes, systems] = [0, 0];
  const read = await sample({ connections: 1, rounds, warmUp: 1 }, async () => {
    const found = await readMatrix(world.services, world.cache, asked);
    const refs = new Map([...found.refs].map(([id, row]) => [id, refWire(registry, row)]));
    const wire = matrixWire({ registry, catalogue, actor, refs, members: found.members }, found);
    systems = wire.systems.ref.length;
    bytes = (await compressed(JSON.stringify(wire))).length;
  });
  return { read, bytes, systems };
}

/** What a record of a kind may say otherwise, so that it changed. */
const saidIn = { treatment: 'rationale', evidence: 'description' } as const;

/** A treatment of a system, or a piece of evidence, is changed, then what follows from it is read. */
async function afterChanges(
  world: World,
  changed: keyof typeof saidIn,
  read: () => Promise<unknown>,
  rounds: number,
): Promise<number[]> {
  const { services } = world;
  const kind = services.registry.get(changed);
  const { rows } = await services.store.owner.query<{ id: string }>(
    'select id from record where organisation = $1 and kind = $2 order by number limit $3',
    [world.organisation, changed, rounds],
  );
  const durations: number[] = [];
  for (const { id } of rows) {
    const [ref, version] = await refOf(world, id);
    const patch = { fields: { [saidIn[changed]]: `As it was in version ${version}` } };
    await editRecord(services, contextOf(world), kind, { ref, patch, version });
    const began = performance.now();
    await read();
    durations.push(performance.now() - began);
  }
  return durations.sort((a, b) => a - b);
}
