import type { Rejection } from '@throughline/domain/import/rejected-file.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Keeps raw rows as they came. COPY is refused under row-level security, so rows go as one JSON value. */
export async function insertRows(
  write: Write,
  id: string,
  rows: readonly {
    readonly row: number;
    readonly raw: readonly string[];
    readonly salt: string;
    readonly digest: string;
  }[],
): Promise<void> {
  await write.run({
    name: 'import-rows',
    text: `insert into import_row (organisation, import, row, raw, salt, digest, record, outcome)
      select $1, $2, r.row, r.raw, r.salt, r.digest, null, 'read'
      from jsonb_to_recordset($3) as r(row int, raw jsonb, salt bytea, digest bytea)`,
    values: [write.organisation, id, JSON.stringify(rows)],
  });
}

/** A row as applying left it: what it made or changed, and what of it was not taken. */
export type SettledRow = {
  readonly row: number;
  readonly record: string | null;
  readonly outcome: 'added' | 'changed' | 'unchanged' | 'rejected';
  readonly rejections: readonly Rejection[] | null;
};

export async function settleRows(write: Write, id: string, rows: readonly SettledRow[]): Promise<void> {
  await write.run({
    name: 'import-rows-settled',
    text: `update import_row w set record = r.record, outcome = r.outcome, rejections = r.rejections
      from jsonb_to_recordset($3) as r(row int, record uuid, outcome text, rejections jsonb)
      where w.organisation = $1 and w.import = $2 and w.row = r.row`,
    values: [write.organisation, id, JSON.stringify(rows)],
  });
}

/** The digests of an import's rows, while nothing came of them yet. */
export async function rowDigests(reader: Reader, id: string): Promise<{ row: number; digest: Buffer }[]> {
  return reader.run<{ row: number; digest: Buffer }>({
    name: 'import-row-digests',
    text: 'select row, digest from import_row where organisation = $1 and import = $2 order by row',
    values: [reader.organisation, id],
  });
}

export type RawRow = { readonly row: number; readonly raw: readonly string[] };

export async function rawRows(reader: Reader, id: string): Promise<RawRow[]> {
  return reader.run<RawRow>({
    name: 'import-raw-rows',
    text: 'select row, raw from import_row where organisation = $1 and import = $2 and raw is not null order by row',
    values: [reader.organisation, id],
  });
}

/** What an applied import did not take, row by row. */
export async function rejectionsOf(
  reader: Reader,
  id: string,
): Promise<{ row: number; rejections: readonly Rejection[] }[]> {
  return reader.run<{ row: number; rejections: readonly Rejection[] }>({
    name: 'import-rejections',
    text: `select row, rejections from import_row
      where organisation = $1 and import = $2 and rejections is not null order by row`,
    values: [reader.organisation, id],
  });
}
