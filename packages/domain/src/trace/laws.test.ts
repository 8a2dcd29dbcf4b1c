import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, now, organisationInputs, systemInputs, type World } from '../../test/trace/kit.ts';
import { worlds } from '../../test/trace/random.ts';
import { changed, goodWorld } from '../../test/trace/world.ts';
import { addDays, firstDay } from '../day.ts';
import { registry } from '../kinds/all.ts';
import { combine } from './combine.ts';
import type { SystemsSummary } from './organisation/context.ts';
import { mandatorySet, organisationLine } from './organisation/line.ts';
import { organisationFacts } from './organisation-facts.ts';
import { systemFacts } from './system-facts.ts';
import type { RuledGap, StationResult, Trace } from './types.ts';
import { zoneOf } from './zone.ts';

const runs = { numRuns: 60 };
const summary: SystemsSummary = {
  systems: 1,
  live: 1,
  gaps: new Map([['IM1', { systems: ['sys-1'], count: 1, since: null }]]),
  records: new Map([['risk', 2]]),
};

function lineOf(world: World, at = now): Trace {
  const organisation = organisationFacts(organisationInputs(world), catalogue, at);
  return combine(organisation, systemFacts(systemInputs(world), organisation), catalogue, at);
}

function organisationLineOf(world: World, at = now) {
  return organisationLine(
    organisationFacts(organisationInputs(world), catalogue, at),
    catalogue,
    at,
    summary,
  );
}

/** The verdicts alone: what "soon" says moves with every day. */
const verdicts = (items: readonly { readonly id: string; readonly verdict: string }[]) =>
  items.map(({ id, verdict }) => `${id} ${verdict}`);
const rules = (gaps: readonly RuledGap[]) => gaps.map(({ rule, since }) => `${rule} ${since}`).sort();
const todayOf = (world: World, at = now) =>
  zoneOf(world.organisation?.timeZone ?? 'Europe/Berlin').dayOf(at.toISOString());

function expectWhole(gap: RuledGap, today: string): void {
  expect(gap.sentence.length).toBeGreaterThan(0);
  for (const part of gap.sentence) if (typeof part === 'string') expect(part).not.toContain('undefined');
  // Records stand as ids alone, for whoever shows them to name them as their reader may know them.
  const words = [...gap.sentence, gap.action?.label ?? []].flat().filter((part) => typeof part === 'string');
  const refs = words.flatMap((part) => part.match(/\b[A-Z]{2,5}-[1-9]\d*\b/g) ?? []);
  expect(refs.filter((ref) => registry.readRef(ref))).toEqual([]);
  if (gap.causedBy !== null) expect(gap.action).toBeNull();
  if (gap.since === null) return;
  expect(gap.since).toMatch(/^\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?$/);
  expect([gap.rule, firstDay(gap.since) <= today]).toEqual([gap.rule, true]);
}

function worstOf(station: StationResult): string {
  if (station.gaps.some((gap) => gap.accepted === undefined)) return 'gap';
  if (station.unverifiable.length > 0) return 'unverifiable';
  if (station.gaps.length > 0) return 'accepted';
  if (station.holding.length > 0) return 'holds';
  return station.notApplicable.length > 0 ? 'not-applicable' : 'unverifiable';
}

