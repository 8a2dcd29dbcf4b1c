import {
  type Approval,
  type ApprovalAct,
  approvalStanding,
  asksWhy,
  type InputsNow,
  inForce,
  reinstateObstacle,
  type Standing,
  withdrawnLast,
} from '@throughline/domain/approvals.ts';
import { barOf, type Deed, type Duty } from '@throughline/domain/duties.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { foundWithdrawal } from '@throughline/domain/kinds/found.ts';
import { type Kind, type Lack, lackIn } from '@throughline/domain/kinds/kind.ts';
import { whoCan } from '@throughline/domain/permissions.ts';
import { isSentence } from '@throughline/domain/text.ts';
import { neverSeenObstacle } from '@throughline/domain/trace/unseen-findings.ts';
import type { Services } from '../services.ts';
import { approvalsOf, approvedOnBasisOf, digestsOf, inputsNow } from '../store/approvals.ts';
import type { Context } from '../store/context.ts';
import { authorsAfter } from '../store/history.ts';
import { factsOf, targetsById } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { isBeyondAuthority } from './beyond-authority.ts';
import { ensureUnbound } from './binding.ts';
import {
  decidedOf,
  decidersOf,
  deputyFor,
  dutiesFor,
  dutyObstacle,
  judgeDecision,
  readDuties,
  standingBackAlone,
} from './deciders.ts';
import { gateLack } from './gate-step.ts';
import { lackOf } from './lack.ts';
import { levelLack } from './level-named.ts';
import { ensureMay, ensureVersion, lockFor } from './load.ts';
import { isOfOwnWork } from './own-work.ts';
import { ensurePresent, refuseOpened } from './presence.ts';
import { ensureSettled } from './rated-apart.ts';
import { assessedBefore, systemMoved } from './system-moved.ts';
import { assessmentsIn, unseenOf } from './unseen.ts';

export type PersonalAct = Exclude<ApprovalAct, 'void'>;

export type ApprovalInput = {
  readonly ref: string;
  readonly act: PersonalAct;
  /** The version and the digest that the person saw: an approval binds to exactly these. */
  readonly version: number;
  readonly digest: string;
  readonly reason: string | null;
};

/**
 * Records a person's act on a version: submitted, approved, rejected, withdrawn, reinstated, or restored as without
 * effect.
 */
export async function decideApproval(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: ApprovalInput,
): Promise<void> {
  const right = input.act === 'submit' ? 'edit' : 'approve';
  if (!kind.approvable)
    throw new DomainError('conflict', `${kind.plural} are not approved; they say how things are.`);
  ensureMay(ctx.actor, kind, right);
  if (right === 'approve') refuseOpened(ctx.actor);
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, right);
    ensureVersion(record, input.version);
    if (record.digest.toString('hex') !== input.digest) {
      throw new DomainError(
        'changed',
        'The digest is not that of the version you name. Nothing was approved.',
      );
    }
    await decideInside(services, write, kind, record, input);
  });
}

