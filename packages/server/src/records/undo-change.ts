import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { moveAsAct } from '@throughline/domain/finding-answer.ts';
import { freeStates, stepBetween } from '@throughline/domain/kinds/beginning.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { openedByStep } from '@throughline/domain/kinds/found.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { revisionAt, type StoredRevision } from '../store/history.ts';
import { factsOf } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { ensureNotAudited } from './audited.ts';
import { type Change, editInside } from './edit-record.ts';
import { ensureNotCalledOff } from './found.ts';
import { ensureIndependent } from './independence.ts';
import { ensureMay, ensureRight, lockFor } from './load.ts';
import { ensureNoneInUse } from './taken-back.ts';
import { archiveInside, transitionInside } from './transition-record.ts';
import { goneObstacle } from './two-hands.ts';

/**
 * Undoes the newest change of a record by a new change: history only grows. Refused once something was built on it,
 * which is any later version; approvals that stood are not brought back, because nobody gave them again.
 */
export async function undoChange(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { ref: string; version: number },
): Promise<Change> {
  ensureMay(ctx.actor, kind, 'edit');
  return services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'edit');
    if (record.version !== input.version) {
      throw new DomainError(
        'conflict',
        `Version ${input.version} was built upon: the record has version ${record.version}.`,
        [],
        {
          version: record.version,
        },
      );
    }
    const undone = await revisionAt(write, record.id, input.version);
    const before = input.version > 1 ? await revisionAt(write, record.id, input.version - 1) : undefined;
    if (!undone) throw new DomainError('conflict', 'There is no such version.');
    await ensureMayReverse(write, kind, record, undone);
    return reverse(services, write, kind, record, undone, before);
  });
}

/**
 * Takes back, inside a change that does more, all that one earlier change made of a record: its versions after `from`,
 * the newest first, up to `to`, which nothing was built upon. A record that was made then (`from` 0) is archived.
 */
export async function undoSpan(
  services: Services,
  write: Write,
  kind: Kind,
  { ref, from, to }: { readonly ref: string; readonly from: number; readonly to: number },
): Promise<void> {
  let record = await lockFor(write, kind, ref, 'edit');
  const { version: now } = record;
  const named = `${kind.prefix}-${record.number}`;
  if (now !== to)
    throw new DomainError('conflict', `${named} was built upon: it has version ${now}, not ${to}.`);
  // What was made in several steps goes at once, with the first of them.
  for (let version = from === 0 ? 1 : to; version > from; version -= 1) {
    const undone = await revisionAt(write, record.id, version);
    const before = version > 1 ? await revisionAt(write, record.id, version - 1) : undefined;
    if (!undone) throw new DomainError('conflict', `${named} has no version ${version}.`);
    await ensureMayReverse(write, kind, record, undone);
    ({ record } = await reverse(services, write, kind, record, undone, before));
  }
}

/** Undoing asks for the right to the act that it amounts to; who made a record may take it back. */
async function ensureMayReverse(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  undone: StoredRevision,
): Promise<void> {
  const me = actorRef(write.ctx.actor);
  if (undone.act === 'created' && undone.actor_type === me.type && undone.actor_id === me.id) return;
  const right = undone.act === 'edited' ? 'edit' : undone.act === 'moved' ? 'transition' : 'archive';
  ensureRight(write, kind, right, { id: record.id, facts: await factsOf(write, record) });
}

type Reversed = Change & { readonly record: LockedRecord };

async function reverse(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  undone: StoredRevision,
  before: StoredRevision | undefined,
): Promise<Reversed> {
  const plain = (turned: LockedRecord): Reversed => ({
    record: turned,
    changed: [],
    material: [],
    voided: [],
    stale: [],
  });
  switch (undone.act) {
    case 'created':
      // What keeps a record from being archived keeps it from going this way too.
      return plain(await archiveInside(services, write, record));
    case 'archived':
      return plain(write.restore(record));
    case 'restored':
      return plain(await archiveInside(services, write, record));
    case 'moved':
      if (!before) break;
      return plain(await moveBack(services, write, kind, record, undone, before.state));
    case 'edited':
      if (!before?.fields || !before.links) break;
      return editInside(write, kind, record, backTo(kind, undone, before));
  }
  throw new DomainError('conflict', 'This change cannot be undone: what stood before was erased.');
}

/**
 * A state that anybody may reach is reached again by taking a step back: one that bound nobody, or one's own. The word of
 * a person is given again by the step that leads to it, with all that it asks for, and taken away by a step or by them.
 */
async function moveBack(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  undone: StoredRevision,
  state: string,
): Promise<LockedRecord> {
  const me = actorRef(write.ctx.actor);
  const own = undone.actor_type === me.type && undone.actor_id === me.id;
  const free = freeStates(kind, kind.lifecycle.initial).has(state);
  // What was found is opened again by its step alone, with the reason and the hand that it takes.
  const found = record.state === kind.found?.in;
  if (free && !found && (own || freeStates(kind, state).has(record.state))) {
    const judged = moveAsAct(kind.name, record.state, state);
    if (judged) await ensureNotAudited(write, record, judged);
    await ensureIndependent(write, kind, record, state);
    await ensureNoneInUse(write, kind, record, state);
    await ensureNotCalledOff(write, kind, record, state);
    const gone = await goneObstacle(write, write.ctx, kind, record, { state });
    if (gone !== undefined) throw new DomainError('conflict', gone);
    return write.move(record, state);
  }
  const step = found ? undefined : stepBetween(kind, record.state, state);
  if (step !== undefined) return transitionInside(services, write, kind, record, step);
  const label = (of: string) => `“${kind.lifecycle.states[of]?.label ?? of}”`;
  throw new DomainError(
    'conflict',
    found
      ? openedByStep
      : free
        ? `Only who made this ${label(record.state)} takes it back.`
        : `${label(state)} is reached by its own step alone, so this is not taken back.`,
  );
}

/** The patch that sets every part the change touched back to what it was; as the act that wrote it, where that is undone. */
function backTo(kind: Kind, undone: StoredRevision, before: StoredRevision): Patch {
  const fields: Record<string, unknown> = {};
  const links: Record<string, { set: readonly string[] }> = {};
  for (const name of undone.changed) {
    const wasLink = name in (undone.links ?? {}) || name in (before.links ?? {});
    if (wasLink) links[name] = { set: before.links?.[name] ?? [] };
    else fields[name] = before.fields?.[name] ?? null;
  }
  const ofActs = undone.changed.filter((name) => (kind.fields[name] ?? kind.relations[name])?.byAct);
  const asAct = ofActs.length > 0 && ofActs.every((name) => kind.takenBack?.includes(name));
  return { fields, links, undoing: true, ...(asAct ? { byAct: true } : {}) };
}
