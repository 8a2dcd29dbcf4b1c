/** Measures of a verification with their thresholds, and results against them (A.6.2.4): what is set first stays. */
import { isObject, type Json, sameJson } from '../json.ts';
import { isSentence, isWorded } from '../text.ts';
import { saysSentence } from '../trace/read.ts';
import type { Content } from './kind.ts';

type Row = Readonly<Record<string, Json>>;
type Fields = Content['fields'];
export type MeasureOutcome = 'reached' | 'missed' | 'open';

const rows = (value: Json | undefined): Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => isObject(row)) : [];
const words = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value.trim() : '';
};
const keyOf = (row: Row): string =>
  JSON.stringify([words(row, 'measure'), words(row, 'group')].map((part) => part.toLowerCase()));
const nameOf = (row: Row): string =>
  [words(row, 'measure'), words(row, 'group')].filter((part) => part !== '').join(', ') || 'A row';
const byKey = (all: readonly Row[]): Map<string, Row> => new Map(all.map((row) => [keyOf(row), row]));

const worded = (row: Row, column: string): boolean => isWorded(words(row, column));

/** Whether a row of measures says what counts as reached: a number to hold against, or words that a person judges by. */
const hasThreshold = (row: Row): boolean =>
  words(row, 'comparison') === 'judged' ? worded(row, 'words') : typeof row.limit === 'number';

/** Numbers decide by themselves; where words were set, whoever tested says how it came out. */
function outcomeOf(measure: Row, result: Row | undefined): MeasureOutcome {
  const comparison = words(measure, 'comparison');
  const [limit, value] = [measure.limit, result?.value];
  if (typeof limit === 'number' && typeof value === 'number' && comparison !== 'judged')
    return (comparison === 'at-most' ? value <= limit : value >= limit) ? 'reached' : 'missed';
  const said = result ? words(result, 'outcome') : '';
  return comparison === 'judged' && (said === 'reached' || said === 'missed') ? said : 'open';
}

/** How each measure came out, and whether a miss is answered in a sentence; open where nothing was found yet. */
export function measured(
  fields: Fields,
): { readonly name: string; readonly outcome: MeasureOutcome; readonly answered: boolean }[] {
  const results = byKey(rows(fields.results));
  return rows(fields.measures).map((measure) => {
    const result = results.get(keyOf(measure));
    return {
      name: nameOf(measure),
      outcome: outcomeOf(measure, result),
      answered: result !== undefined && isSentence(words(result, 'answerToMiss')),
    };
  });
}

/** What measures and results may not say together. */
export function measureFaults({ fields }: Content): Record<string, string> {
  const measures = rows(fields.measures);
  const results = rows(fields.results);
  const known = byKey(measures);
  if (measures.some((row) => !worded(row, 'measure'))) return { measures: 'Name what is measured.' };
  if (known.size < measures.length) return { measures: 'A measure stands twice for the same group.' };
  if (byKey(results).size < results.length) return { results: 'A result stands twice for the same measure.' };
  for (const result of results) {
    const measure = known.get(keyOf(result));
    if (!measure) return { results: `${nameOf(result)} is none of the measures.` };
    const outcome = outcomeOf(measure, result);
    const said = words(result, 'outcome');
    if (said !== '' && outcome !== 'open' && said !== outcome)
      return { results: `${nameOf(result)} is said to be ${said}, and by its number it is ${outcome}.` };
  }
  return {};
}

/**
 * Thresholds stand before results do: a result comes in a later change than its threshold, a threshold that has a
 * result is not moved, and a result that was recorded is corrected, never taken away.
 */
export function orderFaults(before: Content, next: Content): Record<string, string> {
  const stood = byKey(rows(before.fields.measures));
  const stand = byKey(rows(next.fields.measures));
  const found = byKey(rows(next.fields.results));
  for (const [key, result] of found) {
    const measure = stood.get(key);
    if (!measure || !hasThreshold(measure))
      return {
        results: `${nameOf(result)} has no threshold yet. Keep the threshold first, then the result.`,
      };
    if (!sameJson(measure, stand.get(key) ?? null))
      return { measures: `${nameOf(measure)} is kept as it was set: a result stands against it.` };
  }
  for (const [key, result] of byKey(rows(before.fields.results)))
    if (!found.has(key))
      return {
        results: `The result of ${nameOf(result)} was recorded. Correct it, or begin another verification.`,
      };
  return {};
}

/** Why a test cannot begin yet: each measure says beforehand what counts as reached. */
export function beginningLack({ fields }: Content): string | undefined {
  const bare = rows(fields.measures).find((row) => !hasThreshold(row));
  return bare && `${nameOf(bare)} has no threshold yet. Set it before the test begins.`;
}

/** Measures that missed their threshold, by name. */
export const missedIn = (fields: Fields): string[] =>
  measured(fields).flatMap(({ name, outcome }) => (outcome === 'missed' ? [name] : []));

/**
 * Measures that an earlier test of the same thing missed, by name, and that a later one holds to less or no more: where a bar
 * is lowered once the result is known, nothing was set beforehand (A.6.2.4).
 */
export function loweredSince(before: Fields, after: Fields): string[] {
  const results = byKey(rows(before.results));
  const later = byKey(rows(after.measures));
  return rows(before.measures)
    .filter((measure) => outcomeOf(measure, results.get(keyOf(measure))) === 'missed')
    .filter((measure) => !isAsStrict(measure, later.get(keyOf(measure))))
    .map(nameOf);
}

function isAsStrict(was: Row, is: Row | undefined): boolean {
  if (is === undefined || words(was, 'comparison') !== words(is, 'comparison')) return false;
  if (words(was, 'comparison') === 'judged') return words(was, 'words') === words(is, 'words');
  if (typeof was.limit !== 'number' || typeof is.limit !== 'number') return false;
  return words(was, 'comparison') === 'at-most' ? is.limit <= was.limit : is.limit >= was.limit;
}

/**
 * Why no verdict is given yet; nothing when every measure has a result, every miss an answer, and a verdict that lets a
 * miss pass its conditions in writing.
 */
export function conclusionObstacle({ fields }: Content): string | undefined {
  const all = measured(fields);
  const open = all.find(({ outcome }) => outcome === 'open');
  if (open) return `${open.name} has no result.`;
  const missed = all.filter(({ outcome }) => outcome === 'missed');
  const unanswered = missed.find(({ answered }) => !answered);
  if (unanswered) return `${unanswered.name} missed its threshold. Say what follows, in a sentence.`;
  if (missed.length > 0 && fields.verdict === 'passed')
    return `${missed[0]?.name} missed its threshold: it is passed under conditions, or not passed.`;
  return fields.verdict === 'passed-with-conditions' && !saysSentence({ fields, links: {} }, 'reason')
    ? 'It is passed under conditions. Say which in a sentence, as the reason for the verdict.'
    : undefined;
}
