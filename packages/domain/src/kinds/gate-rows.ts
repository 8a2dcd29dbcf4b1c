/** Criteria as rows of a gate (A.6.2.5): how they are answered, and when that is enough. */
import { addDays, firstDay, lastDay } from '../day.ts';
import { isObject, type Json } from '../json.ts';
import { isSentence, isWorded } from '../text.ts';
import { says, saysSentence } from '../trace/read.ts';
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

/** Names of which a sentence says the first few. */
const namedAtMost = 3;

/** “One” has, or “one”, “two”, “three” and 4 more have: a sentence for all that lack the same; none for nobody. */
export function saidOfAll(
  names: readonly string[],
  verb: { readonly one: string; readonly many: string },
): string[] {
  if (names.length === 0) return [];
  const [first = '', ...others] = names.slice(0, namedAtMost);
  if (names.length === 1) return [`${first} ${verb.one}`];
  const more = names.length - 1 - others.length;
  const listed =
    more > 0
      ? `${[first, ...others].join(', ')} and ${more} more`
      : `${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`;
  return [`${listed} ${verb.many}`];
}

/** All that stands in the way as one text, as a refusal says it; nothing where nothing does. */
export const inOneText = (obstacles: readonly string[]): string | undefined =>
  obstacles.length === 0 ? undefined : obstacles.join(' ');

/** All that rows lack to pass, whoever judges: blank is not passed, and a miss has an answer in a sentence. */
export function blankObstacles(fields: Fields): string[] {
  const rows = criteriaRows(fields);
  const named = (test: (row: CriterionRow) => boolean): string[] =>
    rows.flatMap((row, at) => (test(row) ? [nameOf(row, at)] : []));
  const answers = (row: CriterionRow, answer: string): boolean => cellWords(row, 'answer') === answer;
  const isWhole = (row: CriterionRow): boolean => !answers(row, '') && answerFault(row) === undefined;
  const missed = rows.some((row) => answers(row, 'not-met'));
  return [
    ...saidOfAll(
      named((row) => answers(row, '')),
      { one: 'has no answer.', many: 'have no answer.' },
    ),
    ...rows.flatMap((row) => (answers(row, '') ? [] : (answerFault(row) ?? []))),
    ...saidOfAll(
      named((row) => isWhole(row) && answers(row, 'not-met') && !isSentence(cellWords(row, 'answerToMiss'))),
      {
        one: 'is not met. Say what follows in a sentence, or put it right.',
        many: 'are not met. Say what follows in a sentence, or put them right.',
      },
    ),
    ...saidOfAll(
      named((row) => isWhole(row) && isByPerson(row) && !isSentence(cellWords(row, 'checked'))),
      {
        one: 'is answered without what was checked, in a sentence.',
        many: 'are answered without what was checked, in a sentence.',
      },
    ),
    ...(missed && fields.verdict === 'pass'
      ? ['A criterion is not met: it is passed under conditions, or not passed.']
      : []),
    ...conditionWords(fields),
  ];
}

/** What lets a miss through in words: the conditions, and the reason where one is given, are sentences. */
function conditionWords(fields: Fields): string[] {
  const said = { fields, links: {} };
  if (fields.verdict !== 'pass-with-conditions') return [];
  return [
    ...(saysSentence(said, 'conditions')
      ? []
      : ['Passed under conditions, and the conditions are not written down in a sentence.']),
    ...(says(said, 'reason') && !saysSentence(said, 'reason')
      ? ['The reason of a passage under conditions is said in a sentence.']
      : []),
  ];
}

const nameOf = (row: CriterionRow, at: number): string => {
  const words = cellWords(row, 'criterion');
  return words === '' ? `Criterion ${at + 1}` : `“${shortened(words)}”`;
};
const isByPerson = (row: CriterionRow): boolean =>
  ['person', 'undetermined'].includes(cellWords(row, 'finding'));

export type GateException = 'emergency' | 'retrospective';
/** How long what is missing may stay so: a quarter after an emergency, a year for what ran before it was known. */
export const exceptionDays: Readonly<Record<GateException, number>> = { emergency: 90, retrospective: 366 };

/** A release that is asked for as an emergency, or as the admission of what runs already. */
export function exceptionIn(fields: Fields): GateException | null {
  if (fields.type !== 'deployment-approval') return null;
  if (fields.emergency === 'yes') return 'emergency';
  return fields.retrospective === 'yes' ? 'retrospective' : null;
}

/** What is said of exceptions and means nothing: of another gate than a release, and two at once. By field. */
export function exceptionFaults({ type, emergency, retrospective }: Fields): Record<string, string> {
  const asked = Object.entries({ emergency, retrospective }).filter(([, answer]) => answer === 'yes');
  if (type !== 'deployment-approval')
    return Object.fromEntries(
      asked.map(([field]) => [field, 'Only a release is let through by an exception: this is another gate.']),
    );
  return asked.length > 1
    ? { retrospective: 'It is an emergency, or it is admitted afterwards: one of the two.' }
    : {};
}

/** What an exception still lacks: its reason, and an end that lies ahead and not too far. */
export function exceptionObstacle(fields: Fields, exception: GateException, now: string): string | undefined {
  const reason = exception === 'emergency' ? 'emergencyReason' : 'retrospectiveReason';
  if (!saysSentence({ fields, links: {} }, reason))
    return exception === 'emergency'
      ? 'An emergency needs its reason, in a sentence.'
      : 'An admission afterwards needs its reason, in a sentence.';
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
