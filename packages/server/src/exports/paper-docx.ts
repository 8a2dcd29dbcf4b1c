import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type Paper, printable } from './paper.ts';

/** Twentieths of a point: A4 across, with margins of 15 mm. */
const page = { width: 16_838, height: 11_906, margin: 850 };
const room = page.width - 2 * page.margin;
/** Half points. */
const small = 15;
/** A row of more text than this may break over pages; a shorter one stays whole. */
const wholeRow = 1_200;

/** The paper as a text document (Office Open XML): a real table whose head stands on each page, and real headings. */
export async function paperDocx(paper: Paper): Promise<Buffer> {
  const document = new Document({
    title: printable(paper.title),
    creator: 'Throughline',
    description: printable(paper.lead),
    styles: { default: { document: { run: { font: 'Calibri', size: 18 } } } },
    sections: [
      {
        properties: {
          page: {
            // Given upright: the library turns it over.
            size: { width: page.height, height: page.width, orientation: PageOrientation.LANDSCAPE },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
          },
        },
        footers: { default: new Footer({ children: [foot(paper)] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: runs(paper.title, { size: 36 }) }),
          headTable(paper),
          new Paragraph({ spacing: { before: 160, after: 160 }, children: runs(paper.lead, { bold: true }) }),
          rowsTable(paper),
          ...paper.lists.flatMap(listed),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

type Look = { readonly size?: number; readonly bold?: boolean };

/** Lines of a text, each on a line of its own. */
const runs = (text: string, look: Look = {}): TextRun[] =>
  printable(text)
    .split('\n')
    .map((line, at) => new TextRun({ ...look, text: line, ...(at === 0 ? {} : { break: 1 }) }));

function foot({ foot: words }: Paper): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [
      new TextRun({ size: small, text: `${printable(words)} · ` }),
      new TextRun({ size: small, children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  });
}

const cell = (text: string, width: number, look: Look = {}, more: { fill?: string; span?: number } = {}) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 70, right: 70 },
    ...(more.span === undefined ? {} : { columnSpan: more.span }),
    ...(more.fill === undefined
      ? {}
      : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: more.fill } }),
    children: [new Paragraph({ children: runs(text, { size: small, ...look }) })],
  });

function headTable({ head }: Paper): Table {
  const widths = [Math.round(room * 0.16), Math.round(room * 0.84)];
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    rows: head.map(
      ([label, words]) =>
        new TableRow({
          children: [cell(label, widths[0] ?? 0, { bold: true }), cell(words, widths[1] ?? 0)],
        }),
    ),
  });
}

function rowsTable({ columns, groups }: Paper): Table {
  const widths = columns.map(({ share }) => Math.round(room * share));
  const inRow = (cells: readonly string[], look: Look, fill?: string) =>
    cells.map((text, at) => cell(text, widths[at] ?? 0, look, fill === undefined ? {} : { fill }));
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: inRow(
          columns.map(({ label }) => label),
          { bold: true },
          'E1E4E8',
        ),
      }),
      ...groups.flatMap(({ title, rows }) => [
        new TableRow({
          cantSplit: true,
          children: [cell(title, room, { bold: true }, { fill: 'F4F5F6', span: columns.length })],
        }),
        ...rows.map(
          (cells) =>
            new TableRow({
              cantSplit: cells.every((text) => text.length <= wholeRow),
              children: inRow(cells, {}),
            }),
        ),
      ]),
    ],
  });
}

function listed({ title, items, none }: Paper['lists'][number]): Paragraph[] {
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      spacing: { before: 240, after: 80 },
      children: runs(title, { size: 24, bold: true }),
    }),
    ...(items.length === 0
      ? [new Paragraph({ children: runs(none) })]
      : items.map((item) => new Paragraph({ bullet: { level: 0 }, children: runs(item) }))),
  ];
}
