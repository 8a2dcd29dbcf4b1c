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

/**
 * The one thing to do next (UX a3): what the server offers for the first mark that is missing, or a person's own word
 * where only that is missing. `waits`: nothing can be done, because a later release judges it.
 */
export const nextOf = (item: MandatoryWire): 'none' | 'confirm' | 'action' | 'waits' => {
  if (item.passes) return 'none';
  const first = checks.find((check) => item[check].state !== 'yes');
  if (first === 'ownerCanSpeak' && item.holds?.state !== 'no') return 'confirm';
  if (item.action !== null) return 'action';
  return item[first ?? 'exists'].state === 'not-yet-judged' ? 'waits' : 'none';
};

/** What stands without a document of its own: records, and the Statement of Applicability out of its decided lines. */
export const isComputed = ({ nature, record, exists }: MandatoryWire): boolean =>
  record === null && (nature === 'record' || exists.state === 'yes');
