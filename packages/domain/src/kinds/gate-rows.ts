/** Criteria as rows of a gate (A.6.2.5): how they are answered, and when that is enough. */
import { addDays, firstDay, lastDay } from '../day.ts';
import { isObject, type Json } from '../json.ts';
import { isWorded } from '../text.ts';
import { says } from '../trace/read.ts';
import type { Content } from './kind.ts';

export type CriterionRow = Readonly<Record<string, Json>>;
type Fields = Content['fields'];

export const criteriaRows = (fields: Fields): CriterionRow[] =>
  Array.isArray(fields.criteria) ? fields.criteria.filter((row): row is CriterionRow => isObject(row)) : [];
/** A cell of a row as words; empty where it says nothing. */
export const cellWords = (row: CriterionRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' && isWorded(value) ? value.trim() : '';
};
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** What an answer may not say of a row, in words; nothing when it may. */
export function answerFault(row: CriterionRow): string | undefined {
  const [finding, answer] = [cellWords(row, 'finding'), cellWords(row, 'answer')];
  const name = shortened(cellWords(row, 'criterion') || cellWords(row, 'key'));
  if (finding === 'not-met' && answer === 'met')
    return `“${name}” is not met by what is on record, so it cannot be answered as met. Put it right and take the criteria again, or say what follows.`;
  if ((finding === 'met' || finding === 'not-met') && answer === 'not-applicable')
    return `“${name}” applies: the records say whether it is met.`;
  return undefined;
}

/** Why rows are not enough to pass, whoever judges: blank is not passed, and a miss has an answer. */
export function blankObstacle(fields: Fields): string | undefined {
  const rows = criteriaRows(fields);
  for (const [at, row] of rows.entries()) {
    const [answer, finding] = [cellWords(row, 'answer'), cellWords(row, 'finding')];
    const name =
      cellWords(row, 'criterion') === ''
        ? `Criterion ${at + 1}`
        : `“${shortened(cellWords(row, 'criterion'))}”`;
    if (answer === '') return `${name} has no answer.`;
    const fault = answerFault(row);
    if (fault) return fault;
    if (answer === 'not-met' && cellWords(row, 'answerToMiss') === '')
      return `${name} is not met. Say what follows, or put it right.`;
    const byPerson = finding === 'person' || finding === 'undetermined';
    if (byPerson && cellWords(row, 'checked') === '') return `${name} is answered without what was checked.`;
  }
  const missed = rows.some((row) => cellWords(row, 'answer') === 'not-met');
  if (missed && fields.verdict === 'pass')
    return 'A criterion is not met: it is passed under conditions, or not passed.';
  if (fields.verdict === 'pass-with-conditions' && !says({ fields, links: {} }, 'conditions'))
    return 'Passed under conditions, and the conditions are not written down.';
  return undefined;
}

export type GateException = 'emergency' | 'retrospective';
/** How long what is missing may stay so: a quarter after an emergency, a year for what ran before it was known. */
export const exceptionDays: Readonly<Record<GateException, number>> = { emergency: 90, retrospective: 366 };

/** A release that is asked for as an emergency, or as the admission of what runs already. */
export function exceptionIn(fields: Fields): GateException | null {
  if (fields.type !== 'deployment-approval') return null;
  if (fields.emergency === 'yes') return 'emergency';
  return fields.retrospective === 'yes' ? 'retrospective' : null;
}

/** What an exception still lacks: its reason, and an end that lies ahead and not too far. */
export function exceptionObstacle(fields: Fields, exception: GateException, now: string): string | undefined {
  const reason = exception === 'emergency' ? 'emergencyReason' : 'retrospectiveReason';
  if (!says({ fields, links: {} }, reason))
    return exception === 'emergency'
      ? 'An emergency needs its reason.'
      : 'An admission afterwards needs its reason.';
  const { missingBy, decidedOn } = fields;
  if (typeof missingBy !== 'string') return 'An exception needs the day by which what is missing is there.';
  const today = now.slice(0, 10);
  if (lastDay(missingBy) < today) return 'The end of the exception has passed already.';
  const from = typeof decidedOn === 'string' && lastDay(decidedOn) < today ? firstDay(decidedOn) : today;
  const most = exceptionDays[exception];
  return lastDay(missingBy) > addDays(from, most)
    ? `The exception ends within ${most} days of the decision.`
    : undefined;
}
