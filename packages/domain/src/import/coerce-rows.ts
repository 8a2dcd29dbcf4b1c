import { isObject, type Json } from '../json.ts';
import type { CellField, Field } from '../kinds/fields.ts';
import { type Coerced, shown } from './coerced.ts';
import { plainWords, trimmed } from './words.ts';

type Columns = Readonly<Record<string, CellField>>;

/** Whether a cell may say a field: of tables those that files carry in one, as steps of criteria. */
export const comesFromCell = (field: Field): boolean =>
  field.type !== 'file' && (field.type !== 'rows' || field.inCell === true);

/**
 * Rows of a table from one cell: a line for each, its columns as "Step: Rare; Meaning: Once in ten years", as registers
 * are exported, or in their order between upright strokes; or a JSON list of objects. One row that cannot be read refuses
 * the cell: half a scale is another scale.
 * @param read reads the text of one column
 */
export function coerceRows(
  columns: Columns,
  cell: string,
  read: (column: CellField, text: string) => Coerced,
): Coerced {
  const lines = jsonRows(cell) ?? cell.split('\n').filter((line) => trimmed(line) !== '');
  const rows: Record<string, Json>[] = [];
  for (const [position, line] of lines.entries()) {
    const texts = typeof line === 'string' ? textsOf(columns, line) : objectTexts(columns, line);
    if (typeof texts === 'string') return { problem: `Row ${position + 1}: ${texts}` };
    const row: Record<string, Json> = {};
    for (const [name, text] of texts) {
      const column = columns[name];
      if (!column) continue;
      const said = read(column, text);
      if ('problem' in said) return { problem: `Row ${position + 1}, ${column.label}: ${said.problem}` };
      if ('value' in said) row[name] = said.value;
    }
    rows.push(row);
  }
  return { value: rows, note: `Read as a table of ${rows.length}.` };
}

function jsonRows(cell: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (!/^\[.*\]$/s.test(cell)) return undefined;
  try {
    const read: unknown = JSON.parse(cell);
    return Array.isArray(read) && read.every(isObject) ? read : undefined;
  } catch (error) {
    // Brackets that hold no JSON are read as text.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Texts = ReadonlyMap<string, string>;

/** Names of columns by their name and by their label, in plain words. */
function known(columns: Columns): Map<string, string> {
  return new Map(
    Object.entries(columns).flatMap(([name, { label }]): [string, string][] => [
      [plainWords(name), name],
      [plainWords(label), name],
    ]),
  );
}

function objectTexts(columns: Columns, row: Readonly<Record<string, unknown>>): Texts | string {
  const names = known(columns);
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(row)) {
    const name = names.get(plainWords(key));
    if (name === undefined) return `there is no column ${shown(key)}.`;
    if (value === null) continue;
    if (typeof value === 'object') return `${shown(key)} holds more than one value.`;
    texts.set(name, String(value));
  }
  return texts;
}

/** One line: labels before colons where it has them, else the order of the columns. */
function textsOf(columns: Columns, line: string): Texts | string {
  const names = known(columns);
  const texts = new Map<string, string>();
  let last: string | undefined;
  for (const part of line.split(';')) {
    const [, label, text] = /^\s*([^:]{1,60}):(.*)$/s.exec(part) ?? [];
    const name = names.get(plainWords(label ?? ''));
    if (name !== undefined && text !== undefined) {
      if (texts.has(name)) return `${shown(label ?? '')} stands twice.`;
      texts.set(name, text);
      last = name;
    } else if (last === undefined) return byOrder(columns, line);
    // A semicolon within a text parted it.
    else texts.set(last, `${texts.get(last) ?? ''};${part}`);
  }
  return texts;
}

function byOrder(columns: Columns, line: string): Texts | string {
  const parts = line.split('|').map(trimmed);
  const names = Object.keys(columns);
  if (parts.length > names.length) return `${parts.length} columns, where there are ${names.length}.`;
  return new Map(
    parts.flatMap((part, at): [string, string][] => (part === '' ? [] : [[names[at] ?? '', part]])),
  );
}
