import { lastDay } from '../../day.ts';
import { methodStanding } from '../../impact/method.ts';
import { approvedOf, type Context, found } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, earliest, edit, gapsOr, holds, lack, notApplicable, step } from '../judge.ts';
import { dayOf, linksOf, numberOf, type Readable } from '../read.ts';
import { label, listed, say } from '../say.ts';
import type { Judgement } from '../types.ts';

/**
 * IM11 (6.1.4, 8.4): each assessment was made by a method in force; by an earlier version of it until the transition ends
 * that the newer one names. An assessment that names no version follows the one in force.
 */
export function byMethod(c: Context, assessments: readonly TraceRecord[]): Judgement {
  if (assessments.length === 0) return notApplicable(say('im-none'));
  const content = (record: TraceRecord) => approvedOf(c, record) ?? record;
  const inForce = (from: Readable) =>
    found(c, linksOf(from, 'method')).find((one) => one.state !== 'withdrawn' && approvedOf(c, one) !== null);
  const named = assessments.filter((record) => inForce(content(record)) !== undefined);
  const standing = (record: TraceRecord) => standingOf(c, content(record), inForce(content(record)));
  const methods = (records: readonly TraceRecord[]) =>
    records.flatMap((record) => inForce(content(record)) ?? []);
  return gapsOr(
    [
      lack(assessments, (record) => !named.includes(record), {
        say: (open) => say('im11-none', listed(open)),
        since: (record) => dayOf(content(record), 'assessedOn'),
        action: (record) =>
          // Named since in a working version: that waits for its approval.
          record.state === 'completed' && inForce(record) !== undefined
            ? approve(label`Approve ${record}`, record)
            : edit(label`Name the method of ${record}`, record, 'method'),
      }),
      lack(named, (record) => ['older', 'unknown'].includes(standing(record)), {
        say: (open) => say('im11-older', listed(open)),
        since: (record) => earliest(methods([record]).map((one) => overSince(c, one))),
        action: (record) => step(label`Reassess ${record}`, record, 'reassess'),
      }),
    ],
    // The method is among what it holds by: what was decided on it falls with it.
    holds(
      [...assessments, ...methods(named)],
      earliest(
        named
          .filter((record) => standing(record) === 'in-transition')
          .flatMap((record) => methods([record]).map((one) => transitionOf(c, one))),
      ),
    ),
  );
}

function standingOf(c: Context, from: Readable, method: TraceRecord | undefined): string {
  const version = numberOf(from, 'methodVersion');
  const approved = method && approvedOf(c, method);
  if (version === null || !approved) return 'current';
  const versions = method.approvals.filter(({ act }) => act === 'approve').map((act) => act.version);
  const now = { approved: versions, inForce: approved.version, transitionOn: transitionOf(c, method) };
  return methodStanding(version, now, c.clock.today).standing;
}

const transitionOf = (c: Context, method: TraceRecord): string | null =>
  dayOf(approvedOf(c, method) ?? method, 'transitionOn');

/** Since when earlier versions count no longer: the end of the transition, or the day on which the newer one was approved. */
function overSince(c: Context, method: TraceRecord): string {
  const until = transitionOf(c, method);
  return until ? lastDay(until) : c.organisation.zone.dayOf(approvedOf(c, method)?.at ?? method.createdAt);
}
