import { formationOf } from '@throughline/domain/import/formation.ts';
import { formsRecords } from '@throughline/domain/import/parse-row.ts';
import { betterFit, type KindFit } from '@throughline/domain/import/recognise.ts';
import type {
  ImportColumnWire,
  ImportFitWire,
  ImportMissingWire,
  ImportWire,
} from '@throughline/domain/wire-import.ts';
import type { StoredImport } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsById } from '../../store/records.ts';
import { missingWires } from './missing-records.ts';
import { goingOn, undoability } from './undo-import.ts';

/** An import as the API shows it. */
export async function presentImport(reader: Reader, stored: StoredImport): Promise<ImportWire> {
  const { file, mapping, fits = [] } = stored.analysis;
  const better = betterOf(stored);
  const kind = reader.registry.get(stored.kind);
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
    forms: formsRecords(kind, mapping) ? (formationOf(kind)?.kind ?? null) : null,
    fits: fits.map(fitWire),
    better: better ? fitWire(better) : null,
    state: stored.state,
    appliedAt: stored.appliedAt?.toISOString() ?? null,
    counts: stored.counts,
    undoable: await undoability(reader, stored),
    stayed: await stayedOf(reader, stored),
    inUse: await goingOn(reader, stored),
  };
}

/** What archiving left when the import was applied, as it stands now. */
async function stayedOf(reader: Reader, { analysis }: StoredImport): Promise<ImportMissingWire[]> {
  const why = new Map((analysis.stayed ?? []).map((one) => [one.record, one.why]));
  const records = await recordsById(reader, [...why.keys()]);
  return missingWires(reader, [...records.values()], why, why.size);
}

/** What takes clearly more of the file than the way in which it is read now. */
export function betterOf({ kind, analysis }: Pick<StoredImport, 'kind' | 'analysis'>): KindFit | undefined {
  const { mapping, columns, fits = [] } = analysis;
  const placed = mapping.columns.filter(
    (rule, index) => rule.target !== null && (columns[index]?.filled ?? 0) > 0,
  ).length;
  return betterFit(fits, { kind, profile: mapping.profile, placed });
}

function fitWire({ profile, ...fit }: KindFit): ImportFitWire {
  return { ...fit, profile: profile && { id: profile.id, name: profile.label } };
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
    ...(field?.type === 'day' && (rule?.dateOrder || column?.dates)
      ? { dateOrder: rule?.dateOrder ?? evident }
      : {}),
    ...(column?.dates ? { dates: column.dates } : {}),
    ...(rule?.decimal ? { decimal: rule.decimal } : {}),
    ...(rule?.values ? { values: rule.values } : {}),
  };
}