describe('whatever legal content is on record', () => {
  test('the line of a system is drawn, fifteen stations, each the worst of its rules', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const line = lineOf(world);
        expect(line.stations.map(({ id }) => id)).toEqual(catalogue.stations.meta.order);
        expect(line.strip).toMatch(/^[hsgaun-]{15}$/);
        for (const station of line.stations) {
          if (station.verdict !== 'not-started')
            expect([station.id, station.verdict]).toEqual([station.id, worstOf(station)]);
          for (const gap of station.gaps) expectWhole(gap, todayOf(world));
        }
      }),
      runs,
    );
  });

  test('each judged rule of a station that started says exactly one thing', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const station of lineOf(world).stations) {
          const said = [
            ...new Set(station.gaps.map(({ rule }) => rule)),
            ...station.holding.map(({ rule }) => rule),
            ...station.unverifiable.map(({ rule }) => rule),
            ...station.notApplicable.map(({ rule }) => rule),
            ...station.later.map(({ rule }) => rule),
          ];
          expect(said.length).toBe(new Set(said).size);
          const declared = catalogue.stations.stations.find(({ id }) => id === station.id)?.rules ?? [];
          if (station.verdict !== 'not-started' && declared.length > said.length)
            expect(verdicts([station])).toEqual([`${station.id} gap`]);
        }
      }),
      runs,
    );
  });

  test('the line of the organisation and the mandatory set are drawn, whole and from the same facts', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const line = organisationLineOf(world);
        expect(line.questions).toHaveLength(52);
        for (const question of line.questions)
          for (const gap of question.gaps) expectWhole(gap, todayOf(world));
        const facts = organisationFacts(organisationInputs(world), catalogue, now);
        const { mandatory, supporting } = mandatorySet(facts, catalogue, now, summary);
        expect([mandatory.length, supporting.length]).toEqual([15, 17]);
        for (const item of [...mandatory, ...supporting])
          if (item.passes)
            for (const check of [item.exists, item.approved, item.current, item.ownerCanSpeak])
              expect(check.state).toBe('yes');
      }),
      runs,
    );
  });

  test('the same inputs give the same answers twice', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(lineOf(world)).toEqual(lineOf(world));
        expect(organisationLineOf(world)).toEqual(organisationLineOf(world));
      }),
      { numRuns: 15 },
    );
  });

  test('in which order the records were read is no difference', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { own = [], shared = [], records = [] } = world;
        const turned = {
          ...world,
          ...{ own: own.toReversed(), shared: shared.toReversed(), records: records.toReversed() },
        };
        const states = (of: World) =>
          lineOf(of).stations.map(({ id, verdict, gaps }) => [id, verdict, rules(gaps)]);
        expect(states(turned)).toEqual(states(world));
      }),
      runs,
    );
  });
});

describe('time', () => {
  test('nothing that holds ended before today, and the next look lies ahead', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const today = todayOf(world);
        const [line, organisation] = [lineOf(world), organisationLineOf(world)];
        for (const item of [...line.stations, ...organisation.questions]) {
          if (item.holdsUntil !== null) expect([item.id, item.holdsUntil >= today]).toEqual([item.id, true]);
        }
        for (const { recheckAt } of [line, organisation])
          if (recheckAt !== null) expect(Date.parse(recheckAt)).toBeGreaterThan(now.getTime());
      }),
      { numRuns: 120 },
    );
  });

  test('until the moment of the next look no verdict changes by itself', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const line = lineOf(world);
        const last = line.recheckAt === null ? Date.parse('2200-01-01') : Date.parse(line.recheckAt) - 60_000;
        expect(verdicts(lineOf(world, new Date(last)).stations)).toEqual(verdicts(line.stations));
        const own = organisationLineOf(world);
        const end = own.recheckAt === null ? Date.parse('2200-01-01') : Date.parse(own.recheckAt) - 60_000;
        expect(verdicts(organisationLineOf(world, new Date(end)).questions)).toEqual(verdicts(own.questions));
      }),
      runs,
    );
  });

  test('a record kept for ever does not put off the next look', () => {
    const soon = lineOf(goodWorld());
    for (const forEver of ['9999', '9999-Q4', '9999-12', '9999-12-31']) {
      const world = changed('rsp-1', { fields: { validTo: forEver } });
      expect(lineOf(world).recheckAt).toBe(soon.recheckAt);
    }
  });

  test('drawn day by day, a line changes only on the days that it named', () => {
    const world = goodWorld();
    let line = lineOf(world);
    const turns: string[] = [];
    for (let ahead = 1; ahead <= 420; ahead += 1) {
      const day = addDays('2026-11-21', ahead);
      const at = new Date(`${day}T12:00:00Z`);
      if (line.recheckAt !== null && at.getTime() < Date.parse(line.recheckAt)) continue;
      const next = lineOf(world, at);
      if (verdicts(next.stations).join() !== verdicts(line.stations).join()) turns.push(day);
      expect(next.recheckAt === null || Date.parse(next.recheckAt) > at.getTime()).toBe(true);
      line = next;
    }
    expect(turns.length).toBeGreaterThan(5);
    expect(line.strip).not.toContain('h'.repeat(6));
  });
});
