import type { DateOrder, DecimalSign } from './coerced.ts';

/**
 * Where a column goes: the name of a field or relation, `state`, `key` (the row's own identifier), `ref` (the
 * record of this organisation that the row is), `external:SCHEME` (a class of another scheme, kept under its name), or nothing: then the raw cell is kept alone.
 */
export type Target = string;

export type ColumnRule = {
  /** The column's unique name in the file. */
  readonly header: string;
  readonly target: Target | null;
  /** Words of the file → what the field keeps; `''` for words that state nothing. */
  readonly values?: Readonly<Record<string, string>>;
  /** For `state`: words of the file → state of the record that is formed with each row (the system of a use case). */
  readonly formedValues?: Readonly<Record<string, string>>;
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalSign;
};

export type Mapping = {
  readonly kind: string;
  /** Names the file's origin. External keys live under it, so that a newer file of the same origin finds its records. */
  readonly source: string;
  readonly profile: string | null;
  readonly columns: readonly ColumnRule[];
  /** Columns that together name a row where none is a key. */
  readonly identity: readonly string[];
  /** Columns that tell rows of the same name apart, strongest first. */
  readonly tellApart: readonly string[];
  /** First month of the fiscal year; without it fiscal years are not read. */
  readonly fiscalYearStart?: number;
};

export type Confidence = 'sure' | 'likely' | 'unsure' | 'unused';

export type ProposedColumn = {
  readonly rule: ColumnRule;
  readonly confidence: Confidence;
  readonly why: string;
};

export type Proposal = {
  readonly mapping: Mapping;
  /** In the order of the file. */
  readonly columns: readonly ProposedColumn[];
};

export const externalTarget = 'external:';
export const refTarget = 'ref';

export function schemeOf(target: Target): string | undefined {
  return target.startsWith(externalTarget) ? target.slice(externalTarget.length) : undefined;
}
