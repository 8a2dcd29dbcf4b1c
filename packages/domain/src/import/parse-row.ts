import type { Json } from '../json.ts';
import type { Field } from '../kinds/fields.ts';
import type { Kind, Relation } from '../kinds/kind.ts';
import { coerce } from './coerce.ts';
import { meaningOf } from './coerce-choice.ts';
import { type OrderEvidence, orderEvidence } from './coerce-day.ts';
import { listItems } from './coerce-list.ts';
import { decimalEvidence } from './coerce-number.ts';
import type { Coerced, CoercionOptions } from './coerced.ts';
import { shown } from './coerced.ts';
import { formationOf } from './formation.ts';
import type { ColumnRule, Mapping } from './mapping.ts';
import { refTarget, schemeOf } from './mapping.ts';
import { absenceOf } from './spellings.ts';
import { stateWords } from './state-words.ts';
import { trimmed } from './words.ts';

/** One cell that was not simply taken: what it said, what the record keeps instead, and why. */
export type CellReport = {
  readonly row: number;
  readonly column: string;
  readonly raw: string;
  readonly parsed: Json;
  readonly message: string;
  readonly rejected: boolean;
};

/** A row of the file as the mapping reads it. */
export type ParsedRow = {
  /** As a spreadsheet numbers it, the heading's row among them. */
  readonly row: number;
  readonly cells: readonly string[];
  /** `null` where the cell says that nothing is there. Parts whose cell was rejected, or has no column, are absent. */
  readonly fields: Readonly<Record<string, Json>>;
  /** Refs or external keys by relation. */
  readonly links: Readonly<Record<string, readonly string[]>>;
  readonly state?: string;
  readonly formedState?: string;
  readonly key?: string;
  /** The record of this organisation that the row is, as the cell says it. */
  readonly ref?: string;
  readonly reports: readonly CellReport[];
};

type Column = {
  readonly index: number;
  readonly header: string;
  readonly rule: ColumnRule;
  readonly target: string;
  readonly field: Field | undefined;
  readonly relation: Relation | undefined;
  readonly scheme: string | undefined;
  readonly options: CoercionOptions;
};

export type RowReader = {
  readonly read: (row: number, cells: readonly string[]) => ParsedRow;
  /** Columns of dates whose cells prove both orders of day and month. */
  readonly clashes: ReadonlyMap<string, OrderEvidence>;
};

type Draft = {
  row: number;
  fields: Record<string, Json>;
  links: Record<string, readonly string[]>;
  state?: string;
  formedState?: string;
  key?: string;
  ref?: string;
  reports: CellReport[];
};

/**
 * Prepares the reading of a file's rows: looks at whole columns first, because the order of day and month and the
 * decimal sign are facts of a column, never of a cell.
 */
export function rowReader(
  kind: Kind,
  formed: Kind | undefined,
  mapping: Mapping,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  facts: { year: number; members?: ReadonlyMap<string, string> | undefined },
): RowReader {
  const clashes = new Map<string, OrderEvidence>();
  const columns = mapping.columns.flatMap((rule): Column[] => {
    const index = headers.indexOf(rule.header);
    if (index < 0 || rule.target === null) return [];
    const field = Object.hasOwn(kind.fields, rule.target) ? kind.fields[rule.target] : undefined;
    const options: CoercionOptions = {
      year: facts.year,
      members: facts.members,
      fiscalYearStart: mapping.fiscalYearStart,
      values: rule.values,
      dateOrder: rule.dateOrder,
      decimal: rule.decimal,
    };
    const evident = withEvidence(field, options, rows, index);
    if (evident.clash) clashes.set(rule.header, evident.clash);
    return [
      {
        index,
        header: rule.header,
        rule,
        target: rule.target,
        field,
        relation: kind.relations[rule.target],
        scheme: schemeOf(rule.target),
        options: evident.options,
      },
    ];
  });
  return {
    clashes,
    read: (row, cells) => {
      const draft: Draft = { row, fields: {}, links: {}, reports: [] };
      for (const column of columns) readCell(kind, formed, column, cells[column.index] ?? '', draft);
      return { ...draft, cells };
    },
  };
}

function withEvidence(
  field: Field | undefined,
  options: CoercionOptions,
  rows: readonly (readonly string[])[],
  index: number,
): { options: CoercionOptions; clash?: OrderEvidence } {
  const cells = function* () {
    for (const row of rows) yield row[index] ?? '';
  };
  if (field?.type === 'day') {
    const evidence = orderEvidence(cells());
    const against = options.dateOrder
      ? evidence[options.dateOrder === 'month-first' ? 'dayFirst' : 'monthFirst'] > 0
      : evidence.monthFirst > 0 && evidence.dayFirst > 0;
    const read = { ...options, dateOrder: options.dateOrder ?? evidence.order };
    return against ? { options: read, clash: evidence } : { options: read };
  }
  if (field?.type === 'number')
    return { options: { ...options, decimal: options.decimal ?? decimalEvidence(cells()) } };
  return { options };
}

