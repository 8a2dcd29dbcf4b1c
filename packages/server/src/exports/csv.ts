/**
 * One CSV line after RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which
 * spreadsheets hide and our own import takes away again; numbers stay as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r']/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The mark that tells spreadsheets UTF-8; our own import drops it. */
export const byteOrderMark = '\uFEFF';
