import type { CheckWire, MandatoryWire, VerdictWire } from '@throughline/domain/wire.ts';

export const checks = ['exists', 'approved', 'current', 'ownerCanSpeak'] as const;
export type Check = (typeof checks)[number];

/** A check as a mark of the line: what nobody judged yet is not a gap, and does not hold either. */
export const verdictOfCheck = (check: CheckWire): VerdictWire =>
  check.state === 'yes' ? 'holds' : check.state === 'no' ? 'gap' : 'not-started';

/** `6.1.2` before `6.1.10`, `A.2` after all clauses. */
const clauseOrder = (a: string, b: string): number =>
  Number(a.startsWith('A')) - Number(b.startsWith('A')) || a.localeCompare(b, 'en', { numeric: true });

export const orderItems = (
  items: readonly MandatoryWire[],
  order: 'clause' | 'failing',
): readonly MandatoryWire[] =>
  [...items].sort(
    (a, b) =>
      (order === 'failing' ? Number(a.passes) - Number(b.passes) : 0) || clauseOrder(a.clause, b.clause),
  );

export type Next = { type: 'none' } | { type: 'confirm' } | { type: 'open' } | { type: 'create' };

/** The one thing to do next for an item: the first mark that fails decides (UX a3). */
export const nextOf = (item: MandatoryWire): Next => {
  if (item.passes) return { type: 'none' };
  const first = checks.find((check) => item[check].state !== 'yes');
  if (first === 'ownerCanSpeak') return { type: 'confirm' };
  if (item.record !== null) return { type: 'open' };
  // A record of the mandatory set is computed from work that was done; there is nothing to write.
  return item.nature === 'document' ? { type: 'create' } : { type: 'none' };
};
