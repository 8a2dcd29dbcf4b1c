import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import type { Names } from '../../api/members.ts';
import { approvalWord } from '../../kinds/line-label.ts';
import { valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { columnLabel } from './register-columns.ts';

/** RFC 4180 2.5–2.7; a leading sign that a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** What a cell says, as text. */
export const columnText = (kind: KindWire, id: string, row: RowWire, names: Names): string => {
  if (id === 'state') return kind.states[row.state]?.label ?? row.state;
  if (id === 'updated') return row.updatedAt;
  if (id === 'approval') return row.approval === undefined ? '' : approvalWord(row.approval);
  if (id === 'line') return row.line?.strip ?? '';
  if (id === 'gaps') return row.line === undefined || row.line.strip === null ? '' : String(row.line.gaps);
  const field = kind.fields[id];
  if (field === undefined) return (row.links?.[id] ?? []).map((ref) => ref.ref).join(', ');
  // Days and numbers go out as they are kept, so that another program reads them.
  if (field.type === 'day' || field.type === 'moment' || field.type === 'number')
    return String(row.fields[id] ?? '');
  return valueText(field, row.fields[id], names);
};

/** The given rows with the columns on screen, as CSV in UTF-8. */
export const rowsAsCsv = (
  kind: KindWire,
  columns: readonly string[],
  rows: readonly RowWire[],
  names: Names,
): string => {
  const title = kind.fields[kind.title]?.label ?? kind.label;
  const head = [t('register.ref'), title, ...columns.map((id) => columnLabel(kind, id))];
  const body = rows.map((row) => [
    row.ref,
    row.title,
    ...columns.map((id) => columnText(kind, id, row, names)),
  ]);
  return [head, ...body].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
};

/** Hands a text to the browser as a file. */
export const downloadCsv = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([`\u{feff}${text}`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};
