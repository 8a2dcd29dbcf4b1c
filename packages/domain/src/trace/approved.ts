import { type Approval, authoredSince, type InputNow, inForce, staleInputs } from '../approvals.ts';
import type { TraceRecord } from './inputs.ts';
import type { Readable } from './read.ts';

/** What stands approved of a record: the content that counts, and whether its inputs are still what they were. */
export type Approved = Readable & {
  readonly id: string;
  readonly version: number;
  /** Member id. */
  readonly by: string;
  /** In whose place they approved. */
  readonly onBehalfOf: string | null;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Members who wrote or submitted what it covers, as far as `hands` of the record says. */
  readonly madeBy: readonly string[];
  /** Inputs that changed since; the approval is stale while there are any. */
  readonly stale: readonly string[];
};

/**
 * The approval in force of a record and the content it covers. For a versioned kind that is the approved version,
 * whatever the working one says; for a factual kind a void act has ended it where material content changed.
 */
export function approvedVersion(
  record: TraceRecord,
  lookup: (id: string) => TraceRecord | undefined,
): Approved | null {
  const approval = inForce(record.approvals);
  if (!approval) return null;
  const content = record.inForce ?? record;
  return {
    id: record.id,
    fields: content.fields,
    links: content.links,
    version: approval.version,
    by: approval.by,
    onBehalfOf: approval.onBehalfOf,
    at: approval.at,
    madeBy: madeBy(record, approval),
    stale: staleInputs(approval, (id) => inputNow(lookup(id))),
  };
}

/** Whose work an approval covers: what was written since the content approved before it, and who put it forward. */
function madeBy({ approvals, hands }: TraceRecord, approval: Approval): string[] {
  if (!hands) return [];
  const before = approvals.slice(0, approvals.indexOf(approval));
  const since = authoredSince(before, approval.digest);
  const wrote = hands.filter(({ version }) => version > since && version <= approval.version);
  const submitted = before.filter(({ act, digest }) => act === 'submit' && digest === approval.digest);
  return [...wrote.flatMap(({ by }) => by), ...submitted.map(({ by }) => by)];
}

/** A record as approvals stand on it. */
export function inputNow(record: TraceRecord | undefined): InputNow | undefined {
  if (record === undefined) return undefined;
  const { digest, alike } = record;
  return { digest, inForce: inForce(record.approvals)?.digest ?? null, alike };
}

/** Where an approval was lost, the act that took it away. */
export function lostApproval(
  record: TraceRecord,
): { readonly act: 'void' | 'withdraw'; readonly at: string } | null {
  if (inForce(record.approvals)) return null;
  const last = record.approvals.findLast((act) => act.act === 'void' || act.act === 'withdraw');
  return last && (last.act === 'void' || last.act === 'withdraw') ? { act: last.act, at: last.at } : null;
}
