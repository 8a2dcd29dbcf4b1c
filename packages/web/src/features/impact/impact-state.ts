import { mergedEdit, type SheetEdit } from '@throughline/domain/impact/merge.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { ImpactBlankWire } from '@throughline/domain/wire-impact.ts';

export type Fields = Readonly<Record<string, Json>>;
export type Row = { readonly [cell: string]: Json };

/** What a person has written, saved or not: fields, and effects; a row not saved yet has a number below zero. */
export type Work = {
  readonly fields: Fields;
  readonly rows: readonly Row[];
  readonly confirm: readonly string[];
};

export const isRow = (value: Json): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMany = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const rowsIn = (fields: Fields): readonly Row[] => {
  const { effects } = fields;
  return isMany(effects) ? effects.filter(isRow) : [];
};
export const numberOf = (row: Row): number => (typeof row.number === 'number' ? row.number : 0);
export const textIn = (row: Row, cell: string): string => {
  const value = row[cell];
  return typeof value === 'string' ? value : '';
};

export const workOn = (fields: Fields): Work => ({ fields, rows: rowsIn(fields), confirm: [] });

export const same = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Cells of a row that differ from what stood; `null` empties one. */
const cellsOf = (before: Row, now: Row): Record<string, Json> =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(now)])]
      .filter((cell) => cell !== 'number' && !same(before[cell], now[cell]))
      .map((cell) => [cell, now[cell] ?? null]),
  );

/** What was written on top of what is saved. */
export const editOf = (saved: Fields, { fields, rows }: Work): SheetEdit => {
  const before = new Map(rowsIn(saved).map((row) => [numberOf(row), row]));
  const kept = new Set(rows.map(numberOf));
  const changed = Object.keys({ ...saved, ...fields }).filter(
    (name) => name !== 'effects' && name !== 'toConfirm' && !same(saved[name], fields[name]),
  );
  const set = rows.flatMap((row) => {
    const was = before.get(numberOf(row));
    const cells = cellsOf(was ?? {}, row);
    if (was === undefined) return [cells];
    return Object.keys(cells).length === 0 ? [] : [{ number: numberOf(row), ...cells }];
  });
  return {
    fields: Object.fromEntries(changed.map((name) => [name, fields[name] ?? null])),
    effects: { set, remove: [...before.keys()].filter((number) => !kept.has(number)) },
  };
};

/** How many places an edit touches. */
export const sizeOf = ({ fields, effects }: SheetEdit, confirm: readonly string[] = []): number =>
  Object.keys(fields).length + effects.set.length + effects.remove.length + confirm.length;

/** The places that an edit was written to and that somebody else wrote otherwise since. */
export const clashesOf = (before: Fields, theirs: Fields, edit: SheetEdit): readonly string[] =>
  mergedEdit(
    { fields: before, links: {} },
    { fields: theirs, links: {} },
    edit,
    (field) => field,
  ).clashes.map(({ at }) => at);

/** An edit on top of what stands now: what others wrote elsewhere shows, what was written here stays. */
export const onTop = (theirs: Fields, edit: SheetEdit, confirm: readonly string[] = []): Work => {
  const emptied = Object.keys(edit.fields).filter((name) => edit.fields[name] === null);
  const fields = Object.fromEntries(
    Object.entries({ ...theirs, ...asFields(edit.fields) }).filter(([name]) => !emptied.includes(name)),
  );
  return { fields, rows: rowsOnTop(rowsIn(theirs), edit.effects, (n) => -1 - n), confirm };
};

/** Rows with the cells of an edit set; a new row gets the number that `numberFor` gives its place among the new ones. */
const rowsOnTop = (
  before: readonly Row[],
  { set, remove }: SheetEdit['effects'],
  numberFor: (n: number) => number,
): readonly Row[] => {
  const changed = new Map<number, Row>();
  const added: Row[] = [];
  for (const sent of set) {
    const row = asFields(sent);
    if (typeof row.number === 'number') changed.set(row.number, row);
    else added.push(row);
  }
  const stand = before.filter((row) => !remove.includes(numberOf(row)));
  const known = new Set(stand.map(numberOf));
  const rows = stand.map((row) => tidy({ ...row, ...changed.get(numberOf(row)) }));
  // A row that somebody else took away, and that was written into here, comes back as a new one.
  const back = [...changed].filter(([number]) => !known.has(number)).map(([, row]) => row);
  const fresh = [...back, ...added].map((row, n) => tidy({ ...row, number: numberFor(n) }));
  return [...rows, ...fresh];
};

/** What was sent to be saved: what stood, the whole as it was written, and the edit of it. */
export type Sent = { readonly before: Fields; readonly work: Work; readonly edit: SheetEdit };

/**
 * What is written once a save is back: what is saved, with what was typed since it was sent, and what was not sent,
 * on top. Rows that were new have their numbers now: they are the last of those saved, in the order that they were sent.
 */
