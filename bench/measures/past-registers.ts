import { sequenceAll } from '@throughline/server/log/sequencer.ts';
import { countPage, listPage } from '@throughline/server/records/list-records.ts';
import { actorOf } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { type Measure, type Result, timed } from '../result.ts';
import { sample } from '../sample.ts';
import { registerPages } from './registers.ts';

/** Two of the pages, and what stands above them, as they stood a moment ago: no record has changed, each is looked at. */
export const pastRegisters: Measure = {
  name: 'past-registers',
  run: async (world, { quick, say }) => {
    say('Placing the entries in the log');
    await sequenceAll(world.services.store);
    const asOf = new Date().toISOString();
    const results: Result[] = [];
    for (const [name, kind, asked] of registerPages) {
      if (!('sort' in asked) || !['title', 'periodTo'].includes(asked.sort)) continue;
      const query: Record<string, string> = { ...asked, asOf };
      const { organisation, services } = world;
      const request = { organisation, actor: actorOf(world), kind: services.registry.get(kind), query };
      const acts = [
        [`${name}, as of a time`, () => listPage(services, { ...request, query: { ...query, limit: '50' } })],
        [
          `how many ${request.kind.plural.toLowerCase()} match, as of a time`,
          () => countPage(services, request),
        ],
      ] as const;
      for (const [row, act] of acts) {
        const { taken, note } = await withCpu(world, () =>
          sample({ connections: 1, rounds: quick ? 10 : 40, limitMs: 20_000 }, act),
        );
        results.push(timed({ name: row, concurrency: 1, target: null, note }, taken));
      }
    }
    return results;
  },
};
