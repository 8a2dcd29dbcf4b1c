import type { Json } from '../json.ts';

/**
 * What became of one cell. `note` says what was done where the value is not simply what the cell says. `empty` with a
 * note is a cell that says in words that nothing is there. A cell with a `problem` is kept as it came, beside the record.
 */
export type Coerced =
  | { readonly value: Json; readonly note?: string }
  | { readonly empty: true; readonly note?: string }
  | { readonly problem: string };

/** How the cells of one column are to be read. */
export type CoercionOptions = {
  readonly dateOrder?: DateOrder | undefined;
  /** First month of the fiscal year (US federal: 10). Without it, fiscal years are not read. */
  readonly fiscalYearStart?: number | undefined;
  readonly decimal?: DecimalSign | undefined;
  /** What the file's words mean: words in the file → what the field keeps; `''` means nothing is stated. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** Year of the import, for what can be meant by a year. */
  readonly year: number;
  /** Members by name in plain words. A name that two members share is not in it. */
  readonly members?: ReadonlyMap<string, string> | undefined;
};

export type DateOrder = 'month-first' | 'day-first';
export type DecimalSign = 'point' | 'comma';

/** A cell in a sentence: short, on one line. */
export function shown(raw: string): string {
  const one = raw.replace(/\s+/g, ' ').trim();
  return `"${one.length > 60 ? `${one.slice(0, 60)}…` : one}"`;
}
