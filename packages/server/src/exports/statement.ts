import { Readable } from 'node:stream';
import { registry } from '@throughline/domain/kinds/all.ts';
import { sentenceText } from '@throughline/domain/soa/published.ts';
import type { PlaceState } from '@throughline/domain/soa/types.ts';
import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { xlsxStream } from './xlsx.ts';

export const statementFormats = ['csv', 'xlsx'] as const;
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
  'Last test',
  'Conclusion',
  'Next test',
  'Contradictions and gaps',
  'Line',
  'As of',
] as const;

type Cell = string | number | null;

/** One row for each control. */
export function statementRows({ rows, asOf }: Pick<SoaWire, 'rows' | 'asOf'>): Cell[][] {
  return rows.map((row) => [
    row.id,
    row.title,
    row.topic ? `${row.topic.id} ${row.topic.title}` : 'Own control',
    row.objective,
    applicableWords(row),
    optionWords('applicability', 'reasons', row.reasons).join(', ') || null,
    row.justification,
    sourceWords(row) || null,
    row.decidedOn,
    row.decided === 'unapproved' ? 'No' : row.decided === 'none' ? null : 'Yes',
    row.placing && (row.placing.at === 'organisation' ? 'Once, by the organisation' : 'On each system'),
    row.placing && placeWords[row.placing.state],
    row.placing?.inPlace ?? null,
    row.placing?.of ?? null,
    row.testing?.last?.on ?? null,
    row.testing?.last
      ? (optionWords('control-test', 'conclusion', [row.testing.last.conclusion])[0] ?? null)
      : null,
    row.testing?.next ?? null,
    row.faults.map(({ sentence }) => sentenceText(sentence)).join(' ') || null,
    row.line?.ref ?? null,
    asOf,
  ]);
}

export const placeWords: Readonly<Record<PlaceState, string>> = {
  'in-place': 'In place',
  partly: 'Partly in place',
  planned: 'Planned',
  missing: 'Not in place',
  'no-systems': 'No running system',
};

/** Whether a control applies. A line that nobody approved decides nothing. */
export function applicableWords({ decided }: Pick<SoaRowWire, 'decided'>): string {
  if (decided === 'applicable') return 'Yes';
  return decided === 'excluded' ? 'No' : 'Not decided';
}

/** `A treatment calls for it: TRT-1, TRT-2 and 4 more`, one reason after the other. */
export function sourceWords({ sources }: Pick<SoaRowWire, 'sources'>): string {
  return sources
    .map(({ reason, count, first }) => {
      const refs = first.map(({ ref }) => ref).join(', ');
      const more = count - first.length;
      const words = optionWords('applicability', 'reasons', [reason])[0] ?? reason;
      return `${words}: ${refs}${more > 0 ? ` and ${more} more` : ''}`;
    })
    .join('; ');
}

/** Labels of a choice, as its kind declares them. */
export function optionWords(kind: string, field: string, ids: readonly string[]): string[] {
  const declared = registry.get(kind).fields[field];
  const options = declared?.type === 'choice' || declared?.type === 'choices' ? declared.options : [];
  return ids.map((id) => options.find((option) => option.id === id)?.label ?? id);
}

/** The statement as a file in the form that auditors know. */
export function statementFile(
  soa: Pick<SoaWire, 'rows' | 'asOf'>,
  format: StatementFormat,
): { media: string; name: string; body: Readable } {
  const name = `statement-of-applicability-${soa.asOf.slice(0, 10)}.${format}`;
  const rows = statementRows(soa);
  if (format === 'csv') {
    const lines = [byteOrderMark, csvLine(statementColumns), ...rows.map((row) => csvLine(row))];
    return { media: 'text/csv; charset=utf-8', name, body: Readable.from(lines) };
  }
  const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const sheet = xlsxStream('Statement of Applicability', statementColumns, eachOf(rows));
  return { media, name, body: Readable.fromWeb(sheet) };
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
