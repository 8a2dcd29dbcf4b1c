import { type CrosswalkRelation, crosswalkRelations } from '@throughline/catalogue/vocabulary.ts';
import { type Readable, textOf } from '../trace/read.ts';
import { frameworks, type Target } from './frameworks.ts';

/** What a framework asks, or a control of the organisation's own by its code. */
export type Side = { readonly framework: Target; readonly item: string };

/** A row of the crosswalk that the organisation wrote. */
export type OwnRow = {
  /** Id of its record. */
  readonly id: string;
  readonly from: Side;
  readonly to: Side;
  readonly relation: CrosswalkRelation;
  readonly confidence: string;
  /** What it rests on, in words. */
  readonly basis: string;
  readonly note: string | null;
};

/** The row that a record says; nothing where it lacks a part, as a file may bring it in. */
export function ownRowOf(record: Readable & { readonly id: string }): OwnRow | null {
  const from = sideOf(record, 'from');
  const to = sideOf(record, 'to');
  const relation = crosswalkRelations.find((one) => one === textOf(record, 'relation'));
  const [confidence, basis] = [textOf(record, 'confidence'), textOf(record, 'basis')];
  if (!from || !to || !relation || confidence === null || basis === null) return null;
  return { id: record.id, from, to, relation, confidence, basis, note: textOf(record, 'note') };
}

/** One end of a row; nothing where it is not said. */
export function sideOf(record: Readable, end: 'from' | 'to'): Side | null {
  const name = textOf(record, `${end}Framework`);
  const framework = name === 'own' ? name : frameworks.find((one) => one === name);
  const item = textOf(record, `${end}Item`);
  return framework && item !== null ? { framework, item } : null;
}

/** A control that evidence names: its item of the standard, or its own code. */
export type NamedControl = { readonly item: string | null; readonly code: string | null };

/** An own row read from one of its sides to the other. */
export type OwnReading = {
  readonly row: OwnRow;
  readonly from: Side;
  readonly to: Side;
  readonly relation: CrosswalkRelation;
};

/** The row as it was written. */
export const asWritten = (row: OwnRow): OwnReading => ({
  ...{ row, from: row.from, to: row.to, relation: row.relation },
});

/** The row from its other end: what was inside contains. */
const turned = (row: OwnRow): OwnReading => ({
  ...{ row, from: row.to, to: row.from },
  relation: row.relation === 'subset' ? 'superset' : row.relation === 'superset' ? 'subset' : row.relation,
});

/**
 * What evidence may also speak to by own rows: from a control that it names to the other side, whichever of the two the
 * row begins with. A suggestion alone. Pure.
 */
export function suggestedBy(
  rows: readonly OwnRow[],
  controls: readonly NamedControl[],
): readonly OwnReading[] {
  const items = new Set(controls.map(({ item }) => item));
  const codes = new Set(controls.map(({ code }) => code));
  const speaks = ({ framework, item }: Side) =>
    (framework === 'iso42001' && items.has(item)) || (framework === 'own' && codes.has(item));
  return rows.flatMap((row) => {
    if (speaks(row.from)) return [asWritten(row)];
    return speaks(row.to) ? [turned(row)] : [];
  });
}
