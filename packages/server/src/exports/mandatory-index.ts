import { Readable } from 'node:stream';
import type { CheckWire, MandatoryWire } from '@throughline/domain/wire.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { xlsxStream } from './xlsx.ts';

export const indexFormats = ['csv', 'xlsx', 'json'] as const;
export type IndexFormat = (typeof indexFormats)[number];

const media: Readonly<Record<IndexFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

const columns = [
  'Part',
  'Clause',
  'Item',
  'Document or record',
  'Reference',
  'Title',
  'Version',
  'Approved on',
  'Approved by',
  'In the place of',
  'By its author, under a waiver',
  'Next review',
  'Owner',
  'Exists',
  'Approved',
  'Current, holds',
  'Owner can speak',
  'Passes',
  'What is missing',
  'As of',
] as const;

const words: Readonly<Record<CheckWire['state'], string>> = {
  yes: 'Yes',
  no: 'No',
  'not-yet-judged': 'Not judged yet',
};

type Index = {
  readonly asOf: string;
  readonly mandatory: readonly MandatoryWire[];
  readonly supporting: readonly MandatoryWire[];
};

/** One row for each item, mandatory ones first: what an auditor asks to see before anything else. */
export function indexRows(index: Index): (string | number | null)[][] {
  const rows = (part: string, items: readonly MandatoryWire[]) =>
    items.map((item) => rowOf(part, item, index.asOf));
  return [...rows('Mandatory', index.mandatory), ...rows('Supporting', index.supporting)];
}

function rowOf(part: string, item: MandatoryWire, asOf: string): (string | number | null)[] {
  const checks = [item.exists, item.approved, item.holds ?? item.current, item.ownerCanSpeak];
  const missing = checks.flatMap((check) => (check.state === 'yes' || check.why === '' ? [] : [check.why]));
  return [
    part,
    item.clause,
    item.title,
    item.nature === 'document' ? 'Document' : 'Record, computed',
    item.record?.ref ?? null,
    item.record?.title ?? null,
    item.version,
    item.approvedOn,
    item.approval?.by.name ?? null,
    item.approval?.onBehalfOf?.name ?? null,
    item.approval ? (item.approval.waived ? 'Yes' : 'No') : null,
    item.due,
    item.owner?.name ?? null,
    ...checks.map((check) => words[check.state]),
    item.passes ? 'Yes' : 'No',
    [...new Set(missing)].join(' '),
    asOf,
  ];
}

/** The index of the mandatory set as a file. JSON holds the items as `GET /readiness` answers them. */
export function indexFile(
  index: Index,
  format: IndexFormat,
): { media: string; name: string; body: Readable } {
  const name = `mandatory-set-${index.asOf.slice(0, 10)}.${format}`;
  return { media: media[format], name, body: bodyOf(index, format) };
}

function bodyOf(index: Index, format: IndexFormat): Readable {
  if (format === 'json') return Readable.from([`${JSON.stringify(index, null, 2)}\n`]);
  const rows = indexRows(index);
  if (format === 'csv')
    return Readable.from([byteOrderMark, csvLine(columns), ...rows.map((row) => csvLine(row))]);
  return Readable.fromWeb(xlsxStream('Mandatory set', columns, eachOf(rows)));
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
