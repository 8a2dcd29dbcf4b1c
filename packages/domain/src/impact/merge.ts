import type { ErrorItem } from '../errors.ts';
import { sameJson } from '../json.ts';
import { numberOf, type Readable, type Row, rowsOf } from '../trace/read.ts';

/** What somebody writes into a sheet: fields, and cells of effects by the effect's number. `null` empties. */
export type SheetEdit = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly effects: {
    /** Cells to set; a row without a number is a new one. */
    readonly set: readonly Readonly<Record<string, unknown>>[];
    readonly remove: readonly number[];
  };
};

/** The edit on top of what stands now. Where somebody else wrote the same part otherwise, it is named and nothing is taken. */
export type Merged = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly clashes: readonly ErrorItem[];
};

type Cells = Readonly<Record<string, unknown>>;

/**
 * Puts an edit that was begun on `base` onto `current`. Two people who write different fields, or different cells of
 * one effect, both keep their words; numbers that risks cite never move. Pure.
 * @param labelOf what a field is called where it is named as written by both
 */
export function mergedEdit(
  base: Readable,
  current: Readable,
  edit: SheetEdit,
  labelOf: (field: string) => string,
): Merged {
  const clashes: ErrorItem[] = [];
  for (const [field, value] of Object.entries(edit.fields))
    if (clash(base.fields[field], current.fields[field], value))
      clashes.push(both(`fields.${field}`, labelOf(field)));
  const effects = mergedEffects(base, current, edit.effects, clashes);
  return { fields: effects === null ? edit.fields : { ...edit.fields, effects }, clashes };
}

/** Whether somebody changed it since, to something else than what is being written. */
const clash = (before: unknown, now: unknown, mine: unknown): boolean =>
  !same(before, now) && !same(now, mine);

const same = (a: unknown, b: unknown): boolean => sameJson(asJson(a), asJson(b));

/** Missing and empty are the same to a field. */
const asJson = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

const both = (at: string, label: string): ErrorItem => ({
  at,
  message: `${label}: somebody else wrote something else here in between. Both texts are kept; choose one.`,
});

const numberIn = (row: Cells): number | null => (typeof row.number === 'number' ? row.number : null);

function mergedEffects(
  base: Readable,
  current: Readable,
  { set, remove }: SheetEdit['effects'],
  clashes: ErrorItem[],
): readonly Cells[] | null {
  if (set.length === 0 && remove.length === 0) return null;
  const before = byNumber(base);
  const now = byNumber(current);
  for (const number of remove) {
    const [was, is] = [before.get(number), now.get(number)];
    if (was && is && !same(was, is)) clashes.push(both(`effects.${number}`, `Effect ${number}`));
  }
  const changed = new Map<number, Cells>();
  const added: Cells[] = [];
  for (const sent of set) {
    const number = numberIn(sent);
    if (number === null) added.push(sent);
    else if (now.has(number)) {
      const [was, is]: [Cells, Cells] = [before.get(number) ?? {}, now.get(number) ?? {}];
      for (const [cell, value] of Object.entries(sent))
        if (cell !== 'number' && clash(was[cell], is[cell], value))
          clashes.push(both(`effects.${number}.${cell}`, effectName(is, number)));
      changed.set(number, { ...changed.get(number), ...sent });
    } else if (before.has(number))
      clashes.push({
        at: `effects.${number}`,
        message: `Effect ${number}: somebody else took this row away in between. What you wrote is kept; choose.`,
      });
    else added.push(sent);
  }
  const kept = rowsOf(current, 'effects').flatMap((row) => {
    const number = numberIn(row);
    if (number !== null && remove.includes(number)) return [];
    const mine = number === null ? undefined : changed.get(number);
    return [mine ? written(row, mine) : row];
  });
  // A number once given is not given again: risks cite it, also after its row went.
  let last = Math.max(0, ...[...before.keys(), ...now.keys()]);
  return [
    ...kept,
    ...added.map((row) => {
      last += 1;
      return written({ number: last }, { ...row, number: last });
    }),
  ];
}

const effectName = ({ effect }: Cells, number: number): string =>
  typeof effect === 'string' ? effect : `Effect ${number}`;

const byNumber = (from: Readable): Map<number, Row> =>
  new Map(
    rowsOf(from, 'effects').flatMap((row) => {
      const number = numberOf({ fields: row, links: {} }, 'number');
      return number === null ? [] : [[number, row]];
    }),
  );

/** A row with cells set; what is emptied goes. */
const written = (row: Cells, cells: Cells): Cells =>
  Object.fromEntries(
    Object.entries({ ...row, ...cells }).filter(([, value]) => value !== null && value !== ''),
  );
