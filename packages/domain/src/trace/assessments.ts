import { approvedAt, approvedOf, type Context, inverse, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { byName } from './order.ts';
import { cellText, dayOf, linksOf, numberOf, type Readable, type Row, rowsOf } from './read.ts';

/** Impact assessments that name a use case, in force or not, the withdrawn aside. */
export function assessmentsOf(c: Context, useCase: TraceRecord): TraceRecord[] {
  return inverse(c, useCase, 'impact-assessment').filter((record) => record.state !== 'withdrawn');
}

/**
 * Assessments in force of a use case, the one approved last first: approved, dated, and naming the use in the approved
 * version. The newest counts (6.1.4); a second one is named (IM1).
 */
export function assessmentsCovering(c: Context, useCase: TraceRecord): TraceRecord[] {
  const at = (record: TraceRecord) => Date.parse(approvedAt(c, record) ?? record.createdAt);
  return assessmentsInForce(c)
    .filter((record) => {
      const content = approvedOf(c, record);
      return (
        content && linksOf(content, 'covers').includes(useCase.id) && dayOf(content, 'assessedOn') !== null
      );
    })
    .sort((a, b) => at(b) - at(a) || byName(b.ref, a.ref));
}

/** The assessment that counts for a use case. */
export const coveringAssessment = (c: Context, useCase: TraceRecord): TraceRecord | null =>
  assessmentsCovering(c, useCase)[0] ?? null;

/** Assessments of the system that are in force. */
export function assessmentsInForce(c: Context): TraceRecord[] {
  return ownOf(c, 'impact-assessment').filter(
    (record) => record.state !== 'withdrawn' && approvedOf(c, record) !== null,
  );
}

export function effectsOf(c: Context, record: TraceRecord): readonly Row[] {
  return rowsOf(approvedOf(c, record) ?? record, 'effects');
}

export const isHarmful = (row: Row): boolean => cellText(row, 'polarity') === 'harmful';
/**
 * Significant: harm of serious or severe degree, or of moderate degree that nothing undoes, before its measures or, where
 * those make it worse, after them.
 */
export function isSignificant(row: Row): boolean {
  const degrees = [
    'serious',
    'severe',
    ...(cellText(row, 'reversibility') === 'irreversible' ? ['moderate'] : []),
  ];
  return ['severity', 'remaining'].some((cell) => degrees.includes(cellText(row, cell) ?? ''));
}

/** A finding that has to go somewhere (6.1.4 into 6.1.2). */
export type Finding = { readonly assessment: TraceRecord; readonly number: number; readonly row: Row };

export function significantFindings(c: Context): Finding[] {
  return assessmentsInForce(c).flatMap((assessment) =>
    numbered(effectsOf(c, assessment)).flatMap(({ number, row }) =>
      isHarmful(row) && isSignificant(row) ? [{ assessment, number, row }] : [],
    ),
  );
}

/** Effects with the numbers that risks cite: an effect without one is cited by its place. */
export function numbered(rows: readonly Row[]): { readonly number: number; readonly row: Row }[] {
  return rows.map((row, position) => ({
    number: numberOf({ fields: row, links: {} }, 'number') ?? position + 1,
    row,
  }));
}

/** Numbers of an assessment's findings that a risk says it carries. */
export function carries(risk: Readable, assessment: string, number: number): boolean {
  if (!linksOf(risk, 'carries').includes(assessment)) return false;
  const cited = risk.fields.carriedEffects;
  return Array.isArray(cited) && cited.some((item) => String(item).trim() === String(number));
}
