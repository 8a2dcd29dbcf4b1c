import { type Approval, approvalStanding, inForce, turnsStale } from '@throughline/domain/approvals.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { judgedParts, refuseSettled } from '@throughline/domain/kinds/beginning.ts';
import {
  changedParts,
  decideEdit,
  type Edit,
  type Patch,
  targetsOf,
} from '@throughline/domain/kinds/edit.ts';
import { refuseFixed } from '@throughline/domain/kinds/fixed.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import { alikeTo } from '../store/alike.ts';
import { approvalsOf, approvedOnBasisOf } from '../store/approvals.ts';
import type { Context } from '../store/context.ts';
import { heldTargets, targetsById } from '../store/records.ts';
import type { ChangeOptions } from '../store/store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { assessmentsTurned } from './assessments-turned.ts';
import { ensureNotAudited } from './audited.ts';
import { ensureNoCircle } from './circles.ts';
import { ensureCompared } from './compared.ts';
import { ensureDays, ensureDecidedAnew, ensureNotTakenAway } from './days-come.ts';
import { ensureFindingsThere } from './findings-carried.ts';
import { ensureFoundStays } from './found.ts';
import { ensureFulfilled } from './fulfilled.ts';
import { ensureOwnSystem, homeOf, newParentsOf, parentsOf } from './home.ts';
import { ensureIndependent } from './independence.ts';
import { ensureItemsKnown } from './items-named.ts';
import { ensureMayLift } from './legal-hold.ts';
import { ensureMay, ensureVersion, lockFor } from './load.ts';
import { ensureMayMove } from './moving.ts';
import { ensureNamed } from './named-things.ts';
import { peopleFor } from './people.ts';
import { asPutBack, withPlansBefore } from './plans-before.ts';
import { ensureNotPutOff } from './put-off.ts';
import { ensureDatedSince } from './rated-since.ts';
import { ensureLoweringSaid } from './rating-lowered.ts';
import { resolveLinks } from './resolve-refs.ts';
import { ensureNoLess } from './two-hands.ts';
import { ensureUnitStands } from './units-named.ts';
import { takesInUnseen } from './unseen.ts';

/** What an edit did, and what it takes away elsewhere. */
export type Change = {
  readonly record: StoredRecord;
  readonly changed: readonly string[];
  readonly material: readonly string[];
  /** The record itself where its approval was voided. */
  readonly voided: readonly string[];
  /** Records whose approval stood on this one and is stale now. */
  readonly stale: readonly string[];
};

export type EditInput = { readonly ref: string; readonly patch: Patch; readonly version: number | null };

/** Edits one record's fields and links. A patch that changes nothing writes nothing and answers the record as it stands. */
export async function editRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: EditInput,
  options: ChangeOptions = {},
): Promise<Change> {
  ensureMay(ctx.actor, kind, 'edit');
  const edit = async (write: Write) => {
    const before = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(before, input.version);
    return editInside(write, kind, before, input.patch);
  };
  return services.store.change(ctx, edit, options);
}

