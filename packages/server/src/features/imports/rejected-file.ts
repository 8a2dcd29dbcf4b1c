import { type Rejection, rejectedRows } from '@throughline/domain/import/rejected-file.ts';
import { rejectionsOfRow } from '@throughline/domain/import/report.ts';
import { byteOrderMark, csvLine } from '../../exports/csv.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { type RawRow, rawRows, rejectionsOf } from '../../store/import-rows.ts';
import type { StoredImport } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { type ImportPlan, parseImport, planImport, silent } from './plan-import.ts';
import { withImport } from './preview-import.ts';

export type RejectedFile = {
  readonly name: string;
  /** Rows of the file of which something is not taken. */
  readonly rows: number;
  readonly csv: string;
};

/**
 * The rows of which something is not taken, as they stand in the file, with why: to be mended in a spreadsheet and
 * imported again. Before applying it is what would not be taken, afterwards what was not.
 */
export async function rejectedFile(services: Services, ctx: Context, id: string): Promise<RejectedFile> {
  return withImport(services, ctx, id, async (reader, stored) => {
    if (stored.state === 'analysed')
      return rejectedOf(
        reader,
        stored,
        await planImport(services, reader, await parseImport(reader, stored, silent), silent, {
          actor: ctx.actor,
          at: services.clock(),
        }),
      );
    const kept = (await rejectionsOf(reader, id)).map(({ row, rejections }) => [row, rejections] as const);
    return written(stored, await rawRows(reader, id), new Map(kept));
  });
}

/** The same of an import that was planned just now. */
export async function rejectedOf(
  reader: Reader,
  stored: StoredImport,
  plan: ImportPlan,
): Promise<RejectedFile> {
  const planned = plan.rows.map((row) => [row.row, rejectionsOfRow(row)] as const);
  return written(stored, await rawRows(reader, stored.id), new Map(planned));
}

function written(
  stored: StoredImport,
  raw: readonly RawRow[],
  rejections: ReadonlyMap<number, readonly Rejection[]>,
): RejectedFile {
  const lines = [...rejectedRows(stored.analysis.headers, raw, rejections)].map(csvLine);
  return {
    name: `${stored.fileName.replace(/\.[^.]*$/, '')}-rejected.csv`,
    rows: lines.length - 1,
    csv: `${byteOrderMark}${lines.join('')}`,
  };
}
