import { ImportRowsDigest } from '../../store/bound.ts';
import { cellsDigest } from '../../store/digest.ts';
import { type ImportRow, importRows } from '../../store/verify/tables.ts';
import { oneEntry } from './fault-sink.ts';
import type { TableCheck } from './hold-row.ts';
import type { Said } from './told.ts';

const atOnce = 2_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Holds the raw rows of every applied import against the entry of its application; earlier releases bound none. */
export async function checkImportRows(check: TableCheck): Promise<void> {
  for (const [id, { first, last }] of check.told.of('import')) {
    if (first.body.act !== 'import.applied' || !uuid.test(id)) continue;
    if (first.body.cells === undefined) check.faults.notBound('import_row');
    else await checkRowsOf(check, id, first, String(last.body.at) < check.told.cellsGoneBefore);
  }
}

async function checkRowsOf(
  check: TableCheck,
  id: string,
  { index, body }: Said,
  forgotten: boolean,
): Promise<void> {
  const { db, organisation, faults } = check;
  const all = new ImportRowsDigest();
  for (let after = -1; ; ) {
    const rows = await importRows(db, organisation, id, after, atOnce);
    for (const row of rows) {
      holdCells(check, id, row, forgotten);
      all.add(row);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.row;
  }
  const found = all.made();
  const about = {
    table: 'import_row',
    column: 'row, digest, outcome, record',
    row: id,
    entries: oneEntry(index),
  };
  if (found !== body.cells) faults.add('content-differs', about, { expected: String(body.cells), found });
}

/** Cells may be gone with the record that came of them, or because their organisation keeps them no longer. */
function holdCells({ faults, told }: TableCheck, id: string, row: ImportRow, forgotten: boolean): void {
  const { raw, salt, digest, record } = row;
  const about = { table: 'import_row', column: 'raw, salt', row: `${id} ${row.row}`, record };
  if (raw === null) {
    if (!forgotten && (record === null || !told.erased.has(record))) faults.add('content-gone', about);
    return;
  }
  const made = cellsDigest(salt, raw);
  if (!made.equals(digest))
    faults.add('content-differs', about, { expected: digest.toString('hex'), found: made.toString('hex') });
}
