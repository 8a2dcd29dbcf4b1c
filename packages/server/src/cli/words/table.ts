export type TableColumn = { readonly header: string; readonly right?: boolean; readonly most?: number };

const gap = '  ';
const smallest = 6;

/**
 * Rows under their heads, aligned by what a terminal shows. Cells stay on one line; where the lines are longer than
 * `width`, the widest columns are cut with "…" until they fit.
 */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const lines = rows.map((row) => columns.map((_, at) => oneLine(row[at] ?? '')));
  const widths = columns.map((column, at) => {
    const longest = Math.max(cells(column.header), ...lines.map((line) => cells(line[at] ?? '')));
    return Math.min(longest, column.most ?? Number.POSITIVE_INFINITY);
  });
  fit(widths, width);
  const render = (line: readonly string[]) =>
    columns
      .map((column, at) => aligned(line[at] ?? '', widths[at] ?? 0, column.right === true))
      .join(gap)
      .trimEnd();
  return [render(columns.map((column) => column.header)), ...lines.map(render)];
}

function fit(widths: number[], width: number): void {
  const total = () => widths.reduce((sum, one) => sum + one, 0) + gap.length * (widths.length - 1);
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest <= smallest) return;
    widths[widths.indexOf(widest)] = Math.max(smallest, widest - (total() - width > 8 ? 4 : 1));
  }
}

function aligned(text: string, width: number, right: boolean): string {
  const cut = cells(text) > width ? `${clipped(text, width - 1)}…` : text;
  const space = ' '.repeat(Math.max(0, width - cells(cut)));
  return right ? space + cut : cut + space;
}

function clipped(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += cells(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// East Asian wide and full-width letters, and pictures, take two cells of a terminal.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const plain = /^[\x20-\x7e]*$/;

/** How many cells of a terminal a text takes. */
export function cells(text: string): number {
  if (plain.test(text)) return text.length;
  let count = 0;
  for (const { segment } of graphemes.segment(text)) count += wide.test(segment) ? 2 : 1;
  return count;
}

/** What records hold may say anything; nothing of it moves the cursor of a terminal. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' · ').replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

/** Paragraphs broken at spaces, each line after `indent`. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const room = Math.max(20, width - cells(indent));
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && cells(line) + 1 + cells(word) > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
