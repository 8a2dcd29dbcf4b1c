import { setImmediate as breathe } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Pdf from 'pdfkit';
import { type Paper, printable } from './paper.ts';
import { FontText } from './paper-text.ts';

/** Points: A4 across. */
const page = { width: 841.89, height: 595.28, margin: 40, foot: 24 };
const room = page.width - 2 * page.margin;
const bottom = page.height - page.margin - page.foot;
const sizes = { title: 18, body: 9, cell: 7 } as const;
const padding = 3;
/** Rows between which other requests of the process come in. */
const rowsAtOnce = 20;

const fontFile = (name: string) => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));

/**
 * The paper as pages (PDF 1.7, ISO 32000): fonts embedded, the head of the table on each page, the number at each foot.
 * The fonts hold Latin, Greek, Cyrillic, Armenian and Georgian letters; what is written in another script shows as
 * boxes, and the end of the file counts them, so that nobody takes a box for what was written.
 */
export async function paperPdf(paper: Paper): Promise<Buffer> {
  const draft = new Draft(paper);
  return draft.finished();
}

type Weight = 'plain' | 'bold';

class Draft {
  readonly #paper: Paper;
  readonly #doc: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #texts: Readonly<Record<Weight, FontText>>;
  readonly #widths: readonly number[];
  #y = page.margin;

