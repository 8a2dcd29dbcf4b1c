import { type Approval, withdrawnLast } from '../approvals.ts';
import type { Approved } from './approved.ts';
import { classificationsOf, isProhibited } from './classes.ts';
import { approvedAt, approvedOf, type Context, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { type Readable, textOf } from './read.ts';

/** A class that was signed off and taken back: what it said then, and when it fell (RFC 3339, UTC). */
type Fallen = {
  readonly record: TraceRecord;
  readonly said: Readable;
  readonly at: string;
  /** The act that took the sign-off back; `null` where the class itself was withdrawn, the sign-off with it. */
  readonly act: Approval | null;
};

const law = 'eu-ai-act';

/** Classes in law of a use that were signed off and fell, with nothing signed off after them: they are not answered. */
export function unanswered(c: Context, useCase: TraceRecord): Fallen[] {
  const signed = classificationsOf(c, useCase, law).flatMap((record) => approvedAt(c, record) ?? []);
  return inverse(c, useCase, 'classification', 'useCase')
    .flatMap((record) => takenBack(record, approvedOf(c, record)) ?? [])
    .filter(({ said, at }) => textOf(said, 'scheme') === law && signed.every((moment) => moment <= at));
}

/** Of those, what called the use a prohibited practice (EU AI Act 5): taking it back makes nothing lawful. */
export const prohibitedBefore = (c: Context, useCase: TraceRecord): TraceRecord[] =>
  unanswered(c, useCase)
    .filter(({ said }) => isProhibited(c, said))
    .map(({ record }) => record);

/** Nothing where its sign-off stands, or none was ever given. */
export function takenBack(record: TraceRecord, approved: Approved | null): Fallen | null {
  if (approved !== null)
    return record.state === 'withdrawn'
      ? { record, said: approved, at: instant(record.updatedAt), act: null }
      : null;
  const lost = withdrawnLast(record.approvals.slice(0, lastWithdrawal(record) + 1));
  if (!lost) return null;
  const then = record.earlier?.find(({ version }) => version === lost.approval.version);
  const said = then ? { fields: then.fields, links: record.links } : record;
  return { record, said, at: instant(lost.withdrawal.at), act: lost.withdrawal };
}

const lastWithdrawal = ({ approvals }: TraceRecord): number =>
  approvals.findLastIndex(({ act }) => act === 'withdraw');
const instant = (moment: string): string => new Date(moment).toISOString();
