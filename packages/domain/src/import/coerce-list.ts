import { isObject } from '../json.ts';
import { trimmed } from './words.ts';

/** The items of a cell that lists several things, in any of the notations that files use. */
export function listItems(cell: string): string[] {
  return (jsonItems(cell) ?? textItems(cell)).map(trimmed).filter((item) => item !== '');
}

function jsonItems(cell: string): string[] | undefined {
  if (!/^\[.*\]$/s.test(cell)) return undefined;
  try {
    const read: unknown = JSON.parse(cell);
    if (!Array.isArray(read) || read.some((item) => isObject(item) || Array.isArray(item))) return undefined;
    return read.map(String);
  } catch (error) {
    // Brackets that hold no JSON: `['a', 'b']` and `[a, b]` are read as text between brackets.
    if (error instanceof SyntaxError) return textItems(cell.slice(1, -1)).map(unquoted);
    throw error;
  }
}

function textItems(cell: string): string[] {
  const lines = cell.split('\n').map((line) => line.replace(/^\s*(?:[-*•·]|\d{1,2}[.)])\s+/u, ''));
  if (lines.filter((line) => line.trim() !== '').length > 1) return lines;
  for (const sign of [';', '|']) if (cell.includes(sign)) return cell.split(sign);
  const parts = cell.split(',');
  // A comma is also a sign of prose: it separates only where every part is short.
  return parts.every((part) => part.trim().length <= 60) ? parts : [cell];
}

function unquoted(item: string): string {
  return item.trim().replace(/^(['"])(.*)\1$/s, '$2');
}
