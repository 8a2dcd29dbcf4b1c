import { outcomesDiffer } from '../classification/apart.ts';
import { addDays, firstDay } from '../day.ts';
import { lostApproval } from './approved.ts';
import { approvedOf, type Context, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { dayOf, listOf, type Readable, textOf } from './read.ts';
import { useCases } from './use-cases.ts';

/** Classifications of a use case under a scheme (`eu-ai-act`, `own-tier`), the withdrawn aside. */
export function classificationsOf(c: Context, useCase: TraceRecord, scheme?: string): TraceRecord[] {
  return inverse(c, useCase, 'classification', 'useCase').filter(
    (record) =>
      record.state !== 'withdrawn' &&
      (scheme === undefined || textOf(current(c, record), 'scheme') === scheme),
  );
}

/** The signed-off version where there is one, else what stands: an open class is still what is known. */
export function current(c: Context, record: TraceRecord): Readable {
  return approvedOf(c, record) ?? record;
}

/**
 * The day of the next validation that counts: what was signed off, or what a look since set, unless a nearer one was written.
 * A later one waits for its sign-off, whichever door wrote it.
 * @param record the class as it is written now
 * @param signedOff the version in force; the record itself where none is
 */
export function nextValidation(record: Readable, signedOff: Readable): string | null {
  const looked = lookOf(record) !== lookOf(signedOff);
  const said = looked ? dayOf(record, 'validatedUntil') : dayOf(signedOff, 'nextValidation');
  return earliest([dayOf(record, 'nextValidation'), said]);
}

/** When somebody looked last. */
const lookOf = (content: Readable): string | null =>
  textOf(content, 'validatedAt') ?? dayOf(content, 'validatedOn');

/** Signed-off classes of a use under the law where they do not say the same; none where they agree. */
export function contradicting(c: Context, useCase: TraceRecord): TraceRecord[] {
  const signed = classificationsOf(c, useCase, 'eu-ai-act').filter(
    (record) => approvedOf(c, record) !== null,
  );
  return outcomesDiffer(signed.map((record) => current(c, record))) ? signed : [];
}

/** Whether a class finds a practice that is prohibited today (EU AI Act 5): at once, or once its day has come. */
export function isProhibited(c: Context, content: Readable): boolean {
  const found = listOf(content, 'outcomes');
  const from = dayOf(content, 'prohibitedFrom');
  const begun = from === null || c.clock.reached(from);
  return found.includes('prohibited') || (found.includes('prohibited-soon') && begun);
}

/** The last day on which a practice that becomes prohibited is not so yet; `null` where none does or no day is known. */
export function lastAllowed(content: Readable): string | null {
  const from = dayOf(content, 'prohibitedFrom');
  return from === null || !listOf(content, 'outcomes').includes('prohibited-soon')
    ? null
    : addDays(firstDay(from), -1);
}

/** Since when a class that was signed off no longer stands: its approval was taken back, or it was withdrawn; else `null`. */
export function fellOn(c: Context, record: TraceRecord): string | null {
  const { zone } = c.organisation;
  if (record.state === 'withdrawn') return zone.dayOf(record.updatedAt);
  const lost = lostApproval(record);
  return lost && zone.dayOf(lost.at);
}

/** Outcomes in law of all uses of the system, as they stand. */
export function outcomes(c: Context): Set<string> {
  return new Set(
    useCases(c)
      .flatMap((useCase) => classificationsOf(c, useCase, 'eu-ai-act'))
      .flatMap((record) => listOf(current(c, record), 'outcomes')),
  );
}

/** High in law, or in the organisation's own tier. Nothing classified is not "not high": it is unknown. */
export function isHigh(c: Context): boolean | null {
  const cases = useCases(c);
  const law = [...outcomes(c)];
  const tiers = cases
    .flatMap((useCase) => classificationsOf(c, useCase, 'own-tier'))
    .map((record) => textOf(current(c, record), 'tier'));
  if (law.some((id) => id.startsWith('high-risk-') || id === 'legacy-high-risk')) return true;
  if (tiers.some((tier) => tier === 'high' || tier === 'severe')) return true;
  return law.length === 0 && tiers.length === 0 ? null : false;
}
