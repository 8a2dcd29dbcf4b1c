import type { PublishedStatement } from '@throughline/domain/soa/published.ts';
import { statementColumns, statementRows } from './statement.ts';

/** Columns of the spreadsheet that a page of text has room for. */
const shown: readonly (typeof statementColumns)[number][] = [
  'Control',
  'Title',
  'Applicable',
  'Reasons for inclusion',
  'Justification of inclusion or exclusion',
  'Called for by',
  'Implementation',
  'Evidence',
  'Tests that stood',
  'Contradictions and gaps',
  'Line',
];

/** The statement as a text that stays readable without this program: a table in Markdown, a row for each control. */
export function statementText(soa: PublishedStatement): string {
  const { counts } = soa;
  const places = shown.map((column) => statementColumns.indexOf(column));
  const rows = statementRows(soa).map((cells) => places.map((place) => cellText(cells[place] ?? null)));
  return [
    '# Statement of Applicability',
    '',
    `As of ${soa.asOf}. ${counts.annexADecided} of ${counts.annexA} controls of Annex A are decided; ${counts.applicable} apply, ${counts.excluded} are excluded. Contradictions: ${counts.contradictions}.`,
    '',
    line(shown),
    line(shown.map(() => '---')),
    ...rows.map(line),
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A cell on one line that ends no table. */
const cellText = (value: string | number | null): string =>
  String(value ?? '')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ')
    .trim();
