import {
  type Approval,
  type ApprovalAct,
  approvalStanding,
  authoredSince,
  inForce,
  type Standing,
} from '@throughline/domain/approvals.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { inSentence } from '@throughline/domain/kind-words.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import { approvalsOf, approvedOnBasisOf, digestsOf, inputsNow } from '../store/approvals.ts';
import type { Context } from '../store/context.ts';
import { authorsAfter, authorsSince } from '../store/history.ts';
import { targetsById } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { dutyObstacle, readDuties } from './deciders.ts';
import { ensureMay, ensureVersion, lockFor } from './load.ts';

export type PersonalAct = Exclude<ApprovalAct, 'void'>;

export type ApprovalInput = {
  readonly ref: string;
  readonly act: PersonalAct;
  /** The version and the digest that the person saw: an approval binds to exactly these. */
  readonly version: number;
  readonly digest: string;
  readonly reason: string | null;
};

/** Records a person's act on a version: submitted, approved, rejected, withdrawn, or restored as without effect. */
export async function decideApproval(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: ApprovalInput,
): Promise<void> {
  const right = input.act === 'submit' ? 'edit' : 'approve';
  if (!kind.approvable)
    throw new DomainError('conflict', `A ${inSentence(kind.label)} is not approved; it says how things are.`);
  ensureMay(ctx.actor, kind, right);
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, right);
    ensureVersion(record, input.version);
    if (record.digest.toString('hex') !== input.digest) {
      throw new DomainError(
        'changed',
        'The digest is not that of the version you name. Nothing was approved.',
      );
    }
    await decideInside(write, kind, record, input);
  });
}

/** The same on a record that is locked already. */
export async function decideInside(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  input: ApprovalInput,
): Promise<void> {
  if (record.archivedAt)
    throw new DomainError('conflict', 'This record is archived. Bring it back before you change it.');
  const acts = (await approvalsOf(write, [record.id])).get(record.id) ?? [];
  const force = inForce(acts);
  const present = await digestsOf(
    write,
    (force?.basis ?? []).map((item) => item.record),
  );
  const inputs = await inputsNow(
    write,
    present.map((item) => item.record),
  );
  const standing = approvalStanding(acts, inputs);
  const obstacle = stepObstacle(input.act, standing, record, acts);
  if (obstacle) throw new DomainError('conflict', obstacle);
  if (input.act === 'approve')
    await ensureMayDecide(
      write,
      kind,
      record,
      await authorsSince(write, record.id, authoredSince(acts, record.digest.toString('hex'))),
    );
  if (input.act === 'restore' && force)
    await ensureMayDecide(write, kind, record, await authorsOfStale(write, record, acts, force, standing));
  if ((input.act === 'reject' || input.act === 'withdraw' || input.act === 'restore') && !input.reason) {
    throw new DomainError('unprocessable', 'A reason is needed.', [
      { at: 'reason', message: 'Say why, in a sentence.' },
    ]);
  }
  // Withdrawing and restoring are about the approval in force, which a later working version leaves alone.
  const about = (input.act === 'withdraw' || input.act === 'restore') && force;
  write.approval(record, input.act, {
    version: about ? about.version : record.version,
    digest: about ? Buffer.from(about.digest, 'hex') : record.digest,
    basis: about ? present : await digestsOf(write, inputsOf(kind, record)),
    reason: input.reason,
  });
  // Another version in force, or none, may be what an approval elsewhere no longer stands on.
  const dependants = await approvedOnBasisOf(write, [record.id]);
  for (const [id, facts] of await targetsById(write, dependants)) write.touch({ id, system: facts.system });
}

/** Inputs that the declaration says an approval draws on. */
function inputsOf(kind: Kind, record: LockedRecord): string[] {
  return kind.drawsOn.flatMap((relation) => record.content.links[relation] ?? []);
}

function stepObstacle(
  act: PersonalAct,
  standing: Standing,
  record: LockedRecord,
  acts: readonly Approval[],
): string | undefined {
  // By content, not by version: a step of the life cycle makes a version of the same content.
  const onThis = acts.at(-1)?.digest === record.digest.toString('hex');
  switch (act) {
    case 'submit':
      return onThis && standing.status === 'submitted' ? 'This version is submitted already.' : undefined;
    case 'approve':
      return onThis && standing.status === 'approved' && standing.stale.length === 0
        ? 'This version is approved already.'
        : undefined;
    case 'reject':
      return onThis && standing.status === 'submitted'
        ? undefined
        : 'Only a submitted version can be rejected.';
    case 'withdraw':
      return inForce(acts) ? undefined : 'There is no approval to withdraw.';
    case 'restore':
      return standing.status === 'approved' && standing.stale.length > 0
        ? undefined
        : 'Only an approval that turned stale can be restored as without effect.';
  }
}

/** Separation of duties, and authority: who wrote does not decide, nor whoever's authority ends below what is decided. */
async function ensureMayDecide(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  authors: readonly string[],
): Promise<void> {
  const { actor } = write.ctx;
  if (actor.type !== 'person') throw new DomainError('forbidden', 'Only a person approves; a token cannot.');
  const duties = await readDuties(write, write.ctx.at, authors);
  const obstacle = dutyObstacle(kind, record.content.fields, actor, duties);
  if (obstacle) throw new DomainError('forbidden', obstacle, [], { authors: duties.authors });
}

/** Of a restored approval: who wrote what it approved, and who changed the inputs that made it stale. */
async function authorsOfStale(
  write: Write,
  record: LockedRecord,
  acts: readonly Approval[],
  force: Approval,
  standing: Standing,
): Promise<string[]> {
  const own = await authorsSince(write, record.id, authoredSince(acts, force.digest));
  const stale = standing.status === 'approved' ? standing.stale : [];
  return [...new Set([...own, ...(await authorsAfter(write, stale, new Date(force.at)))])];
}