/** The same on a record that is locked already: bulk, import, link and undo come this way. */
export async function editInside(
  write: Write,
  kind: Kind,
  before: LockedRecord,
  asWritten: Patch,
  /** The step that follows in the same change, and leaves the state. */
  leaving?: string,
): Promise<Change & { readonly record: LockedRecord }> {
  if (before.archivedAt)
    throw new DomainError('conflict', 'This record is archived. Bring it back before you change it.');
  const resolved = await resolveLinks(write, write.ctx.actor, kind, asWritten);
  const patch = await asPutBack(write, kind, before, resolved);
  const asked = [...targetsOf(patch), ...parentsOf(kind, before.content)];
  const targets = await heldTargets(write, asked, newParentsOf(kind, patch));
  const people = await peopleFor(write, kind, before.id, patch);
  const decided = decideEdit(kind, before.content, patch, targets, people);
  const system = kind.name === 'system' ? before.id : homeOf(kind, decided.next, targets);
  const edit = await withPlansBefore(write, kind, decided, {
    ...{ id: before.id, before: before.content, system, state: before.state, at: write.ctx.at },
    putBack: patch.after !== undefined,
  });
  if (edit.changed.length === 0) return { record: before, changed: [], material: [], voided: [], stale: [] };
  await ensureNotAudited(write, before, { act: 'edit', changed: edit.changed });
  refuseFixed(kind, before.state, edit.changed, leaving);
  await ensureMayLift(write, kind, before.content, edit.next);
  if (leaving === undefined) refuseSettled(kind, before.state, before.content, edit, patch.byAct);
  await ensureNotPutOff(write, kind, before, edit.next);
  await ensureFoundStays(write, kind, before, edit.changed, leaving);
  await ensureNamed(write, kind, before.content.fields, edit.next.fields);
  await ensureUnitStands(write, kind, before.content.fields, edit.next.fields);
  await ensureDays(write, kind, before.content.fields, edit.next.fields, patch.byAct);
  await ensureItemsKnown(write, kind, before.content, edit.next);
  if (!patch.undoing) {
    await ensureNotTakenAway(write, kind, before, edit.next.fields);
    await ensureDecidedAnew(write, kind, before.content.fields, edit.next.fields);
  }
  await ensureCompared(write, kind, before.content.fields, edit.next.fields);
  await ensureDatedSince(write, kind, { before: before.content, next: edit.next }, patch.byAct);
  if (!patch.byAct) await ensureNoLess(write, write.ctx, kind, before, edit.next);
  await ensureFulfilled(write, before, edit.next);
  await ensureFindingsThere(write, kind, before.content, edit.next);
  await ensureLoweringSaid(write, kind, before, edit.next);
  ensureOwnSystem(kind, { before: before.content, next: edit.next, system }, targets);
  if (parentsOf(kind, edit.next).includes(before.id))
    throw new DomainError('conflict', 'A record cannot belong to itself.');
  await ensureNoCircle(write, kind, before.id, edit.next);
  if (system !== before.system) await ensureMayMove(write, kind, before, { system, targets });
  const judging = { id: before.id, kind: kind.name, system, content: edit.next };
  // What was judged stands as it was judged: whoever came to have a part in it since changes nothing about that.
  if (judgedParts(kind, before.state).length === 0)
    await ensureIndependent(write, kind, judging, before.state);
  const record = write.edit(before, edit.next, {
    changed: edit.changed,
    material: edit.material.length > 0,
    system,
  });
  const voided = await voidApproval(write, kind, before, edit);
  const stale = await markStale(write, kind, before, record, voided.length > 0);
  if (voided.length === 0 && (await takesInUnseen(write, before, edit.next))) stale.push(before.id);
  const turned = await assessmentsTurned(write, before, edit);
  const fallen = [...new Set([...stale, ...turned])];
  return { record, changed: edit.changed, material: edit.material, voided, stale: fallen };
}

/** Factual kinds: a material edit voids the approval that stood on the content. Versioned kinds keep theirs in force. */
async function voidApproval(write: Write, kind: Kind, before: LockedRecord, edit: Edit): Promise<string[]> {
  if (kind.regime !== 'factual' || edit.material.length === 0 || !kind.approvable) return [];
  const acts = (await approvalsOf(write, [before.id])).get(before.id) ?? [];
  const standing = approvalStanding(acts, () => undefined);
  if (standing.status !== 'approved' && standing.status !== 'submitted') return [];
  write.approval(before, 'void', { version: before.version, digest: before.digest, reason: null });
  return [before.id];
}

/** Looks at everything again that was approved on this record; answers what turns stale by the change. */
async function markStale(
  write: Write,
  kind: Kind,
  before: LockedRecord,
  after: LockedRecord,
  voided: boolean,
): Promise<string[]> {
  const dependants = await approvedOnBasisOf(write, [before.id]);
  for (const [id, facts] of await targetsById(write, dependants)) write.touch({ id, system: facts.system });
  if (dependants.length === 0 || saysTheSame(kind, before.content, after.content)) return [];
  const acts = await approvalsOf(write, [...dependants, before.id]);
  const force = inForce(acts.get(before.id) ?? [])?.digest ?? null;
  const change = {
    before: { digest: before.digest.toString('hex'), inForce: force, alike: await alikeTo(write, before) },
    after: {
      ...{ digest: after.digest.toString('hex'), inForce: voided ? null : force },
      ...(kind.drawn.length > 0 ? { alike: [] } : {}),
    },
  };
  const turns = (of: readonly Approval[]): boolean => {
    const approval = inForce(of);
    return approval !== undefined && turnsStale(approval, before.id, change);
  };
  return dependants.filter((id) => turns(acts.get(id) ?? []));
}

/** Whether what approvals of others draw on stayed as it was, where its kind says what that is. */
const saysTheSame = ({ drawn }: Kind, before: Content, after: Content): boolean =>
  drawn.length > 0 && !changedParts(before, after).some((part) => drawn.includes(part));
