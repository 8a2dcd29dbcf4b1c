import type { Catalogue } from '@throughline/catalogue/types.ts';
import { sameJson } from '../json.ts';

type Law = Catalogue['euAiAct'];
type Case = Law['test_cases'][number];

/** What other rules expect otherwise of one test case. */
export type CaseChange = {
  readonly id: string;
  readonly name: string;
  /** Outcomes in words, by the rules in force and by the others; `null` where one of them has no such case. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  readonly says: string;
};

/**
 * Cases of the release that other rules leave out, or ask with other facts, by id. A rule set keeps them all, so that
 * nobody drops the questions whose answers it changes; what a case expects may differ, as the law does, and is named.
 */
export function casesLeftOut(release: Law, candidate: Law): string[] {
  const kept = byId(candidate);
  return release.test_cases
    .filter((one) => {
      const found = kept.get(one.id);
      return !found || !sameJson(found.facts, one.facts);
    })
    .map(({ id }) => id);
}

/** Each test case in which other rules differ from those in force. */
export function changedCases(before: Law, after: Law): CaseChange[] {
  const [then, now] = [byId(before), byId(after)];
  const ids = new Set([...then.keys(), ...now.keys()]);
  return [...ids].flatMap((id) => {
    const [was, is] = [then.get(id), now.get(id)];
    const says = differs(was, is);
    if (says === null) return [];
    return [
      {
        id,
        name: (is ?? was)?.name ?? id,
        before: was ? labels(before, was) : null,
        after: is ? labels(after, is) : null,
        says,
      },
    ];
  });
}

function differs(was: Case | undefined, is: Case | undefined): string | null {
  if (!was) return 'The case is new.';
  if (!is) return 'The case is left out.';
  if (!sameJson(was.facts, is.facts)) return 'The case has other facts.';
  if (!sameJson(was.expect, is.expect)) return 'The case expects other outcomes.';
  const [{ name: _, ...then }, { name: __, ...now }] = [was, is];
  return sameJson(then, now) ? null : 'The case expects other obligations, days or questions.';
}

const byId = (law: Law): ReadonlyMap<string, Case> => new Map(law.test_cases.map((one) => [one.id, one]));

const labels = (law: Law, { expect }: Case): string[] =>
  expect.map((id) => law.outcomes.find((one) => one.id === id)?.label ?? id);
