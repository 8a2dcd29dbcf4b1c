import type { Day } from '../day.ts';
import { sentences as systemSentences } from './sentences.ts';
import { buildSentences } from './sentences-build.ts';
import { organisationSentences } from './sentences-organisation.ts';
import { statementSentences } from './sentences-statement.ts';
import type { Label, Part, Sentence } from './types.ts';

/** Every sentence, by its id. */
export const sentences = {
  ...systemSentences,
  ...buildSentences,
  ...organisationSentences,
  ...statementSentences,
} as const;

export type SentenceId = keyof typeof sentences;
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;
type SlotOf<Id extends SentenceId> = Slots<(typeof sentences)[Id]>;
export type SlotValue = Part | number | readonly Part[];
type Arguments<Id extends SentenceId> = [SlotOf<Id>] extends [never]
  ? []
  : [slots: Readonly<Record<SlotOf<Id>, SlotValue>>];

const compiled = new Map<string, readonly string[]>();

/** Writes a sentence of the catalogue; the template's own text says which slots it takes. */
export function say<Id extends SentenceId>(id: Id, ...[slots]: Arguments<Id>): Sentence {
  const given = asSlots(slots);
  const parts: Part[] = [];
  for (const [position, piece] of pieces(id).entries()) {
    // Pieces alternate: text, slot, text, slot …
    if (position % 2 === 0) push(parts, piece);
    else for (const part of asParts(given[piece])) push(parts, part);
  }
  return parts;
}

/** The slots by name: their types were checked against the template where the sentence was written. */
function asSlots(slots: object | undefined): Readonly<Record<string, SlotValue>> {
  return (slots ?? {}) as Readonly<Record<string, SlotValue>>;
}

function pieces(id: SentenceId): readonly string[] {
  const known = compiled.get(id);
  if (known) return known;
  const split = sentences[id].split(/[{}]/);
  compiled.set(id, split);
  return split;
}

function asParts(value: SlotValue | undefined): readonly Part[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return [String(value)];
  return isList(value) ? value : [value];
}

const isList = (value: Part | readonly Part[]): value is readonly Part[] => Array.isArray(value);

function push(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (part !== '') parts.push(part);
}

/** A record in a sentence. */
export const rec = (record: { readonly id: string } | string): Part => ({
  record: typeof record === 'string' ? record : record.id,
});
/** Words of a button, with records as ids: label`Approve ${record}`. */
export function label(
  words: TemplateStringsArray,
  ...records: readonly ({ readonly id: string } | { readonly title: string })[]
): Label {
  return words.flatMap((text, at) => {
    const named = records[at];
    const part = named && ('id' in named ? { record: named.id } : { title: named.title });
    return [...(text === '' ? [] : [text]), ...(part ? [part] : [])];
  });
}
/** A record by its title in a label. */
export const titled = ({ id }: { readonly id: string }) => ({ title: id });
export const on = (day: Day): Part => ({ day });
export const who = (member: string): Part => ({ member });

/** Up to three records by name and how many more: a sentence stays a sentence. */
export function names(records: readonly ({ readonly id: string } | string)[], shown = 3): Part[] {
  const parts: Part[] = [];
  const rest = records.length - shown;
  const named = rest > 0 ? records.slice(0, shown) : records;
  for (const [position, record] of named.entries()) {
    if (position > 0) parts.push(position === named.length - 1 && rest <= 0 ? ' and ' : ', ');
    parts.push(rec(record));
  }
  if (rest > 0) parts.push(` and ${grouped(rest)} more`);
  return parts;
}

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** "1 risk", "3 risks", "1,182 systems". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** Words as a list: "purpose, users and prohibited uses". */
export function wordList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Slots for a sentence about one record or several: their names, and verbs in the right number. */
export function listed(records: readonly ({ readonly id: string } | string)[], shown = 3) {
  const one = records.length === 1;
  return {
    records: names(records, shown),
    have: one ? 'has' : 'have',
    are: one ? 'is' : 'are',
    do: one ? 'does' : 'do',
    were: one ? 'was' : 'were',
    s: one ? 's' : '',
  };
}
