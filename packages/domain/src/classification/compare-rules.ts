import type { Catalogue } from '@throughline/catalogue/types.ts';
import { DomainError } from '../errors.ts';
import type { Json } from '../json.ts';
import { readAnswers } from './answers.ts';
import { type Classified, classify } from './classify.ts';
import { vocabularyId } from './keep.ts';
import { readKept } from './read-kept.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';

type Law = Catalogue['euAiAct'];

/** A result as it is stored: the answers, and the outcomes that they led to (ids of the vocabulary). */
export type StoredResult = { readonly answers: Json | undefined; readonly outcomes: readonly string[] };

/** What another rule set makes of a stored result. */
export type ResultChange = {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Questions that the other rules ask and that nobody answered. */
  readonly asked: readonly string[];
  /** Answers that the other rules do not take any more. */
  readonly dropped: readonly string[];
  readonly contradictions: readonly string[];
  /** Obligations by id. */
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly moved: readonly {
    readonly item: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
};

/**
 * Holds one stored result against other rules: the answers stand as they were given, and only the rules change.
 * `null` where outcome, obligations and days stay what they are: the rules are equal in this result.
 * @param before the rules in force, under which obligations and days stand
 */
export function resultUnder(
  before: Law,
  after: Law,
  stored: StoredResult,
  today: string,
): ResultChange | null {
  const then = run(before, stored.answers, today);
  const now = run(after, stored.answers, today);
  const outcomes = now.result.outcomes.map(vocabularyId);
  const listed = new Map(then.result.obligations.map((one) => [one.id, one]));
  const follow = new Map(now.result.obligations.map((one) => [one.id, one]));
  const change: ResultChange = {
    before: stored.outcomes,
    after: outcomes,
    asked: now.result.needed.filter((fact) => !then.result.needed.includes(fact)),
    dropped: now.unread.filter((fact) => !then.unread.includes(fact)),
    contradictions: now.result.contradictions.map(({ says }) => says),
    added: [...follow.keys()].filter((id) => !listed.has(id)),
    gone: [...listed.keys()].filter((id) => !follow.has(id)),
    moved: [...follow.values()].flatMap(({ id, from }) => {
      const was = listed.get(id);
      return was && was.from !== from ? [{ item: id, from: was.from, to: from }] : [];
    }),
  };
  const { asked, dropped, contradictions, added, gone, moved } = change;
  const differs = [asked, dropped, contradictions, added, gone, moved].some((list) => list.length > 0);
  return differs || !sameIds(stored.outcomes, outcomes) ? change : null;
}

/** Whether rules lead to the outcomes that are stored: such a result needs no new sign-off (CL5). */
export function equalInOutcome(law: Law, stored: StoredResult, today: string): boolean {
  return sameIds(stored.outcomes, run(law, stored.answers, today).result.outcomes.map(vocabularyId));
}

const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

function run(law: Law, rows: Json | undefined, today: string): { result: Classified; unread: string[] } {
  const rules: RuleSet = ruleSetOf({ euAiAct: law });
  const { answers, unread } = readKept(law.facts, rules.annexIII, rows);
  return { result: classify(rules, answers, today), unread: unread.map(({ fact }) => fact) };
}

/**
 * The cases of a rule set that its own rules do not lead to, by id: rules that fail their cases are not taken over. A
 * case whose facts are no answers fails too.
 */
export function failedCases(law: Law, today: string): string[] {
  const rules = ruleSetOf({ euAiAct: law });
  return law.test_cases.filter((one) => !holds(law, rules, one, today)).map(({ id }) => id);
}

function holds(law: Law, rules: RuleSet, one: Law['test_cases'][number], today: string): boolean {
  try {
    const answers = readAnswers(law.facts, rules.annexIII, one.facts);
    return leadsTo(classify(rules, answers, today), one);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** All that a case expects but how its obligations stand: that turns with the day on which one looks. */
function leadsTo(result: Classified, one: Law['test_cases'][number]): boolean {
  const { outcomes, contradictions, obligations, atLeast, alerts, needed, carveOuts } = result;
  const from = new Map(obligations.map((duty) => [duty.id, duty.from]));
  return (
    sameIds(one.expect, outcomes) &&
    sameIds(one.expect_error ?? [], idsOf(contradictions)) &&
    sameIds(one.expect_at_least ?? atLeast, atLeast) &&
    sameIds(one.expect_alerts ?? alerts, alerts) &&
    sameIds(one.expect_needed ?? needed, needed) &&
    sameIds(one.expect_carve_outs ?? idsOf(carveOuts), idsOf(carveOuts)) &&
    (one.expect_obligations_include ?? []).every((id) => from.has(id)) &&
    !(one.expect_obligations_exclude ?? []).some((id) => from.has(id)) &&
    Object.entries(one.expect_from ?? {}).every(([id, day]) => from.get(id) === day)
  );
}

const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