/** The same on a record that is locked already. */
export async function decideInside(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  input: ApprovalInput,
): Promise<void> {
  if (record.archivedAt)
    throw new DomainError('conflict', 'This record is archived. Bring it back before you change it.');
  const acts = (await approvalsOf(write, [record.id])).get(record.id) ?? [];
  const force = inForce(acts);
  // What a withdrawal took away is spoken of once more by whoever takes that back.
  const about = aboutOf(input.act, acts);
  const present = await digestsOf(
    write,
    ((about ?? force)?.basis ?? []).map((item) => item.record),
  );
  const inputs = await inputsNow(
    write,
    present.map((item) => item.record),
  );
  const unseen = (await unseenOf(write, [record])).get(record.id) ?? [];
  const moved = await systemMoved(write, record, acts, { at: write.ctx.at, index: null });
  const standing = approvalStanding(acts, inputs, [...assessmentsIn(unseen), ...(moved?.records ?? [])]);
  let decision: Given = { onBehalfOf: null, waived: [], waiver: null };
  const again = input.act === 'approve' && (await mayConfirm(write, kind, record, acts, standing));
  const accepts = kind.approvable?.as === 'accept';
  const untold =
    input.act === 'restore' ? (moved?.obstacle ?? neverSeenObstacle(unseen, accepts)) : undefined;
  const obstacle =
    input.act === 'reinstate'
      ? reinstateRefusal(write, record, acts, inputs)
      : again
        ? undefined
        : (untold ?? stepObstacle(input.act, standing, record, acts) ?? wordKept(kind, record, input.act));
  if (obstacle) throw new DomainError('conflict', obstacle);
  if (input.act === 'approve') decision = await ensureMayDecide(write, kind, record, acts);
  if (input.act === 'approve') await ensureSettled(write, kind, record.id);
  if (input.act === 'restore' && force)
    decision = await ensureMayDecide(write, kind, record, acts, {
      digest: force.digest,
      also: await staleAuthors(write, standing),
    });
  if (input.act === 'reject' || input.act === 'withdraw' || input.act === 'reinstate')
    await ensureNotStoodBack(write, kind, record, acts);
  if (input.act === 'withdraw') await ensureUnbound(write, kind, record, acts);
  if (asksWhy(input.act) && !isSentence(input.reason ?? '')) {
    throw new DomainError('unprocessable', 'A reason is needed.', [
      { at: 'reason', message: 'Say why, in a sentence.' },
    ]);
  }
  // What no approver could let through is not put before one either: they would find a task that nobody can do.
  const whole = input.act === 'approve' || input.act === 'submit';
  const lack = whole ? await lackNow(services, write, kind, record, acts) : undefined;
  if (lack !== undefined) throw new DomainError('conflict', lack.says, lackItems(kind, lack));
  // Last of all: nobody is asked for a proof of what would be refused anyway.
  if (input.act !== 'submit') await ensurePresent(write);
  write.approval(record, input.act, {
    version: about ? about.version : record.version,
    digest: about ? Buffer.from(about.digest, 'hex') : record.digest,
    basis: about ? present : await digestsOf(write, inputsOf(kind, record)),
    reason: input.reason,
    onBehalfOf: decision.onBehalfOf,
    // What stood in the way but for the waiver stays beside the approval, and is bound with it.
    ...(decision.waived.length > 0 ? { frozen: { waived: decision.waived, waiver: decision.waiver } } : {}),
  });
  // Another version in force, or none, may be what an approval elsewhere no longer stands on.
  const dependants = await approvedOnBasisOf(write, [record.id]);
  for (const [id, facts] of await targetsById(write, dependants)) write.touch({ id, system: facts.system });
}

/** Why nobody approves the record as it stands: by what it says itself, and by what the line says of it. */
const lackNow = async (
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
) =>
  (await lackOf(write, services.catalogue, kind, record, write.ctx.at)) ??
  lackIn([], await assessedBefore(write, record, acts, { at: write.ctx.at, index: null })) ??
  (await levelLack(services, write, kind, record)) ??
  (await gateLack(services, write, kind, record));

/** The same refusal at each field or relation where it is put right. */
const lackItems = (kind: Kind, { says: message, parts }: Lack) =>
  parts.map((part) => ({ at: `${part in kind.fields ? 'fields' : 'links'}.${part}`, message }));

const wordKept = (kind: Kind, record: LockedRecord, act: PersonalAct): string | undefined =>
  act === 'withdraw' ? foundWithdrawal(kind, record) : undefined;

/** The approval that an act is about where that is not the newest content: a later working version leaves it alone. */
function aboutOf(act: PersonalAct, acts: readonly Approval[]): Approval | undefined {
  if (act === 'reinstate') return withdrawnLast(acts)?.approval;
  return act === 'withdraw' || act === 'restore' ? inForce(acts) : undefined;
}

/** Why this person does not take the withdrawal back; a token withdraws and reinstates nothing. */
function reinstateRefusal(
  { ctx }: Write,
  record: LockedRecord,
  acts: readonly Approval[],
  inputs: InputsNow,
): string | undefined {
  const by = ctx.actor.type === 'person' ? ctx.actor.member : '';
  return reinstateObstacle(acts, { by, at: ctx.at, writtenAt: record.updatedAt, inputs });
}

