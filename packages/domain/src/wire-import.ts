/** The shapes of answers about imports. */
import type { Json } from './json.ts';
import type { AbilityWire, RefWire } from './wire.ts';

/** Import: analysis of an uploaded file, before anything is written. */
export type ImportWire = {
  id: string;
  kind: string;
  file: {
    name: string;
    size: number;
    encoding: string | null;
    delimiter: string | null;
    sheet: string | null;
    sheets: readonly { name: string; rows: number }[];
    rows: number;
    headerRow: number;
  };
  columns: readonly ImportColumnWire[];
  /** Shipped or saved profile, by id. */
  profile: string | null;
  /** Names the file's origin: external keys live under it, so that a newer file of the same origin finds its records. */
  source: string;
  /** Headings of the columns that together name a row where none is its key. */
  identity: readonly string[];
  /** What was noticed while reading: other sheets, formulas, characters that could not be read. */
  notes: readonly string[];
  /** The kind of which each new row also makes a record of its own: a use case without a named system makes one. */
  forms: string | null;
  /** Kinds that the rows could be, the best first; at most three. */
  fits: readonly ImportFitWire[];
  /** What takes clearly more of the file than the kind and the profile by which it is read now. */
  better: ImportFitWire | null;
  state: 'analysed' | 'applied' | 'undone';
  appliedAt: string | null;
  counts: ImportCountsWire | null;
  undoable: AbilityWire;
  /** Records that the file no longer has and that archiving left as they are; at most 500. */
  stayed: readonly ImportMissingWire[];
  /** Uses in use that it brought in: undoing takes them out too, and nothing more is asked of them. */
  inUse: number;
};

/** What the rows of a file could be, and the reasons in words. */
export type ImportFitWire = {
  kind: string;
  profile: { id: string; name: string } | null;
  /** Columns that get a place, of those that hold anything. */
  placed: number;
  of: number;
  sureness: 'sure' | 'likely' | 'unsure';
  why: readonly string[];
};

export type ImportColumnWire = {
  index: number;
  header: string;
  samples: readonly string[];
  filled: number;
  /** Name of a field or relation, `state`, `key`, or `external:SCHEME`; `null` keeps the raw cell alone. */
  target: string | null;
  confidence: 'sure' | 'likely' | 'unsure' | 'unused';
  why: string;
  /** Order of day and month: stated, or told by all cells; `null` where they do not tell. Only where a date is written so that the order matters. */
  dateOrder?: 'month-first' | 'day-first' | null;
  /** Cells that can only be read month first and only day first. Only where the order matters. */
  dates?: { monthFirst: number; dayFirst: number };
  decimal?: 'point' | 'comma';
  /** What the file's words mean: word → value kept. */
  values?: Readonly<Record<string, string>>;
};

export type ImportCountsWire = {
  added: number;
  changed: number;
  unchanged: number;
  missing: number;
  /** Of the missing, those that archiving leaves as they are. */
  stays: number;
  coerced: number;
  rejected: number;
};

/** The dry run. Lists hold at most 500 each; the counts are whole, and the report has every line. */
export type ImportPreviewWire = {
  counts: ImportCountsWire;
  /** Rows that name records of this organisation by ref, of all; `null` where no column says which record a row is. */
  own: { records: number; of: number } | null;
  added: readonly ImportRowWire[];
  changed: readonly ImportRowWire[];
  missing: readonly ImportMissingWire[];
  coerced: readonly ImportCellWire[];
  /** Cells that are not taken; for a row that is rejected whole, `column` is empty. */
  rejected: readonly ImportCellWire[];
  /** Rows that are equal to an earlier one in every cell. They are imported like any other. */
  equalRows: readonly { row: number; as: number }[];
};

/** A record that the file no longer has, and in words why archiving leaves it, where it does. */
export type ImportMissingWire = RefWire & { whyItStays?: string };

export type ImportRowWire = {
  row: number;
  title: string;
  ref: string | null;
  changes: readonly { part: string; before: Json; after: Json }[];
};
export type ImportCellWire = { row: number; column: string; raw: string; parsed: Json; message: string };

/** `GET /{collection}/{ref}/raw`: a row of a file that wrote this record, with the cells that hold something. */
export type RawRowWire = {
  import: string;
  file: string;
  /** As a spreadsheet numbers it: the first line of the file is 1. */
  row: number;
  at: string;
  /** `column` counts from 0; two columns may share a heading, and one may have none. */
  cells: readonly { column: number; heading: string; text: string }[];
};
