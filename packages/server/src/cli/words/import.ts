import { refTarget } from '@throughline/domain/import/mapping.ts';
import type { KindFit } from '@throughline/domain/import/recognise.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { ImportCellWire, ImportPreviewWire, ImportWire } from '@throughline/domain/wire-import.ts';
import { counted, grouped, type Terminal } from '../terminal.ts';
import { table } from './table.ts';

const shownAtMost = 20;
const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const confidences = { sure: 'sure', likely: 'likely', unsure: 'look at it', unused: '' } as const;

/** What an import did, or would do: counts, then what was not taken as it stands in the file, then the columns. */
export function importLines(
  kind: Kind,
  wire: ImportWire,
  preview: ImportPreviewWire,
  terminal: Terminal,
): string[] {
  const { file } = wire;
  const applied = wire.state === 'applied';
  const what = `${counted(file.rows, 'row')} read as ${kind.plural.toLowerCase()}`;
  const how = [
    file.encoding,
    file.delimiter === null ? null : (delimiters[file.delimiter] ?? file.delimiter),
    file.sheet && `sheet ${file.sheet}`,
  ]
    .filter((part) => part)
    .join(', ');
  return [
    `${terminal.bold(file.name)}: ${what}${how ? ` (${how})` : ''}${wire.profile ? `, by the profile ${wire.profile}` : ''}.`,
    ...wire.notes,
    '',
    ...ownLines(preview),
    ...countLines(preview, applied),
    ...cellLines('Rejected', preview.rejected, preview.counts.rejected, terminal),
    ...(preview.counts.rejected > 0
      ? ['--rejected FILE keeps every row that is not taken whole, to mend and import again.']
      : []),
    ...cellLines('Read as something else', preview.coerced, preview.counts.coerced, terminal),
    ...missingLines(preview, wire, terminal),
    ...(applied ? [] : columnLines(kind, wire, terminal)),
    '',
    applied ? 'Imported.' : 'Nothing was imported.',
  ];
}

/** What the rows of a file could be, and why. */
export function fitLine(registry: Registry, fit: KindFit): string {
  const { plural } = registry.get(fit.kind);
  const columns = `${grouped(fit.placed)} of ${counted(fit.of, 'column')}`;
  return [`${plural.toLowerCase()} (${fit.sureness}), with a place for ${columns}.`, ...fit.why].join(' ');
}

function ownLines({ own }: ImportPreviewWire): string[] {
  if (!own) return [];
  return [`${grouped(own.records)} of ${counted(own.of, 'row')} are records you have.`, ''];
}

function countLines({ counts }: ImportPreviewWire, applied: boolean): string[] {
  const rows: [string, number, string][] = [
    ['Added', counts.added, ''],
    ['Changed', counts.changed, ''],
    ['Unchanged', counts.unchanged, ''],
    ['Missing', counts.missing, 'came with an earlier file and stand in this one no more'],
    ['Coerced', counts.coerced, 'cells, read as something else than they say'],
    ['Rejected', counts.rejected, 'cells and rows, not taken'],
  ];
  const columns = [{ header: applied ? 'Done' : 'Would be' }, { header: '', right: true }, { header: '' }];
  return table(
    columns,
    rows.map(([name, count, note]) => [name, grouped(count), count > 0 ? note : '']),
  );
}

function cellLines(
  head: string,
  cells: readonly ImportCellWire[],
  count: number,
  terminal: Terminal,
): string[] {
  if (count === 0) return [];
  const columns = [
    { header: 'Row', right: true },
    { header: 'Column', most: 40 },
    { header: 'In the file', most: 30 },
    { header: 'Why', most: 80 },
  ];
  const rows = cells
    .slice(0, shownAtMost)
    .map((cell) => [String(cell.row), cell.column, cell.raw, cell.message]);
  const rest = count - rows.length;
  return [
    '',
    terminal.bold(head),
    ...table(columns, rows, terminal.width),
    ...(rest > 0 ? [`and ${grouped(rest)} more; --json holds up to 500.`] : []),
  ];
}

function missingLines(
  { missing, counts }: ImportPreviewWire,
  { stayed }: ImportWire,
  terminal: Terminal,
): string[] {
  if (counts.missing === 0) return [];
  const shown = missing.slice(0, shownAtMost);
  const rest = counts.missing - shown.length;
  return [
    '',
    terminal.bold('Missing in this file'),
    ...table(
      [{ header: 'Ref' }, { header: 'Title', most: 80 }, { header: 'Not archived, because', most: 80 }],
      shown.map((record) => [record.ref, record.title, record.whyItStays ?? '']),
      terminal.width,
    ),
    ...(rest > 0 ? [`and ${grouped(rest)} more.`] : []),
    ...archivingLines(counts, stayed.length),
  ];
}

function archivingLines({ missing, stays }: ImportPreviewWire['counts'], stayed: number): string[] {
  if (stayed > 0) return [`${counted(stayed, 'record')} stayed as they are; the reason stands beside each.`];
  if (stays === 0) return ['They are kept. --archive-missing archives them.'];
  return [
    `They are kept. --archive-missing archives ${grouped(missing - stays)}, and leaves ${grouped(stays)}.`,
  ];
}

function columnLines(kind: Kind, wire: ImportWire, terminal: Terminal): string[] {
  const columns = [
    { header: 'Column in the file', most: 50 },
    { header: 'Goes to', most: 40 },
    { header: 'How sure' },
    { header: 'Filled', right: true },
  ];
  const rows = wire.columns.map((column) => [
    column.header,
    column.target === null ? 'kept beside the record' : labelOf(kind, column.target),
    confidences[column.confidence],
    grouped(column.filled),
  ]);
  return ['', terminal.bold('Columns'), ...table(columns, rows, terminal.width)];
}

function labelOf(kind: Kind, target: string): string {
  if (target === 'state') return kind.lifecycle.label ?? 'State';
  if (target === 'key') return 'Key of the row';
  if (target === refTarget) return 'The record itself';
  return (
    kind.fields[target]?.label ?? kind.relations[target]?.label ?? target.replace(/^external:/, 'Class of ')
  );
}