/**
 * Whether what stands approved is approved once more: by another person, where whoever approved turned out to be who wrote
 * it, or by somebody whose authority reaches what it lets through now.
 */
async function mayConfirm(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
  standing: Standing,
): Promise<boolean> {
  if (standing.status !== 'approved') return false;
  const decided = decidedOf(record);
  const duties = await dutiesFor(write, kind, decided, acts, await readDuties(write, write.ctx.at));
  if (await isOfOwnWork(write, kind, record.id, acts, duties)) return true;
  return isBeyondAuthority(write, record, acts);
}

/** Inputs that the declaration says an approval draws on. */
function inputsOf(kind: Kind, record: LockedRecord): string[] {
  return kind.drawsOn.flatMap((relation) => record.content.links[relation] ?? []);
}

function stepObstacle(
  act: Exclude<PersonalAct, 'reinstate'>,
  standing: Standing,
  record: LockedRecord,
  acts: readonly Approval[],
): string | undefined {
  // By content, not by version: a step of the life cycle makes a version of the same content.
  const onThis = acts.at(-1)?.digest === record.digest.toString('hex');
  const approvedThis = onThis && standing.status === 'approved' && standing.stale.length === 0;
  switch (act) {
    case 'submit':
      if (onThis && standing.status === 'submitted') return 'This version is submitted already.';
      return approvedThis ? 'This version is approved already.' : undefined;
    case 'approve':
      return approvedThis ? 'This version is approved already.' : undefined;
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

type Given = {
  readonly onBehalfOf: string | null;
  readonly waived: readonly Duty[];
  /** The waiver that lifted them. */
  readonly waiver: string | null;
};

/**
 * Separation of duties, and authority: who had a hand in it does not decide, nor whoever's authority ends below what is
 * decided. A refusal says who could. `about` is what the act speaks of where that is not the newest content.
 */
export async function ensureMayDecide(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
  about: { readonly digest?: string; readonly also?: readonly Deed[] } = {},
): Promise<Given> {
  const { actor } = write.ctx;
  if (actor.type !== 'person') throw new DomainError('forbidden', 'Only a person approves; a token cannot.');
  const common = await readDuties(write, write.ctx.at);
  const { fields } = record.content;
  const decided = { ...decidedOf(record), ...(about.digest === undefined ? {} : { digest: about.digest }) };
  const own = await dutiesFor(write, kind, decided, acts, common);
  const duties = { ...own, bars: [...own.bars, barOf('author', about.also ?? [], common.who)] };
  const facts = await factsOf(write, record);
  const decision = judgeDecision(kind, fields, actor, duties, deputyFor(actor, facts));
  if (decision.obstacle === undefined) {
    const { onBehalfOf, waived } = decision;
    return { onBehalfOf, waived, waiver: duties.waiver?.id ?? null };
  }
  const people = await decidersOf(write, kind, { content: record.content, facts }, duties);
  throw new DomainError('forbidden', decision.obstacle, [], {
    who: whoCan(kind.name, 'approve'),
    people: people.slice(0, peopleAtMost).map(({ id, name }) => ({ id, name })),
  });
}

/** Whoever stood back takes nothing away either: that would decide about it too. */
export async function ensureNotStoodBack(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
): Promise<void> {
  const { actor } = write.ctx;
  if (actor.type !== 'person') return;
  const common = await readDuties(write, write.ctx.at);
  const { fields } = record.content;
  const decided = decidedOf(record);
  const deputyOf = deputyFor(actor, await factsOf(write, record));
  const duties = standingBackAlone(await dutiesFor(write, kind, decided, acts, common));
  const obstacle = dutyObstacle(kind, fields, actor, duties, deputyOf);
  if (obstacle !== undefined)
    throw new DomainError('forbidden', obstacle, [], { who: whoCan(kind.name, 'approve') });
}

const peopleAtMost = 5;

/** Of an approval that turned stale: who changed what made it so. */
async function staleAuthors(write: Write, standing: Standing): Promise<Deed[]> {
  return standing.status === 'approved'
    ? authorsAfter(write, standing.stale, new Date(standing.approval.at))
    : [];
}
