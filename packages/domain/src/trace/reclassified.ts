import type { Approval } from '../approvals.ts';
import { outcomesDiffer } from '../classification/apart.ts';
import { lastDay } from '../day.ts';
import { approvedOf, type Context, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { type Readable, textOf } from './read.ts';
import { useCases } from './use-cases.ts';

/** A class as it was signed off, and on which day. */
type Signing = {
  readonly record: TraceRecord;
  readonly day: string;
  readonly at: string;
  readonly said: Readable;
};

/**
 * The newest class of a use that was signed off after a day and says something else than the one that was signed off
 * before: a low class that became a high one. By the newest signing of each use and scheme, the withdrawn among those
 * before. A first class is none, nor is one that was looked at again and says the same.
 * @param until the day up to which somebody could know what was signed off
 */
export function reclassified(c: Context, until: string): Signing | null {
  const last = lastDay(until);
  const moved = useCases(c).flatMap((useCase) =>
    [...Map.groupBy(signings(c, useCase), ({ said }) => schemeOf(said)).values()].flatMap((signed) => {
      const then = signed.findLast(({ day }) => day <= last);
      const now = signed.findLast(({ record, at }) => standsSince(c, record) === at);
      return then && now && now.day > last && saysOther(then.said, now.said) ? [now] : [];
    }),
  );
  return moved.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

/** What was signed off for a use, the oldest first; what an earlier version said is known where its approval still counts. */
function signings(c: Context, useCase: TraceRecord): Signing[] {
  return inverse(c, useCase, 'classification', 'useCase')
    .flatMap((record) =>
      record.approvals
        .filter(({ act }) => act === 'approve')
        .flatMap((approval): Signing[] => {
          const said = saidIn(c, record, approval);
          return said ? [{ record, day: c.organisation.zone.dayOf(approval.at), at: approval.at, said }] : [];
        }),
    )
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function saidIn(c: Context, record: TraceRecord, { version }: Approval): Readable | undefined {
  const approved = approvedOf(c, record);
  if (approved?.version === version) return approved;
  if (record.version === version) return record;
  const earlier = record.earlier?.find((one) => one.version === version);
  return earlier && { fields: earlier.fields, links: {} };
}

/** Since when a class stands signed off; a withdrawn one stands no more. */
const standsSince = (c: Context, record: TraceRecord): string | null =>
  record.state === 'withdrawn' ? null : (approvedOf(c, record)?.at ?? null);

const schemeOf = (said: Readable): string =>
  [textOf(said, 'scheme'), textOf(said, 'schemeName')].filter((part) => part !== null).join(' ');

const saysOther = (then: Readable, now: Readable): boolean =>
  outcomesDiffer([then, now]) ||
  ['tier', 'otherOutcome'].some((field) => textOf(then, field) !== textOf(now, field));
