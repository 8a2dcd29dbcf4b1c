import type { Actor } from '@throughline/domain/actor.ts';
import {
  type Approval,
  type ApprovalAtHand,
  approvalAtHand,
  inForce,
} from '@throughline/domain/approvals.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { moveAsAct } from '@throughline/domain/finding-answer.ts';
import { endingObstacle } from '@throughline/domain/kinds/binding.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { decideTransition } from '@throughline/domain/kinds/transition.ts';
import { isWeighty } from '@throughline/domain/kinds/weighty-steps.ts';
import { unseenWords } from '@throughline/domain/trace/unseen-findings.ts';
import type { Services } from '../services.ts';
import { approvalsOf, inputsNow } from '../store/approvals.ts';
import type { Context } from '../store/context.ts';
import { persons } from '../store/identities.ts';
import { factsOf } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { actorTests } from './actor-test.ts';
import { archivingRefusal } from './archiving.ts';
import { ensureNotAudited } from './audited.ts';
import { isBeyondAuthority } from './beyond-authority.ts';
import { dayHere } from './days-come.ts';
import { ensureMayDecide, ensureNotStoodBack } from './decide-approval.ts';
import { decidedOf, dutiesFor, readDuties } from './deciders.ts';
import { editInside } from './edit-record.ts';
import { ensureNotEntailed } from './entailed-duty.ts';
import { ensureNotCalledOff } from './found.ts';
import { ensureGate } from './gate-step.ts';
import { ensureIndependent } from './independence.ts';
import { ensureLevel } from './level-named.ts';
import { ensureMay, ensureRight, ensureVersion, lockFor } from './load.ts';
import { workDone } from './named-before.ts';
import { isOfOwnWork } from './own-work.ts';
import { ensurePresentFor } from './presence.ts';
import { ensureBorne } from './risk-closing.ts';
import { ensureConsidered } from './run-suggestions.ts';
import { endingRefusal } from './two-hands.ts';
import { unseenOf } from './unseen.ts';

export type StepInput = { readonly ref: string; readonly version: number | null };

/**
 * Takes a step of the life cycle. With a patch it says in the same change what the step needs: the result of a task and
 * that it is done stand together or not at all. Throws `conflict` with what is missing.
 */
export async function transitionRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: StepInput & { readonly transition: string; readonly patch?: Patch },
): Promise<StoredRecord> {
  const { patch } = input;
  ensureMay(ctx.actor, kind, 'transition');
  if (patch) ensureMay(ctx.actor, kind, 'edit');
  return services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'transition');
    ensureVersion(record, input.version);
    if (!patch) return transitionInside(services, write, kind, record, input.transition);
    ensureRight(write, kind, 'edit', { id: record.id, facts: await factsOf(write, record) });
    const edit = await editInside(
      write,
      kind,
      record,
      ofStep(kind, input.transition, patch),
      input.transition,
    );
    return transitionInside(services, write, kind, edit.record, input.transition, edit.changed);
  });
}

/** What a client sends with a step, which may say why it is taken. */
const ofStep = ({ lifecycle }: Kind, name: string, patch: Patch): Patch => {
  const step = Object.hasOwn(lifecycle.transitions, name) ? lifecycle.transitions[name] : undefined;
  return step?.says === undefined ? patch : { ...patch, saidByStep: step.says };
};