export const afterSave = ({ before, work, edit }: Sent, kept: Fields, now: Work): Work => {
  const names = Object.keys({ ...before, ...work.fields, ...now.fields });
  const mine = names.filter(
    (name) =>
      name !== 'effects' &&
      name !== 'toConfirm' &&
      (!same(now.fields[name], work.fields[name]) ||
        (!(name in edit.fields) && !same(work.fields[name], before[name]))),
  );
  const isNew = edit.effects.set.some((row) => typeof row.number !== 'number');
  const fresh = isNew ? work.rows.map(numberOf).filter((number) => number < 0) : [];
  const saved = fresh.length === 0 ? [] : rowsIn(kept).slice(-fresh.length).map(numberOf);
  const numbers = new Map(fresh.map((number, n) => [number, saved[n] ?? number]));
  const renumbered = (row: Row): Row => ({ ...row, number: numbers.get(numberOf(row)) ?? numberOf(row) });
  const stood = rowsOnTop(rowsIn(before), edit.effects, (n) => saved[n] ?? -1 - n);
  const { effects } = editOf({ effects: stood }, { ...now, fields: {}, rows: now.rows.map(renumbered) });
  return onTop(
    kept,
    { fields: Object.fromEntries(mine.map((name) => [name, now.fields[name] ?? null])), effects },
    now.confirm.filter((field) => !work.confirm.includes(field)),
  );
};

const asFields = (values: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );

const tidy = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));

/** The edit without these places: what stands there stays. */
export const without = (edit: SheetEdit, places: readonly string[]): SheetEdit => {
  const rows = edit.effects.set.flatMap((row) => {
    const at = `effects.${row.number}`;
    if (places.includes(at)) return [];
    const cells = Object.entries(row).filter(([cell]) => !places.includes(`${at}.${cell}`));
    return cells.length <= 1 && row.number !== undefined ? [] : [Object.fromEntries(cells)];
  });
  return {
    fields: Object.fromEntries(
      Object.entries(edit.fields).filter(([name]) => !places.includes(`fields.${name}`)),
    ),
    effects: {
      set: rows,
      remove: edit.effects.remove.filter((number) => !places.includes(`effects.${number}`)),
    },
  };
};

/** What stands at a place that a clash names: of a field, of a cell, or of a whole row. */
export const valueAt = (fields: Fields, rows: readonly Row[], place: string): Json => {
  const [kind, name = '', cell] = place.split('.');
  if (kind === 'fields') return fields[name] ?? null;
  const row = rows.find((one) => String(numberOf(one)) === name);
  return (cell === undefined ? row : row?.[cell]) ?? null;
};

/** Sets a field; writing it is confirming it, so it waits no longer. */
export const wrote = (work: Work, field: string, value: Json): Work => ({
  ...work,
  fields: { ...work.fields, [field]: value },
});

export const wroteCell = (work: Work, number: number, cell: string, value: Json): Work => ({
  ...work,
  rows: work.rows.map((row) => (numberOf(row) === number ? tidy({ ...row, [cell]: value }) : row)),
});

/** A new effect of a dimension; on society it is borne by society. */
export const added = (work: Work, row: Row): Work => ({
  ...work,
  rows: [...work.rows, { ...row, number: Math.min(0, ...work.rows.map(numberOf)) - 1 }],
});

export const removed = (work: Work, number: number): Work => ({
  ...work,
  rows: work.rows.filter((row) => numberOf(row) !== number),
});

/** How many things are blank in each part. */
export const blanksIn = (blanks: readonly ImpactBlankWire[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(blanks, ({ part }) => part)].map(([part, found]) => [part, found.length]));

/** What other records say of fields that say nothing here yet: filling in takes these over and touches no other. */
export const fillableOf = <Known extends { readonly field: string }>(
  known: readonly Known[],
  fields: Fields,
): readonly Known[] => known.filter(({ field }) => fields[field] === undefined);

/** Fields that are asked only where others give a reason to. */
export const isAsked = (field: string, fields: Fields, uses: number): boolean => {
  const state = (name: string) => fields[name];
  const filled = fields[field] !== undefined && fields[field] !== null;
  if (filled) return true;
  if (field === 'togetherReason') return uses > 1;
  if (field === 'changeEffectiveOn')
    return state('proposedChange') !== undefined && state('proposedChange') !== null;
  if (field === 'ropaReason') return !state('ropaReference');
  const other = /^(dpia|safety|security|fria)(Reason|Reference|Owner|On)$/.exec(field);
  if (other === null) return true;
  const [, name = '', part] = other;
  if (part === 'Reason') return state(name) === 'not-due';
  if (part === 'Owner') return state(name) === 'done' || state(name) === 'due';
  return state(name) === 'done';
};