  constructor(paper: Paper) {
    this.#paper = paper;
    this.#widths = paper.columns.map(({ share }) => share * room);
    this.#doc = new Pdf({
      size: [page.width, page.height],
      margin: 0,
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      pdfVersion: '1.7',
      info: {
        Title: printable(paper.title),
        Creator: 'Throughline',
        CreationDate: paper.at,
        ModDate: paper.at,
      },
    });
    this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#doc.registerFont('plain', fontFile('DejaVuSansCondensed'));
    this.#doc.registerFont('bold', fontFile('DejaVuSansCondensed-Bold'));
    const of = (weight: Weight) =>
      new FontText((letter) => this.#doc.font(weight).fontSize(1_000).widthOfString(letter));
    this.#texts = { plain: of('plain'), bold: of('bold') };
  }

  async finished(): Promise<Buffer> {
    const { title, head, lead, groups, lists, columns } = this.#paper;
    this.#paragraph(title, 'bold', sizes.title);
    this.#y += 4;
    for (const [label, words] of head) this.#labelled(label, words);
    this.#y += 6;
    this.#paragraph(lead, 'bold', sizes.body);
    this.#y += 6;
    this.#head(columns.map(({ label }) => label));
    let done = 0;
    for (const { title: name, rows } of groups) {
      this.#group(name);
      for (const cells of rows) {
        this.#row(cells);
        done += 1;
        if (done % rowsAtOnce === 0) await breathe();
      }
    }
    for (const list of lists) this.#list(list);
    this.#uncovered();
    this.#feet();
    const ended = new Promise<void>((resolve) => this.#doc.on('end', resolve));
    this.#doc.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #turn(): void {
    this.#doc.addPage();
    this.#y = page.margin;
  }

  #lines(text: string, weight: Weight, size: number, width: number): string[] {
    return this.#texts[weight].lines(printable(text), size, width);
  }

  #write(line: string, x: number, y: number, weight: Weight, size: number): void {
    this.#doc.font(weight).fontSize(size).fillColor('black').text(line, x, y, { lineBreak: false });
  }

  #paragraph(text: string, weight: Weight, size: number, indent = 0): void {
    for (const line of this.#lines(text, weight, size, room - indent)) {
      if (this.#y + size * 1.35 > bottom) this.#turn();
      this.#write(line, page.margin + indent, this.#y, weight, size);
      this.#y += size * 1.35;
    }
  }

  #labelled(label: string, words: string): void {
    const before = this.#y;
    this.#write(label, page.margin, this.#y, 'bold', sizes.body);
    this.#paragraph(words, 'plain', sizes.body, 110);
    if (this.#y === before) this.#y += sizes.body * 1.35;
  }

  /** The head of the table, here and at the top of each page that goes on with it. */
  #head(labels: readonly string[]): void {
    const lines = labels.map((label, at) => this.#inCell(label, at, 'bold'));
    const height = Math.max(...lines.map((one) => one.length)) * leading + 2 * padding;
    if (this.#y + height + 4 * leading > bottom) this.#turn();
    this.#doc.rect(page.margin, this.#y, room, height).fill('#e1e4e8');
    this.#cells(lines, 'bold');
    this.#y += height;
  }

  #group(title: string): void {
    const height = leading + 2 * padding;
    if (this.#y + height + 3 * leading > bottom) this.#goOn();
    this.#doc.rect(page.margin, this.#y, room, height).fill('#f4f5f6');
    const [line = ''] = this.#lines(title, 'bold', sizes.cell, room - 2 * padding);
    this.#write(line, page.margin + padding, this.#y + padding, 'bold', sizes.cell);
    this.#y += height;
  }

  /** A row stays whole where it fits a page; one that is longer goes on over the next. */
  #row(cells: readonly string[]): void {
    const lines = cells.map((text, at) => this.#inCell(text, at, 'plain'));
    const all = Math.max(1, ...lines.map((one) => one.length));
    const fits = () => Math.floor((bottom - this.#y - 2 * padding) / leading);
    if (fits() < all && (all <= linesOfPage || fits() < 3)) this.#goOn();
    for (let from = 0; from < all; ) {
      const take = Math.min(Math.max(1, fits()), all - from);
      this.#cells(
        lines.map((one) => one.slice(from, from + take)),
        'plain',
      );
      this.#y += take * leading + 2 * padding;
      this.#rule();
      from += take;
      if (from < all) this.#goOn();
    }
  }

  #goOn(): void {
    this.#turn();
    this.#head(this.#paper.columns.map(({ label }) => label));
  }

  #rule(): void {
    this.#doc
      .moveTo(page.margin, this.#y)
      .lineTo(page.margin + room, this.#y)
      .lineWidth(0.4)
      .stroke('#868e99');
  }

  #inCell(text: string, at: number, weight: Weight): string[] {
    return this.#lines(text, weight, sizes.cell, (this.#widths[at] ?? 0) - 2 * padding);
  }

  #cells(lines: readonly (readonly string[])[], weight: Weight): void {
    let x = page.margin;
    for (const [at, one] of lines.entries()) {
      for (const [down, line] of one.entries())
        this.#write(line, x + padding, this.#y + padding + down * leading, weight, sizes.cell);
      x += this.#widths[at] ?? 0;
    }
  }

  #list({ title, items, none }: Paper['lists'][number]): void {
    this.#y += 12;
    if (this.#y + 40 > bottom) this.#turn();
    this.#paragraph(title, 'bold', 11);
    this.#y += 2;
    if (items.length === 0) this.#paragraph(none, 'plain', sizes.body);
    for (const item of items) {
      if (this.#y + sizes.body * 1.35 > bottom) this.#turn();
      this.#write('•', page.margin, this.#y, 'plain', sizes.body);
      this.#paragraph(item, 'plain', sizes.body, 12);
    }
  }

  #uncovered(): void {
    const count = this.#texts.plain.uncovered + this.#texts.bold.uncovered;
    if (count === 0) return;
    this.#y += 10;
    this.#paragraph(
      `${count} characters here are in scripts that the fonts of this file do not hold, and show as □. The text document and the spreadsheet hold them as they were written.`,
      'plain',
      sizes.body,
    );
  }

  #feet(): void {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let at = 0; at < count; at += 1) {
      this.#doc.switchToPage(start + at);
      const number = `Page ${at + 1} of ${count}`;
      const width = this.#texts.plain.width(number, sizes.cell);
      const y = page.height - page.margin;
      const [words = ''] = this.#lines(this.#paper.foot, 'plain', sizes.cell, room - width - 20);
      this.#write(words, page.margin, y, 'plain', sizes.cell);
      this.#write(number, page.margin + room - width, y, 'plain', sizes.cell);
    }
  }
}

const leading = sizes.cell * 1.3;
/** Lines that fit a page with the head of the table on it. */
const linesOfPage = Math.floor((bottom - page.margin - 4 * leading - 4 * padding) / leading);
