import { DomainError } from '@throughline/domain/errors.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { factsOf } from '../store/records.ts';
import type { ChangeOptions } from '../store/store.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { editInside } from './edit-record.ts';
import { ensureMay, ensureRight } from './load.ts';
import { archiveInside, transitionInside } from './transition-record.ts';

export type BulkAct =
  | { readonly patch: Patch }
  | { readonly transition: string }
  | { readonly archive: true };

/** `ref` and `title` of what the caller may see, so that a refusal can be told by name. */
export type Refusal = {
  readonly id: string;
  readonly ref?: string;
  readonly title?: string;
  readonly reason: string;
};

export type BulkOutcome = {
  readonly applied: readonly string[];
  readonly unchanged: readonly string[];
  readonly refused: readonly Refusal[];
  readonly voided: number;
  readonly stale: number;
};

/** An outcome while it is being gathered. */
type Gathering = {
  applied: string[];
  unchanged: string[];
  refused: Refusal[];
  voided: number;
  stale: number;
};

const nothingYet = (): Gathering => ({ applied: [], unchanged: [], refused: [], voided: 0, stale: 0 });

const atOnce = 200;

/**
 * The same act on many records. Each record takes it or refuses with its reason; refusals leave the others alone.
 * Worked in batches, each one change, so that a long bulk does not hold locks on everything at once.
 */
export async function bulkChange(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { readonly ids: readonly string[]; readonly act: BulkAct },
  options: ChangeOptions & { progress?: (done: number) => Promise<void> } = {},
): Promise<BulkOutcome> {
  const right = 'patch' in input.act ? 'edit' : 'transition' in input.act ? 'transition' : 'archive';
  ensureMay(ctx.actor, kind, right);
  const outcome = nothingYet();
  for (let from = 0; from < input.ids.length; from += atOnce) {
    const ids = input.ids.slice(from, from + atOnce);
    const work = async (write: Write) => {
      const worked = await bulkInside(services, write, kind, ids, input.act, right);
      if (ctx.once) write.made(writeSubject(worked));
      return worked;
    };
    const part = await services.store.change(ctx, work, { dryRun: options.dryRun ?? false });
    outcome.applied.push(...part.applied);
    outcome.unchanged.push(...part.unchanged);
    outcome.refused.push(...part.refused);
    outcome.voided += part.voided;
    outcome.stale += part.stale;
    await options.progress?.(Math.min(from + atOnce, input.ids.length));
  }
  return outcome;
}

async function bulkInside(
  services: Services,
  write: Write,
  kind: Kind,
  ids: readonly string[],
  act: BulkAct,
  right: 'edit' | 'transition' | 'archive',
): Promise<BulkOutcome> {
  const locked = await write.lock(ids);
  const outcome = nothingYet();
  for (const id of ids) {
    const record = locked.get(id);
    if (!record || record.kind !== kind.name) {
      outcome.refused.push({ id, reason: 'You cannot see this, or it does not exist.' });
      continue;
    }
    try {
      ensureRight(write, kind, right, { id, facts: await factsOf(write, record) });
      const change = await applyOne(services, write, kind, record, act);
      (change.changed ? outcome.applied : outcome.unchanged).push(id);
      outcome.voided += change.voided;
      outcome.stale += change.stale;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      outcome.refused.push({
        id,
        ref: `${kind.prefix}-${record.number}`,
        title: record.title,
        reason: error.message,
      });
    }
  }
  return outcome;
}

async function applyOne(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  act: BulkAct,
): Promise<{ changed: boolean; voided: number; stale: number }> {
  if ('patch' in act) {
    const change = await editInside(write, kind, record, act.patch);
    return { changed: change.changed.length > 0, voided: change.voided.length, stale: change.stale.length };
  }
  if ('transition' in act) await transitionInside(services, write, kind, record, act.transition);
  else if (record.archivedAt) return { changed: false, voided: 0, stale: 0 };
  else await archiveInside(services, write, record);
  return { changed: true, voided: 0, stale: 0 };
}

/** What a request that is sent again is answered from: counts and ids, no words and no content. */
function writeSubject({ applied, unchanged, refused, voided, stale }: BulkOutcome): string {
  const lists = [applied, unchanged, refused.map((one) => one.id)].map((ids) => ids.join(' '));
  return [voided, stale, ...lists].join('|');
}

const refusedThen = 'It refused when this was first asked. It would take it now: ask again with a new key.';

/**
 * The outcome of a bulk that was worked at once, rebuilt from what its request left. Why a record refused is asked
 * anew, without changing anything.
 */
export async function bulkAgain(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { readonly act: BulkAct; readonly subject: string },
): Promise<BulkOutcome> {
  const [voided, stale, ...lists] = input.subject.split('|');
  const [applied = [], unchanged = [], ids = []] = lists.map((list) => (list === '' ? [] : list.split(' ')));
  const asked = { ids, act: input.act };
  const now = await bulkChange(services, { ...ctx, once: undefined }, kind, asked, { dryRun: true });
  const again = new Map(now.refused.map((one) => [one.id, one]));
  const refused = ids.map((id) => again.get(id) ?? { id, reason: refusedThen });
  return { applied, unchanged, refused, voided: Number(voided), stale: Number(stale) };
}
