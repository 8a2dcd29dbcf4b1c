import type { Option } from '../kinds/fields.ts';
import { type Coerced, shown } from './coerced.ts';
import { absenceOf, firstClause, yesOrNo } from './spellings.ts';
import { plainWords } from './words.ts';

type Values = Readonly<Record<string, string>> | undefined;

/** Words of a mapping are headings and answers, not prose. */
const longestWords = 500;
const tables = new WeakMap<object, ReadonlyMap<string, string>>();

/** A look-up of words, made once per table: declarations and mappings are frozen data that many cells share. */
function wordsTable(
  key: object,
  entries: () => Iterable<readonly [string, string]>,
): ReadonlyMap<string, string> {
  const known = tables.get(key);
  if (known) return known;
  const made = new Map<string, string>();
  for (const [words, id] of entries()) if (!made.has(plainWords(words))) made.set(plainWords(words), id);
  tables.set(key, made);
  return made;
}

export function optionTable(options: readonly Option[]): ReadonlyMap<string, string> {
  return wordsTable(options, () =>
    options.flatMap((option): [string, string][] => [
      [option.id, option.id],
      [option.label, option.id],
    ]),
  );
}

/** What a mapping says a cell's words mean: the whole cell, or its beginning up to a colon, dash or full stop. */
export function meaningOf(values: Values, cell: string): { id: string; whole: boolean } | undefined {
  if (!values) return undefined;
  const table = wordsTable(values, () => Object.entries(values));
  const whole = cell.length > longestWords ? undefined : table.get(plainWords(cell));
  if (whole !== undefined) return { id: whole, whole: true };
  const clause = firstClause(cell);
  const begun = clause === undefined ? undefined : table.get(plainWords(clause));
  return begun === undefined ? undefined : { id: begun, whole: false };
}

/** Reads a cell as one of the options: by id, by label, by what the mapping says, or by its first words. */
export function coerceChoice(options: readonly Option[], cell: string, values: Values): Coerced {
  const meant = meaningOf(values, cell);
  if (meant) {
    if (meant.id === '') return { empty: true, note: `${shown(cell)} states no value.` };
    return { value: meant.id, note: `Read as "${labelOf(options, meant.id)}".` };
  }
  const table = optionTable(options);
  const exact = table.get(plainWords(cell));
  if (exact !== undefined) return { value: exact };
  const absence = absenceOf(cell);
  if (absence) return { empty: true, note: `${shown(cell)} states no value.` };
  const clause = firstClause(cell);
  const begun = clause === undefined ? undefined : table.get(plainWords(clause));
  if (begun !== undefined)
    return { value: begun, note: `Read by its first words as "${labelOf(options, begun)}".` };
  return { problem: `${shown(cell)} is none of the values that can be chosen.` };
}

function labelOf(options: readonly Option[], id: string): string {
  return options.find((option) => option.id === id)?.label ?? id;
}

const answerWords: Readonly<Record<string, string>> = {
  yes: 'yes',
  no: 'no',
  'not-stated': 'not stated',
  'not-applicable': 'not applicable',
};

/** Reads a cell as an answer. Yes, no, not stated and not applicable stay four things; a blank cell is a fifth. */
export function coerceAnswer(cell: string, values: Values): Coerced {
  const meant = meaningOf(values, cell);
  if (meant) {
    if (meant.id === '') return { empty: true, note: `${shown(cell)} states no answer.` };
    return { value: meant.id, note: `Read as ${answerWords[meant.id] ?? meant.id}.` };
  }
  const words = plainWords(cell);
  const plain = yesOrNo(words);
  if (plain) return words === plain ? { value: plain } : { value: plain, note: `Read as ${plain}.` };
  const absence = absenceOf(cell);
  if (absence === 'none') return { problem: `${shown(cell)} can mean no or not applicable.` };
  if (absence) return { value: absence, note: `Read as ${answerWords[absence]}.` };
  const clause = firstClause(cell);
  if (clause === undefined) return { problem: `${shown(cell)} is neither yes nor no.` };
  const begun = yesOrNo(plainWords(clause)) ?? absenceOf(clause);
  if (begun === undefined || begun === 'none') return { problem: `${shown(cell)} is neither yes nor no.` };
  return {
    value: begun,
    note: `Read by its first word as ${answerWords[begun]}; the rest stays in the raw cell.`,
  };
}
