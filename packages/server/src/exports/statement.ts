import { Readable } from 'node:stream';
import type { PublishedStatement } from '@throughline/domain/soa/published.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { countsWords, headOf, type PaperVersion, statementPaper } from './statement-paper.ts';
import {
  applicableWords,
  evidenceWords,
  optionWords,
  placeWords,
  severalWords,
  sourceWords,
  testsWords,
} from './statement-words.ts';
import { xlsxSheets } from './xlsx.ts';

export const statementFormats = ['csv', 'xlsx', 'docx', 'pdf'] as const;
export type StatementFormat = (typeof statementFormats)[number];

/** The columns in the order in which auditors read a statement: what, whether, why, how far, and what is wrong. */
export const statementColumns = [
  'Control',
  'Title',
  'Topic',
  'Objective',
  'Applicable',
  'Reasons for inclusion',
  'Justification of inclusion or exclusion',
  'Called for by',
  'Decided on',
  'Approved',
  'Put in place',
  'Implementation',
  'In place',
  'Of',
  'Implemented by',
  'Evidence',
  'Owner',
  'Last test',
  'Conclusion',
  'Tester',
  'Tests that stood',
  'Next test',
  'Contradictions and gaps',
  'Line',
] as const;
/** What each row of a text with commas says too, for it has no head; a workbook says it once. */
export const statementMoment = ['As of', 'Place in the log'] as const;

/** Widths of columns in characters: sentences are read over a few lines, days and numbers stand on one. */
const short = 13;
const widths: Readonly<Partial<Record<(typeof statementColumns)[number], number>>> = {
  Control: 11,
  Title: 32,
  Topic: 26,
  Objective: 40,
  'Reasons for inclusion': 26,
  'Justification of inclusion or exclusion': 48,
  'Called for by': 36,
  'Put in place': 24,
  Implementation: 18,
  'In place': 9,
  Of: 7,
  'Implemented by': 26,
  Evidence: 30,
  Owner: 22,
  Conclusion: 17,
  Tester: 22,
  'Tests that stood': 44,
  'Contradictions and gaps': 56,
};

type Cell = string | number | null;

/** One row for each control. */
export function statementRows({ rows }: PublishedStatement): Cell[][] {
  return rows.map((row) => [
    row.id,
    row.title,
    row.topic ?? 'Own control',
    row.objective,
    applicableWords(row),
    optionWords('applicability', 'reasons', row.reasons).join(', ') || null,
    row.justification,
    sourceWords(row) || null,
    row.decidedOn,
    row.decided === 'unapproved' ? 'No' : row.decided === 'none' ? null : 'Yes',
    row.place && (row.place.at === 'organisation' ? 'Once, by the organisation' : 'On each system'),
    row.place && placeWords[row.place.state],
    row.place?.inPlace ?? null,
    row.place?.of ?? null,
    severalWords(row.implementedBy) || null,
    evidenceWords(row.evidence) || null,
    row.owner,
    row.test?.on ?? null,
    row.test ? (optionWords('control-test', 'conclusion', [row.test.conclusion])[0] ?? null) : null,
    row.test?.tester ?? null,
    testsWords(row) || null,
    row.nextTest,
    row.faults.join(' ') || null,
    row.line,
  ]);
}

const media: Readonly<Record<StatementFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export type StatementFile = { readonly media: string; readonly name: string; readonly body: Readable };

/** The statement as a file in the form that auditors know: as it stands, or a version of it. */
export async function statementFile(
  statement: PublishedStatement,
  format: StatementFormat,
  about: { readonly version: PaperVersion | null; readonly timeZone: string },
): Promise<StatementFile> {
  const { version } = about;
  const of = version === null ? statement.asOf.slice(0, 10) : `version-${version.version}`;
  const name = `statement-of-applicability-${of}.${format}`;
  return { media: media[format], name, body: await bodyOf(statement, format, about) };
}

async function bodyOf(
  statement: PublishedStatement,
  format: StatementFormat,
  about: { readonly version: PaperVersion | null; readonly timeZone: string },
): Promise<Readable> {
  switch (format) {
    case 'csv': {
      const { asOf, index } = statement;
      const rows = statementRows(statement).map((row) => csvLine([...row, asOf, index]));
      return Readable.from([byteOrderMark, csvLine([...statementColumns, ...statementMoment]), ...rows]);
    }
    case 'xlsx':
      return Readable.from([
        await xlsxSheets(
          {
            name: 'About this statement',
            title: 'Statement of Applicability',
            facts: [...headOf(statement, about), ['Counts', countsWords(statement)]],
          },
          'Statement of Applicability',
          statementColumns.map((label) => ({ label, width: widths[label] ?? short })),
          statementRows(statement),
        ),
      ]);
    case 'docx': {
      const { paperDocx } = await import('./paper-docx.ts');
      return Readable.from([await paperDocx(statementPaper(statement, about))]);
    }
    case 'pdf': {
      const { paperPdf } = await import('./paper-pdf.ts');
      return Readable.from([await paperPdf(statementPaper(statement, about))]);
    }
  }
}
