/**
 * One CSV line after RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which
 * spreadsheets hide and our own import takes away again; numbers stay as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** What spreadsheets take for a formula, and an apostrophe, so that one that was there is not taken for ours. */
const armed = /^[=+\-@\t\r']/;

/** A cell of `csvLine` as it was before the apostrophe. */
export function disarmed(cell: string): string {
  return cell.startsWith("'") && armed.test(cell.slice(1)) ? cell.slice(1) : cell;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = armed.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The mark that tells spreadsheets UTF-8; our own import drops it. */
export const byteOrderMark = '\uFEFF';