function readCell(kind: Kind, formed: Kind | undefined, column: Column, raw: string, draft: Draft): void {
  const cell = trimmed(raw);
  const report = (parsed: Json, message: string, rejected = false) =>
    draft.reports.push({ row: draft.row, column: column.header, raw, parsed, message, rejected });
  if (column.target === 'key') {
    if (cell !== '') draft.key = cell.slice(0, 300);
  } else if (column.target === refTarget) {
    if (cell !== '') draft.ref = cell.slice(0, 300);
  } else if (column.target === 'state') readState(kind, formed, column, cell, draft, report);
  else if (column.scheme !== undefined) readScheme(kind, column, column.scheme, cell, draft, report);
  else if (column.relation) readLinks(column, column.relation, cell, draft, report);
  else if (column.field) {
    const field = column.field;
    const read =
      column.target === kind.title
        ? shortened(field, raw, column.options)
        : coerce(field, raw, column.options);
    if ('problem' in read) report(null, read.problem, true);
    else if ('empty' in read) {
      draft.fields[column.target] = null;
      if (read.note) report(null, read.note);
    } else {
      draft.fields[column.target] = read.value;
      if (read.note) report(read.value, read.note);
    }
  }
}

type Report = (parsed: Json, message: string, rejected?: boolean) => void;

/** A name longer than its field is cut, so that the row is not lost; the whole of it stays in the raw cell. */
function shortened(field: Field, raw: string, options: CoercionOptions): Coerced {
  const cell = trimmed(raw).replace(/\s+/g, ' ');
  if (field.type !== 'line' || cell.length <= field.max) return coerce(field, raw, options);
  const cut = `${cell
    .slice(0, field.max - 1)
    .toWellFormed()
    .trimEnd()}…`;
  return { value: cut, note: `The name has ${cell.length} characters and was cut to ${field.max}.` };
}

function readState(
  kind: Kind,
  formed: Kind | undefined,
  column: Column,
  cell: string,
  draft: Draft,
  report: Report,
): void {
  const initial = kind.lifecycle.states[kind.lifecycle.initial]?.label ?? kind.lifecycle.initial;
  if (cell === '' || absenceOf(cell)) {
    report(null, `No state is stated; a new record begins as "${initial}".`);
    return;
  }
  const own = stateOf(kind, column.rule.values, cell);
  if (own === undefined)
    report(null, `${shown(cell)} is no state that is known; a new record begins as "${initial}".`, true);
  else draft.state = own;
  const other = formed ? stateOf(formed, column.rule.formedValues, cell) : undefined;
  if (other !== undefined) draft.formedState = other;
}

function stateOf(
  kind: Kind,
  values: Readonly<Record<string, string>> | undefined,
  cell: string,
): string | undefined {
  const id = (meaningOf(values, cell) ?? meaningOf(stateWords(kind), cell))?.id;
  return id !== undefined && id in kind.lifecycle.states ? id : undefined;
}

/** A class of another scheme is kept under the scheme's name, never as a class of our own. */
function readScheme(
  kind: Kind,
  column: Column,
  scheme: string,
  cell: string,
  draft: Draft,
  report: Report,
): void {
  const field = kind.fields.externalClasses;
  if (field?.type !== 'rows') return;
  draft.fields.externalClasses ??= null;
  if (cell === '') return;
  if (absenceOf(cell)) {
    report(null, `${shown(cell)} states no class.`);
    return;
  }
  const meant = meaningOf(column.rule.values, cell);
  const value = meant?.whole ? meant.id : cell.replace(/\s+/g, ' ').slice(0, 200).toWellFormed();
  const others = draft.fields.externalClasses;
  draft.fields.externalClasses = [...(Array.isArray(others) ? others : []), { scheme, value }];
  if (value !== cell) report(value, `Kept as a class of ${scheme}.`);
}

function readLinks(column: Column, relation: Relation, cell: string, draft: Draft, report: Report): void {
  if (cell === '' || absenceOf(cell)) {
    draft.links[column.target] = [];
    if (cell !== '') report(null, `${shown(cell)} names no record.`);
    return;
  }
  draft.links[column.target] = relation.many ? listItems(cell) : [cell];
}

/** The relation that forms a record of its own with each row, unless a column of the file names existing ones. */
export function formsRecords(kind: Kind, mapping: Mapping): boolean {
  const formation = formationOf(kind);
  return formation !== undefined && !mapping.columns.some((rule) => rule.target === formation.relation);
}
