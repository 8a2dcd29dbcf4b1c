import { shown } from '@throughline/domain/text.ts';
import { columnOf } from './odd-cells.ts';
import { limits, tooLarge, unreadable } from './table.ts';

/** What a sheet can have at most by its format (ECMA-376; Excel, specifications and limits). */
export const format = { columns: 16_384, rows: 1_048_576, cell: 32_767 } as const;

/** No text and no tag of an honest file is longer; a reader that goes piece by piece takes ever longer over one. */
const longest = 1024 * 1024;
const mostPlaces = 20_000_000;

export type PartOfBook = {
  readonly file: string;
  readonly part: string;
  /** As a person knows it, at the beginning of a sentence: `Sheet "Data"`, or the part's own name. */
  readonly called: string;
  /** Read as latin1, so that a place is a byte. */
  readonly xml: string;
};

/**
 * Goes over one part once, before anything else reads it: rows and columns within the format, cells no longer than it
 * allows, each closed before the next begins. Throws `too-large` or `unsupported` with sheet, row and column. `shared` are
 * the shared texts that are too long, by their number: where a cell shows one, that cell is named. Takes time in
 * proportion to the part's length, whatever it holds.
 */
export function ensureBounded(book: PartOfBook, shared: ReadonlyMap<number, number>): void {
  const { xml } = book;
  const reach = { row: 0, column: 0 };
  const last = { row: 0, column: 0 };
  let opened: { readonly at: number; readonly shares: boolean } | undefined;
  for (const { from, to, before } of pieces(xml)) {
    if (opened && before > longest) ensureShort(book, last, charactersOf(xml.slice(from - before, from)));
    ensurePiece(book, { from, to, before });
    const name = nameAt(xml, from + 1);
    if (name === 'row') {
      last.row = rowOf(book, xml.slice(from, to)) ?? last.row + 1;
      last.column = 0;
    } else if (name === 'c') {
      if (opened) throw unreadable(book.file, `A cell of ${book.called} is never closed.`, at(last));
      placeCell(book, xml.slice(from, to), last);
      reach.row = Math.max(reach.row, last.row);
      reach.column = Math.max(reach.column, last.column);
      if (xml[to - 1] !== '/')
        opened = { at: to + 1, shares: /\st\s*=\s*["']s["']/.test(xml.slice(from, to)) };
    } else if (name === '/c' && opened) {
      const inner = xml.slice(opened.at, from);
      if (inner.length > format.cell) ensureShort(book, last, charactersOf(inner));
      if (opened.shares) ensureShort(book, last, shared.get(numberIn(inner)) ?? 0);
      opened = undefined;
    }
  }
  if (reach.column * reach.row > mostPlaces || reach.column > limits.columns * 4)
    throw tooLarge(
      book.file,
      `${book.called} reaches over ${reach.column} columns and ${reach.row} rows.`,
      book.part,
    );
}

/** Shared texts that are longer than a cell may be: their numbers, as cells name them, and how long they are. */
export function longShared(book: PartOfBook): ReadonlyMap<number, number> {
  const { xml } = book;
  const long = new Map<number, number>();
  let number = -1;
  let opened = 0;
  for (const { from, to } of pieces(xml)) {
    const name = nameAt(xml, from + 1);
    if (name === 'si') {
      number += 1;
      opened = to + 1;
    } else if (name === '/si' && from - opened > format.cell) {
      const length = charactersOf(xml.slice(opened, from));
      if (length > format.cell) long.set(number, length);
    }
  }
  return long;
}

/** Throws `too-large` for a part with a tag, or a text between two, that no honest file has. */
export function ensurePieces(book: PartOfBook): void {
  for (const piece of pieces(book.xml)) ensurePiece(book, piece);
}

type Piece = { readonly from: number; readonly to: number; readonly before: number };

/** Every tag from its `<` to its `>`, with the length of the text before it; the rest of the part as the last one. */
function* pieces(xml: string): Generator<Piece> {
  let done = 0;
  while (done < xml.length) {
    const open = xml.indexOf('<', done);
    const from = open < 0 ? xml.length : open;
    const close = xml.indexOf('>', from);
    const to = close < 0 ? xml.length : close;
    yield { from, to, before: from - done };
    done = to + 1;
  }
}

function ensurePiece({ file, called, part }: PartOfBook, { from, to, before }: Piece): void {
  const length = Math.max(before, to - from);
  if (length > longest)
    throw tooLarge(file, `${called} has ${length.toLocaleString('en')} characters in one piece.`, part);
}

/** `row`, `/c` and the like: the name of a tag without the prefix of its namespace. */
function nameAt(xml: string, start: number): string {
  const closing = xml[start] === '/' ? '/' : '';
  const first = start + closing.length;
  let end = first;
  // A name ends at a blank, a slash or the end of the tag; by codes, because sheets have millions of tags.
  for (let code = xml.charCodeAt(end); end - first < 30 && code > 0x20 && code !== 0x2f && code !== 0x3e; ) {
    end += 1;
    code = xml.charCodeAt(end);
  }
  const name = xml.slice(first, end);
  return `${closing}${name.slice(name.indexOf(':') + 1)}`;
}

function rowOf(book: PartOfBook, tag: string): number | undefined {
  const said = attribute(tag);
  if (said === undefined) return undefined;
  const row = /^\d{1,15}$/.test(said) ? Number(said) : 0;
  if (row >= 1 && row <= format.rows) return row;
  const most = format.rows.toLocaleString('en');
  throw tooLarge(
    book.file,
    `${book.called} has a row "${shown(said)}"; ${most} is the last that a sheet has.`,
    `row ${shown(said)}`,
  );
}

/** Moves `last` to where a cell says that it stands, or to the next column where it does not say. */
function placeCell(book: PartOfBook, tag: string, last: { row: number; column: number }): void {
  const said = attribute(tag);
  if (said === undefined) {
    last.column += 1;
    return;
  }
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(said) ?? [];
  const [column, row] = [columnOf(letters) + 1, Number(digits)];
  if (column < 1 || column > format.columns || row < 1 || row > format.rows)
    throw tooLarge(
      book.file,
      `${book.called} has a cell "${shown(said)}" below row ${last.row || 1}; XFD1048576 is the last that a sheet has.`,
      `cell ${shown(said)}`,
    );
  last.column = column;
  // The row that a cell names and the row that it stands in: the further one is where a reader fills up to.
  last.row = Math.max(last.row, row);
}

function ensureShort(
  { file, called }: PartOfBook,
  place: { row: number; column: number },
  length: number,
): void {
  if (length <= format.cell) return;
  const [has, most] = [length, format.cell].map((count) => count.toLocaleString('en'));
  throw tooLarge(
    file,
    `${called}, row ${place.row}, column ${place.column} has ${has} characters; ${most} is the most.`,
    at(place),
  );
}

const at = ({ row, column }: { row: number; column: number }): string => `row ${row}, column ${column}`;

const attribute = (tag: string): string | undefined => {
  const found = /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag);
  return found ? (found[1] ?? found[2]) : undefined;
};

const numberIn = (inner: string): number =>
  Number(/<(?:\w+:)?v\b[^>]*>\s*(\d{1,9})\s*</.exec(inner)?.[1] ?? -1);

/** How many characters a cell shows: without tags and formula, with entities and `_xHHHH_` as the one that they stand for. */
function charactersOf(latin: string): number {
  let text = '';
  let formula = false;
  for (const { from, to, before } of pieces(latin)) {
    if (!formula) text += latin.slice(from - before, from);
    const tag = nameAt(latin, from + 1);
    if (tag === 'f') formula = latin[to - 1] !== '/';
    else if (tag === '/f') formula = false;
  }
  const said = text.replace(/&#?\w{1,10};|_x[0-9A-Fa-f]{4}_/g, '.');
  return Buffer.from(said, 'latin1').toString('utf8').length;
}
