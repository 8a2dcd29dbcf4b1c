import { registry } from '@throughline/domain/kinds/all.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { recordIn } from '../../test/take-steps.ts';
import { FactsCache } from '../features/line/facts.ts';
import { settleLines } from '../features/line/settle-lines.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import { archiveRecord, restoreRecord } from '../records/transition-record.ts';
import type { Context } from './context.ts';
import { keptGaps } from './kept-gaps.ts';
import { type StationCount, stationCounts } from './readiness.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');
const { states } = system.lifecycle;
const ended = Object.keys(states).filter((state) => states[state]?.ended);
const live = Object.keys(states).filter((state) => states[state]?.live);

async function place(): Promise<Context> {
  const organisation = await kernel.organisation();
  return kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
}

/** What all kept lines add up to, counted by PostgreSQL from every row. */
async function counted(organisation: string) {
  const { rows } = await kernel.store.owner.query<{
    rule: string;
    systems: string[];
    count: number;
    since: string;
  }>(
    `with found as (
        select g.rule, g.system, min(g.since) as since from gap g
        join record r on r.organisation = g.organisation and r.id = g.system and r.kind = 'system'
        where g.organisation = $1 and r.archived_at is null and r.state <> all($2) group by g.rule, g.system
      )
      select rule, count(*)::int as count, min(since)::text as since, (array_agg(system order by system))[1:5] as systems
      from found group by rule`,
    [organisation, ended],
  );
  const { rows: all } = await kernel.store.owner.query<{ systems: number; live: number }>(
    `select count(*)::int as systems, count(*) filter (where state = any($3))::int as live from record
      where organisation = $1 and kind = 'system' and archived_at is null and state <> all($2)`,
    [organisation, ended, live],
  );
  return { ...all[0], gaps: new Map(rows.map(({ rule, ...gap }) => [rule, gap])) };
}

const sentence = ({ station, verdict, count }: StationCount) => `${station} ${verdict} ${count}`;
async function countedStations(organisation: string): Promise<StationCount[]> {
  const { rows } = await kernel.store.owner.query<StationCount>(
    `select s.station, s.verdict, count(*)::int as count from standing s
      join record r on r.organisation = s.organisation and r.id = s.system and r.archived_at is null
      where s.organisation = $1 group by s.station, s.verdict`,
    [organisation],
  );
  return rows;
}

const act = fc.record({
  act: fc.constantFrom('make', 'name', 'owner', 'archive', 'restore', 'use'),
  which: fc.nat(20),
  state: fc.constantFrom(...Object.keys(states)),
});

test('whatever happens to systems and their lines, what is kept adds up to what every row says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 4 }),
      async (rounds) => {
        const ctx = await place();
        const { member } = ctx.actor.type === 'person' ? ctx.actor : { member: '' };
        const cache = new FactsCache(kernel.services);
        const made: string[] = [];
        for (const acts of rounds) {
          for (const { act: what, which, state } of acts) {
            const ref = made[which % Math.max(1, made.length)];
            const input = { ref: ref ?? '', version: null };
            const edit = (fields: Record<string, string | null>) =>
              editRecord(kernel.services, ctx, system, { ...input, patch: { fields } });
            if (what === 'make' || ref === undefined) {
              const fields = { name: `S${made.length}` };
              made.push((await recordIn(kernel.services, ctx, system, { fields, state })).id);
            } else if (what === 'use') {
              const patch = { fields: { name: 'Use' }, links: { system: { set: [ref] } } };
              await createRecord(kernel.services, ctx, registry.get('use-case'), { patch }).catch(archived);
            } else if (what === 'archive')
              await archiveRecord(kernel.services, ctx, system, input).catch(archived);
            else if (what === 'restore')
              await restoreRecord(kernel.services, ctx, system, input).catch(archived);
            else
              await edit(
                what === 'name' ? { name: `N${which}` } : { owner: which % 2 ? member : null },
              ).catch(archived);
          }
          // Before lines are settled too: rows of then, and a system that is gone from the register at once.
          for (const settled of [false, true]) {
            if (settled) await settleLines(kernel.services, ctx.organisation, () => undefined);
            const { summary } = await kernel.store.readWhole(ctx.organisation, (reader) =>
              cache.readWithSummary(reader),
            );
            const { records: _, ...kept } = summary;
            expect(kept).toEqual(await counted(ctx.organisation));
            const stations = await kernel.store.readWhole(ctx.organisation, (reader) =>
              stationCounts(reader, kernel.services.catalogue.stations.meta.order),
            );
            expect(stations.map(sentence).sort()).toEqual(
              (await countedStations(ctx.organisation)).map(sentence).sort(),
            );
          }
        }
      },
    ),
    { numRuns: 8 },
  );
});
/** What cannot be done to an archived record, or to one that is not, is no part of this. */
const archived = (error: unknown): void =>
  expect(['conflict', 'unprocessable']).toContain(
    error instanceof Error && 'code' in error ? error.code : error,
  );

test('gaps are read again only of systems whose line came out otherwise', async () => {
  const ctx = await place();
  const ids: string[] = [];
  for (const name of ['A', 'B'])
    ids.push((await createRecord(kernel.services, ctx, system, { patch: { fields: { name } } })).id);
  const read = (before: Parameters<typeof keptGaps>[1]) =>
    kernel.store.readWhole(ctx.organisation, (reader) => keptGaps(reader, before));
  expect((await read(new Map())).size).toBe(0);
  await settleLines(kernel.services, ctx.organisation, () => undefined);
  const first = await read(new Map());
  expect([...first.keys()].sort()).toEqual([...ids].sort());
  expect(await read(first)).toBe(first);
  const [a = '', b = ''] = ids;
  const owner = ctx.actor.type === 'person' ? ctx.actor.member : '';
  await editRecord(kernel.services, ctx, system, { ref: a, patch: { fields: { owner } }, version: null });
  await settleLines(kernel.services, ctx.organisation, () => undefined);
  const second = await read(first);
  expect(second.get(b)?.item).toBe(first.get(b)?.item);
  // Naming an owner turns whose gaps they are: other rows, of the same rules.
  expect(second.get(a)?.item).not.toBe(first.get(a)?.item);
  expect(second.get(a)?.head).not.toBe(first.get(a)?.head);
});
