/** From judgements to one verdict: the same for a station of a system and for a question to the organisation. */

import type { Verdict, Weight } from '@throughline/catalogue/vocabulary.ts';
import { firstDay, lastDay } from '../day.ts';
import type { Clock } from './clock.ts';
import { earliest } from './judge.ts';
import { byDay, byName } from './order.ts';
import type { Judgement, RuledGap, StationResult, Unjudged } from './types.ts';

export type Judged = {
  readonly rule: string;
  readonly weight: Weight;
  readonly judgement: Judgement;
};

/** The worst verdict decides: gap, then unverifiable, then accepted, then holds; else no rule applies. */
const worst: readonly Verdict[] = ['gap', 'unverifiable', 'accepted', 'holds', 'not-applicable'];

/** The verdict over rules; nothing judged at all is unverifiable, never a free pass. */
export function verdictOver(judged: readonly Judged[]): Verdict {
  return (
    worst.find((verdict) => judged.some(({ judgement }) => judgement.verdict === verdict)) ?? 'unverifiable'
  );
}

const weightOrder: Readonly<Record<Weight, number>> = { major: 0, minor: 1, opportunity: 2 };

/** Gaps that stand and gaps that are accepted, worst first: weight, own before caused, oldest, rule. */
export function gapsOver(judged: readonly Judged[], clock: Clock): RuledGap[] {
  const rows = judged.flatMap(({ rule, weight, judgement }) => {
    if (judgement.verdict === 'gap')
      return judgement.gaps.map((gap) => ({ rank: weightOrder[weight], gap: { ...gap, rule } }));
    if (judgement.verdict !== 'accepted') return [];
    const accepted = { by: judgement.by, until: judgement.until };
    return judgement.gaps.map((gap) => ({ rank: 3, gap: { ...gap, rule, accepted } }));
  });
  const told = rows.map(({ rank, gap }) => ({ rank, gap: { ...gap, since: begun(gap.since, clock) } }));
  return told.sort((a, b) => a.rank - b.rank || compareGaps(a.gap, b.gap)).map(({ gap }) => gap);
}

/** Nothing stands since a day that is yet to come, whatever a form was filled in with. */
const begun = (since: string | null, clock: Clock): string | null =>
  since !== null && clock.reached(since) ? since : null;

function compareGaps(a: RuledGap, b: RuledGap): number {
  return (
    Number(a.causedBy !== null) - Number(b.causedBy !== null) ||
    byDay(age(a), age(b)) ||
    byName(a.rule, b.rule)
  );
}

/** What has no date counts as the youngest: nothing says that it is old. */
const age = (gap: RuledGap): string | null => gap.since && firstDay(gap.since);

/** The first day on which something that holds, or is accepted, ends by time alone. */
export function untilOver(judged: readonly Judged[]): string | null {
  return earliest(
    judged.map(({ judgement }) =>
      (judgement.verdict === 'holds' || judgement.verdict === 'accepted') && judgement.until !== null
        ? lastDay(judgement.until)
        : null,
    ),
  );
}

export function holdingOver(judged: readonly Judged[]): StationResult['holding'] {
  return judged.flatMap(({ rule, judgement }) =>
    judgement.verdict === 'holds' ? [{ rule, until: judgement.until }] : [],
  );
}

export function whysOver(
  judged: readonly Judged[],
  verdict: 'unverifiable' | 'not-applicable',
): readonly Unjudged[] {
  return judged.flatMap(({ rule, judgement }) =>
    judgement.verdict === verdict ? [{ rule, why: judgement.why }] : [],
  );
}

/** Every record that a judgement named, once, with the worst that was found in it. */
export function recordsOver(judged: readonly Judged[]): StationResult['records'] {
  const found = new Map<string, { verdict: Verdict; rules: string[] }>();
  for (const { rule, judgement } of judged) {
    for (const record of recordsIn(judgement)) {
      const known = found.get(record);
      if (!known) found.set(record, { verdict: judgement.verdict, rules: [rule] });
      else {
        known.rules.push(rule);
        if (worst.indexOf(judgement.verdict) < worst.indexOf(known.verdict))
          known.verdict = judgement.verdict;
      }
    }
  }
  return [...found]
    .map(([record, { verdict, rules }]) => ({ record, verdict, rules }))
    .sort((a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict));
}

function recordsIn(judgement: Judgement): readonly string[] {
  switch (judgement.verdict) {
    case 'gap':
    case 'accepted':
      return [...new Set(judgement.gaps.flatMap((gap) => gap.records))];
    case 'holds':
    case 'unverifiable':
      return judgement.records;
    case 'not-applicable':
      return [];
  }
}
