import { countPage, listPage } from '@throughline/server/records/list-records.ts';
import { searchRecords } from '@throughline/server/store/search.ts';
import { actorOf } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { type Measure, type Result, timed } from '../result.ts';
import { sample } from '../sample.ts';

const state = 'operation-monitoring';

/** First pages as the door asks for them: rows, lines and names, uncounted. */
export const registerPages = [
  ['50 systems by state and unit, most gaps first', 'system', { state, unit: 'Claims', sort: '-gaps' }],
  ['50 systems by state, by title', 'system', { state, sort: 'title' }],
  ['50 systems by unit, by next review', 'system', { unit: 'Claims', sort: 'nextReview' }],
  ['50 systems of all, newest change first', 'system', { sort: '-updated' }],
  ['50 evidence items by type, by end of period', 'evidence', { type: 'report', sort: 'periodTo' }],
  ['50 evidence items by type, newest change first', 'evidence', { type: 'report', sort: '-updated' }],
] as const;

/** What a register's page asks beside its rows, once for a filter. */
const registerCounts = [
  ['how many systems match by state and unit, with gaps by station', 'system', { state, unit: 'Claims' }],
  ['how many systems there are, with gaps by station', 'system', {}],
  ['how many evidence items match by type', 'evidence', { type: 'report' }],
] as const;

export const registers: Measure = {
  name: 'registers',
  run: async (world, { quick }) => {
    const results: Result[] = [];
    for (const [name, kind, asked] of registerPages) {
      const request = {
        organisation: world.organisation,
        actor: actorOf(world),
        kind: world.services.registry.get(kind),
        query: { ...asked, limit: '50' },
      };
      for (const connections of [1, 10]) {
        const { taken, note } = await withCpu(world, () =>
          sample(
            { connections, rounds: quick ? 100 : 1_000, warmUp: quick ? 50 : 400, limitMs: 15_000 },
            () => listPage(world.services, request),
          ),
        );
        const target = connections === 10 ? ({ of: 'p95', atMost: 20 } as const) : null;
        results.push(timed({ name, concurrency: connections, target, note }, taken));
      }
    }
    for (const [name, kind, query] of registerCounts) {
      const request = {
        organisation: world.organisation,
        actor: actorOf(world),
        kind: world.services.registry.get(kind),
        query,
      };
      const { taken, note } = await withCpu(world, () =>
        sample({ connections: 1, rounds: quick ? 50 : 200, limitMs: 15_000 }, () =>
          countPage(world.services, request),
        ),
      );
      results.push(timed({ name, concurrency: 1, target: null, note }, taken));
    }
    return results;
  },
};

const searches = [
  ['a word of one record', 'claims 4711', null],
  ['two words of some two hundred', 'claims tri', null],
  ['a word of every third record', 'handler', null],
  ['the same in one kind', 'handler', 'evidence'],
] as const;

export const search: Measure = {
  name: 'search',
  run: async (world, { quick }) => {
    const results: Result[] = [];
    const kinds = world.services.registry.kinds.map((one) => one.name);
    for (const [name, words, kind] of searches) {
      const { taken, note } = await withCpu(world, () =>
        sample({ connections: 1, rounds: quick ? 30 : 100, limitMs: 15_000 }, () =>
          world.services.store.readWhole(world.organisation, (reader) =>
            searchRecords(reader, words, { kind, kinds, limit: 20 }),
          ),
        ),
      );
      // UX: what the palette finds stands there within 100 ms.
      const target = { of: 'p95', atMost: 100 } as const;
      results.push(timed({ name: `search for ${name}`, concurrency: 1, target, note }, taken));
    }
    return results;
  },
};
