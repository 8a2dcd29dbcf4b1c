import type { ImportColumnWire, ImportWire } from '@throughline/domain/wire-import.ts';
import type { StoredImport } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { undoability } from './undo-import.ts';

/** An import as the API shows it. */
export async function presentImport(reader: Reader, stored: StoredImport): Promise<ImportWire> {
  const { file, mapping } = stored.analysis;
  return {
    id: stored.id,
    kind: stored.kind,
    file: {
      name: stored.fileName,
      size: file.size,
      encoding: file.encoding,
      delimiter: file.delimiter,
      sheet: file.sheet,
      sheets: file.sheets,
      rows: file.rows,
      headerRow: file.headerRow,
    },
    columns: stored.analysis.headers.map((header, index) => columnWire(reader, stored, header, index)),
    profile: mapping.profile,
    source: mapping.source,
    identity: mapping.identity,
    notes: file.notes,
    state: stored.state,
    appliedAt: stored.appliedAt?.toISOString() ?? null,
    counts: stored.counts,
    undoable: await undoability(reader, stored),
  };
}

function columnWire(reader: Reader, stored: StoredImport, header: string, index: number): ImportColumnWire {
  const column = stored.analysis.columns[index];
  const rule = stored.analysis.mapping.columns[index];
  const field = rule?.target ? reader.registry.get(stored.kind).fields[rule.target] : undefined;
  const { monthFirst = 0, dayFirst = 0 } = column?.dates ?? {};
  const evident =
    monthFirst > 0 && dayFirst === 0 ? 'month-first' : dayFirst > 0 && monthFirst === 0 ? 'day-first' : null;
  return {
    index,
    header,
    samples: column?.samples ?? [],
    filled: column?.filled ?? 0,
    target: rule?.target ?? null,
    confidence: column?.confidence ?? 'unused',
    why: column?.why ?? '',
    ...(field?.type === 'day' ? { dateOrder: rule?.dateOrder ?? evident } : {}),
    ...(column?.dates ? { dates: column.dates } : {}),
    ...(rule?.decimal ? { decimal: rule.decimal } : {}),
    ...(rule?.values ? { values: rule.values } : {}),
  };
}
