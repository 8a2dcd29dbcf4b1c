import { approvedOf, type Context, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { listOf, type Readable, textOf } from './read.ts';
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
