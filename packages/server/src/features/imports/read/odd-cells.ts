import { formulaWithoutValue } from '@throughline/domain/import/error-cells.ts';

/** A cell that has no value to show: an error, or a formula whose result was never kept. Row and column from 0. */
export type OddCell = { readonly row: number; readonly column: number; readonly text: string };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of XML that was read byte by byte (latin1), as what it says in UTF-8. */
function said(latin: string): string {
  return Buffer.from(latin, 'latin1')
    .toString('utf8')
    .replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

/**
 * Error cells and formulas without a kept result in one sheet, which a reader of values shows as empty. `xml` is the
 * sheet read as latin1. Programs that write files without calculating them leave `<v>` out or empty; a formula that
 * answers the empty text (`t="str"`) has a value.
 */
export function oddCells(xml: string): OddCell[] {
  if (!xml.includes('t="e"') && !/<f[ >/]/.test(xml)) return [];
  const found: OddCell[] = [];
  for (const [, about = '', inner = ''] of xml.matchAll(/<c\b([^>]*[^/>])>([\s\S]*?)<\/c>/g)) {
    const place = /\br="([A-Z]{1,3})(\d{1,7})"/.exec(about);
    if (!place) continue;
    const value = /<v\b[^>]*>([^<]*)<\/v>/.exec(inner)?.[1] ?? '';
    const text = textOf(about, inner, value);
    if (text !== null) found.push({ row: Number(place[2]) - 1, column: columnOf(place[1] ?? ''), text });
  }
  return found;
}

function textOf(about: string, inner: string, value: string): string | null {
  if (/\bt="e"/.test(about)) return said(value) || '#ERROR!';
  if (!/<f[ >/]/.test(inner) || value !== '') return null;
  if (/\bt="str"/.test(about) && /<v\b/.test(inner)) return null;
  return formulaWithoutValue(said(/<f\b[^>]*>([^<]*)<\/f>/.exec(inner)?.[1] ?? ''));
}

/** Column A is 0. */
export function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** The part that holds a sheet, by the workbook and its relations (ECMA-376 part 1, 12.3.24); nothing where it is not said. */
export function sheetPart(workbook: string, relations: string, sheet: string): string | undefined {
  for (const [, about = ''] of workbook.matchAll(/<sheet\b([^>]*)>/g)) {
    if (said(attribute(about, 'name')) !== sheet) continue;
    const id = attribute(about, '[a-z]+:id');
    for (const [, relation = ''] of relations.matchAll(/<Relationship\b([^>]*)>/g))
      if (attribute(relation, 'Id') === id)
        return `xl/${attribute(relation, 'Target').replace(/^\/xl\//, '')}`;
  }
  return undefined;
}

/** The name of the sheet that a part holds; nothing where the workbook names none. */
export function sheetOf(workbook: string, relations: string, part: string): string | undefined {
  for (const [, about = ''] of workbook.matchAll(/<sheet\b([^>]*)>/g)) {
    const sheet = said(attribute(about, 'name'));
    if (sheetPart(workbook, relations, sheet) === part) return sheet;
  }
  return undefined;
}

const attribute = (about: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(about)?.[1] ?? '';

/** The rows of a sheet with what its odd cells say in their places. */
export function withOddCells(cells: readonly string[][], odd: readonly OddCell[]): string[][] {
  const rows = cells.map((row) => [...row]);
  for (const { row, column, text } of odd) {
    while (rows.length <= row) rows.push([]);
    const cellsOfRow = rows[row] ?? [];
    while (cellsOfRow.length <= column) cellsOfRow.push('');
    if (cellsOfRow[column] === '') cellsOfRow[column] = text;
  }
  return rows;
}
