/** What falls with an approval: the same line derived with it and without it, and what differs. */
import type { Approval } from '../approvals.ts';
import { withdrawnLast } from '../approvals.ts';
import type { TraceRecord } from './inputs.ts';
import type { RuledGap, StationResult } from './types.ts';

/** The record as it would be once its approval in force is withdrawn by this member at this moment. */
export function asIfWithdrawn(record: TraceRecord, by: string, at: Date): TraceRecord {
  const act: Approval = {
    id: '',
    record: record.id,
    version: record.version,
    digest: record.digest,
    act: 'withdraw',
    basis: [],
    by,
    onBehalfOf: null,
    reason: null,
    at: at.toISOString(),
  };
  const approvals = [...record.approvals, act];
  return withdrawnLast(approvals) ? { ...record, approvals, inForce: null } : record;
}

type Judged = Pick<StationResult, 'verdict' | 'gaps'> & { readonly id: string };

/** A station, a clause or a control that says something else, with the gaps that are new there. */
export type Fall<T extends Judged> = { readonly before: T; readonly after: T; readonly gaps: RuledGap[] };

/** What says something else afterwards: another verdict, or a gap that was not there. In the order of the line. */
export function fallsBetween<T extends Judged>(before: readonly T[], after: readonly T[]): Fall<T>[] {
  const then = new Map(after.map((one) => [one.id, one]));
  return before.flatMap((was) => {
    const is = then.get(was.id);
    if (!is) return [];
    const known = new Set(was.gaps.map(keyOf));
    const gaps = is.gaps.filter((gap) => !known.has(keyOf(gap)));
    return was.verdict === is.verdict && gaps.length === 0 ? [] : [{ before: was, after: is, gaps }];
  });
}

/** A gap by its rule and its words: judged at one moment, what is said otherwise is another gap. */
const keyOf = ({ rule, sentence, accepted }: RuledGap): string =>
  JSON.stringify([rule, sentence, accepted === undefined]);