export async function transitionInside(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  transition: string,
  /** What the same change wrote before. */
  wrote: readonly string[] = [],
): Promise<LockedRecord> {
  if (record.archivedAt)
    throw new DomainError('conflict', 'This record is archived. Bring it back before you change it.');
  const { actor } = write.ctx;
  const acts = (await approvalsOf(write, [record.id])).get(record.id) ?? [];
  const step = Object.hasOwn(kind.lifecycle.transitions, transition)
    ? kind.lifecycle.transitions[transition]
    : undefined;
  // Whoever must not do it at all is asked for nothing that it takes.
  const judged = step?.from.includes(record.state) ? moveAsAct(kind.name, record.state, step.to) : undefined;
  if (judged) await ensureNotAudited(write, record, judged, wrote);
  const worth = step?.approved ? await approvalNow(write, kind, record, acts) : { approval: 'none' as const };
  const subject = { state: record.state, content: record.content, ...worth };
  const hands =
    actor.type === 'person' && (step?.notBy || step?.takenBy)
      ? await handsOf(write, kind, record, actor)
      : {};
  const state = decideTransition(
    kind,
    transition,
    { ...subject, ...hands, wrote },
    actor,
    await dayHere(write),
  );
  await ensureNotCalledOff(write, kind, record, state);
  const bound = endingObstacle(kind, state, acts, decidedOf(record));
  if (bound !== undefined) throw new DomainError('conflict', bound);
  if (step?.decides) {
    ensureRight(write, kind, 'approve', { id: record.id, facts: await factsOf(write, record) });
    await ensureMayDecide(write, kind, record, acts);
  }
  // Standing back is from the word that others rely on, not from what prepares it.
  if (isWeighty(kind, transition)) await ensureNotStoodBack(write, kind, record, acts);
  await ensureIndependent(write, kind, record, state);
  await ensureGate(services, write, kind, record, transition, wrote);
  await ensureLevel(services, write, kind, record, state);
  if (kind.lifecycle.states[state]?.ended) await ensureNotEntailed(services, write, record);
  const alone = await endingRefusal(write, write.ctx, kind, record, { state, wrote });
  if (alone) throw alone;
  await ensureBorne(services, write, record, transition, wrote);
  await ensureConsidered(services, write, record, transition);
  // Last of all: nobody is asked for a proof of what would be refused anyway.
  await ensurePresentFor(write, kind, transition);
  return write.move(record, state);
}

/**
 * What the approval of this content is worth to a step: neither stale, of one's own work, nor given with too little
 * authority; with the findings, in words, that it was given without.
 */
async function approvalNow(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
): Promise<{ readonly approval: ApprovalAtHand; readonly staleSays?: string | undefined }> {
  const force = inForce(acts);
  const unseen = (await unseenOf(write, [record])).get(record.id) ?? [];
  const decided = decidedOf(record);
  const duties = await dutiesFor(write, kind, decided, acts, await readDuties(write, write.ctx.at));
  const approval = approvalAtHand(acts, decided.digest, {
    unseen,
    inputs: await inputsNow(
      write,
      (force?.basis ?? []).map((input) => input.record),
    ),
    own: await isOfOwnWork(write, kind, record.id, acts, duties),
    beyond: await isBeyondAuthority(write, record, acts),
  });
  return { approval, staleSays: unseenWords(unseen, kind.approvable?.as === 'accept') };
}

async function handsOf(write: Write, kind: Kind, record: LockedRecord, actor: Actor & { type: 'person' }) {
  const who = await persons(write);
  return { ...actorTests(who, actor), ...(await workDone(write, kind, record, who)) };
}

/** Takes a record out of the register; nothing is deleted. */
export async function archiveRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: StepInput,
): Promise<StoredRecord> {
  return turn(services, ctx, kind, input, async (write, record) => {
    if (record.archivedAt) throw new DomainError('conflict', 'This record is archived already.');
    return archiveInside(services, write, record);
  });
}

/** The same on a record that is locked already. */
export async function archiveInside(
  services: Services,
  write: Write,
  record: LockedRecord,
): Promise<LockedRecord> {
  const refusal = await archivingRefusal(services, write, write.ctx, record);
  if (refusal) throw refusal;
  return write.archive(record);
}

export async function restoreRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: StepInput,
): Promise<StoredRecord> {
  return turn(services, ctx, kind, input, async (write, record) => {
    if (!record.archivedAt) throw new DomainError('conflict', 'This record is not archived.');
    return write.restore(record);
  });
}

async function turn(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: StepInput,
  act: (write: Write, record: LockedRecord) => Promise<StoredRecord>,
): Promise<StoredRecord> {
  ensureMay(ctx.actor, kind, 'archive');
  return services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'archive');
    ensureVersion(record, input.version);
    return act(write, record);
  });
}
