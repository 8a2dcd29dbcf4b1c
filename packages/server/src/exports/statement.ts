import { Readable } from 'node:stream';
import type { PublishedStatement } from '@throughline/domain/soa/published.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { type PaperVersion, statementPaper } from './statement-paper.ts';
import { applicableWords, optionWords, placeWords, severalWords, sourceWords } from './statement-words.ts';
import { xlsxStream } from './xlsx.ts';

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
  'Next test',
  'Contradictions and gaps',
  'Line',
  'As of',
  'Place in the log',
] as const;

type Cell = string | number | null;

/** One row for each control. */
export function statementRows({ rows, asOf, index }: PublishedStatement): Cell[][] {
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
    severalWords(row.evidence) || null,
    row.owner,
    row.test?.on ?? null,
    row.test ? (optionWords('control-test', 'conclusion', [row.test.conclusion])[0] ?? null) : null,
    row.nextTest,
    row.faults.join(' ') || null,
    row.line,
    asOf,
    index,
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
      const rows = statementRows(statement);
      return Readable.from([byteOrderMark, csvLine(statementColumns), ...rows.map((row) => csvLine(row))]);
    }
    case 'xlsx':
      return Readable.fromWeb(
        xlsxStream('Statement of Applicability', statementColumns, eachOf(statementRows(statement))),
      );
    // What writes paper holds a tenth of an idle server's memory: it is loaded when somebody asks for paper.
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

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
