import type { LawFact } from '@throughline/catalogue/types.ts';
import { parseDay } from '../day.ts';
import { type ErrorItem, unprocessable } from '../errors.ts';
import { quoted } from '../text.ts';
import { notKnown } from './answer-text.ts';

/** What was answered to one fact: yes or no, one value, several values, a day as `YYYY-MM-DD`, or a number. */
export type Answer = boolean | number | string | readonly string[];

/** Answers by fact. A fact that is missing was not answered, which is never read as no. */
export type Answers = ReadonlyMap<string, Answer>;

/** The answer that stands alone in a choice of several: nothing of the list holds. */
export const noneOfThem = 'none';

/**
 * Reads answers as they were sent, by fact. `null`, an empty list and `not-known` are no answer.
 * @param annexIII ids of the points of Annex III, which some facts take as values
 * @throws {DomainError} `unprocessable` with one item per answer that its fact does not take
 */
export function readAnswers(
  facts: readonly LawFact[],
  annexIII: readonly string[],
  sent: Readonly<Record<string, unknown>>,
): Answers {
  const byId = factsById(facts);
  const problems: ErrorItem[] = [];
  const answers = new Map<string, Answer>();
  for (const [id, value] of Object.entries(sent)) {
    const fact = byId.get(id);
    if (!fact) problems.push({ at: `answers.${id}`, message: `${quoted(id)} is not asked by these rules.` });
    else if (isAnswered(value) && value !== notKnown) {
      const message = answerProblem(fact, annexIII, value);
      if (message === null) answers.set(id, value);
      else problems.push({ at: `answers.${id}`, message });
    }
  }
  if (problems.length > 0) throw unprocessable(problems);
  return answers;
}

/** Facts to which it was said that nobody knows yet, in what was sent. */
export const notKnownIn = (sent: Readonly<Record<string, unknown>>): ReadonlySet<string> =>
  new Set(Object.keys(sent).filter((id) => sent[id] === notKnown));

const known = new WeakMap<readonly LawFact[], ReadonlyMap<string, LawFact>>();

/** Facts of a rule set by id; made once for each. */
export function factsById(facts: readonly LawFact[]): ReadonlyMap<string, LawFact> {
  const byId = known.get(facts) ?? new Map(facts.map((fact) => [fact.id, fact]));
  known.set(facts, byId);
  return byId;
}

/** The values that a fact of one or several choices takes, in the order in which they are asked. */
export function valuesOf(fact: LawFact, annexIII: readonly string[]): readonly string[] {
  const listed = fact.values_from === 'annex_iii' ? annexIII : [];
  return [...(fact.values ?? []), ...listed, ...(fact.values_also ?? [])];
}

export const isAnswered = (value: unknown): value is Answer =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** What is wrong with an answer to a fact, in words; `null` where it takes it. */
export function answerProblem(fact: LawFact, annexIII: readonly string[], value: unknown): string | null {
  switch (fact.type) {
    case 'bool':
      return typeof value === 'boolean' ? null : 'Answer with true or false.';
    case 'number':
      return numberProblem(value);
    case 'date':
      return dayProblem(value, fact.special ?? []);
    case 'enum':
      return choiceProblem([value], valuesOf(fact, annexIII));
    case 'multi':
      return Array.isArray(value)
        ? choiceProblem(value, valuesOf(fact, annexIII))
        : 'Answer with a list of values.';
  }
}

/** More than anything could have been trained with: all computing on Earth would take ages to come near. */
const mostOperations = 1e30;

function numberProblem(value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'Answer with a number, such as 1e25.';
  if (value < 0) return `${value} is below zero. Answer with a number of at least zero, such as 1e25.`;
  return value <= mostOperations
    ? null
    : `${value} is more than any training has taken. Answer with at most 1e30, such as 1e25.`;
}

function dayProblem(value: unknown, special: readonly string[]): string | null {
  if (typeof value === 'string' && special.includes(value)) return null;
  const read = parseDay(value);
  if ('problem' in read) return read.problem;
  // Days are compared with days of the law: one that is known to the month alone could fall on either side.
  return read.precision === 'day' ? null : 'A whole day is needed, such as 2026-02-28.';
}

function choiceProblem(chosen: readonly unknown[], values: readonly string[]): string | null {
  const strange = chosen.find((one) => typeof one !== 'string' || !values.includes(one));
  if (strange !== undefined) return `${quoted(strange)} is none of: ${values.join(', ')}.`;
  return new Set(chosen).size === chosen.length ? null : 'A value is named twice.';
}
