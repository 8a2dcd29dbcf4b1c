import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import type { Catalogue, Station } from '@throughline/catalogue/types.ts';
import type { StationId, Verdict } from '@throughline/catalogue/vocabulary.ts';
import { daysBetween } from '../day.ts';
import { applies } from './applies.ts';
import { withOwnApprovals } from './approved-own.ts';
import { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { onImported } from './imported.ts';
import { laterRules, partlyJudged } from './later.ts';
import { byDay } from './order.ts';
import { type OrganisationFacts, organisationFacts } from './organisation-facts.ts';
import { count, on, say, who } from './say.ts';
import { alwaysJudged, demanded, demandedFrom, soonDays } from './stages.ts';
import { stationRules } from './stations/all.ts';
import { strip } from './strip.ts';
import { type SystemFacts, systemFacts } from './system-facts.ts';
import type { Later, RuledGap, Sentence, StationResult, Trace } from './types.ts';
import {
  gapsOver,
  holdingOver,
  type Judged,
  recordsOver,
  untilOver,
  verdictOver,
  whysOver,
} from './verdict.ts';
import { underWaiver } from './waivers.ts';

/**
 * The line of one system: fifteen stations in their order. The one definition of every verdict. Facts made on
 * another day are made again, because they were judged against that day.
 */
export function combine(
  organisation: OrganisationFacts,
  system: SystemFacts,
  catalogue: Catalogue,
  now: Date,
): Trace {
  const today = organisation.zone.dayOf(now.toISOString());
  if (today !== organisation.today) {
    const fresh = organisationFacts(organisation.inputs, catalogue, now);
    return combine(fresh, systemFacts(system.inputs, fresh), catalogue, now);
  }
  const c: Context = { organisation, system, clock: new Clock(today) };
  const stations = catalogue.stations.meta.order.map((id) => judgeStation(c, catalogue, id));
  const turn = c.clock.nextTurn;
  return {
    system: system.record.id,
    asOf: now.toISOString(),
    stations,
    strip: strip({ stations }),
    summary: summary(stations),
    recheckAt: turn === null ? null : organisation.zone.startOf(turn),
  };
}

function judgeStation(c: Context, catalogue: Catalogue, id: StationId): StationResult {
  const declared = indexOf(catalogue).stations.get(id);
  if (!declared) throw new RangeError(`The catalogue has no station ${id}`);
  const started = c.system.retired || demanded(id, c.system.stage);
  const judged: Judged[] = [];
  const later: Later[] = [];
  for (const rule of declared.rules) {
    const here = stationRules[id].rules.find((candidate) => candidate.id === rule.id);
    if (!here) later.push({ rule: rule.id, waitsFor: laterRules[rule.id] ?? [] });
    else if (started || alwaysJudged.has(rule.id))
      judged.push({
        rule: rule.id,
        weight: rule.weight,
        judgement: underWaiver(
          c,
          rule,
          onImported(withOwnApprovals(c, rule.id, applies(c, rule) ?? here.judge(c)), (one) =>
            c.system.find(one),
          ),
        ),
      });
  }
  return assemble(c, declared, judged, later, started);
}

function assemble(
  c: Context,
  declared: Station,
  judged: readonly Judged[],
  later: readonly Later[],
  started: boolean,
): StationResult {
  const found = verdictOver(judged);
  const verdict = started || found === 'gap' ? found : 'not-started';
  const holdsUntil = verdict === 'holds' || verdict === 'accepted' ? untilOver(judged) : null;
  const gaps = gapsOver(judged, c.clock);
  const result = {
    id: declared.id,
    verdict,
    holdsUntil,
    soon: holdsUntil !== null && daysBetween(c.clock.today, holdsUntil) <= soonDays,
    gaps,
    holding: holdingOver(judged),
    unverifiable: whysOver(judged, 'unverifiable'),
    notApplicable: whysOver(judged, 'not-applicable'),
    later,
    partly: judged.flatMap(({ rule }) => {
      const waitsFor = partlyJudged[rule];
      return waitsFor ? [{ rule, waitsFor }] : [];
    }),
    records: recordsOver(judged),
  };
  return { ...result, statement: statement(c, result) };
}

function statement(c: Context, station: Omit<StationResult, 'statement'>): Sentence {
  const own = station.gaps.filter((gap) => gap.accepted === undefined);
  switch (station.verdict) {
    case 'holds':
      return stationRules[station.id].holding(c);
    case 'gap':
      return own.length === 1
        ? (own[0]?.sentence ?? [])
        : say('gaps-stand', { gaps: count(own.length, 'gap') });
    case 'accepted':
      return acceptedStatement(station.gaps);
    case 'unverifiable':
      return station.unverifiable[0]?.why ?? say('judged-later');
    case 'not-applicable':
      return station.notApplicable[0]?.why ?? say('judged-later');
    case 'not-started':
      return notStartedStatement(station.id);
  }
}

function acceptedStatement(gaps: readonly RuledGap[]): Sentence {
  const first = gaps.find((gap) => gap.accepted)?.accepted;
  if (!first) return say('judged-later');
  return first.until === null
    ? say('accepted-by', { member: who(first.by) })
    : say('accepted-until', { day: on(first.until), member: who(first.by) });
}

function notStartedStatement(id: StationId): Sentence {
  return [demandedFrom[id].because];
}

function summary(stations: readonly StationResult[]): Trace['summary'] {
  const count = (...verdicts: Verdict[]) =>
    stations.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const ending = stations
    .flatMap(({ id, holdsUntil }) => (holdsUntil === null ? [] : [{ station: id, day: holdsUntil }]))
    .sort((a, b) => byDay(a.day, b.day))[0];
  const gaps = stations.flatMap((station) => station.gaps).filter((gap) => gap.accepted === undefined).length;
  return {
    gaps,
    holds: count('holds'),
    applies: stations.length - count('not-applicable', 'not-started'),
    notStarted: count('not-started'),
    holdsUntil: gaps === 0 ? (ending?.day ?? null) : null,
    next: ending ?? null,
  };
}
