import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { askForJob } from '../store/jobs.ts';
import { listIds } from '../store/list.ts';
import type { Asker } from '../store/reading.ts';
import { type BulkAct, type BulkOutcome, bulkChange } from './bulk-change.ts';
import { ensureMay } from './load.ts';
import { ensurePresentBefore, ensurePresentNow } from './presence.ts';
import { readPresentQuery } from './read-list-query.ts';
import { resolveLinks, resolveQuery, resolveRefs } from './resolve-refs.ts';

/** More than this is worked in the background. */
export const bulkAtOnce = 200;
/** Types of the jobs: what changes, and what only says what would. */
export const bulkJobs = { change: 'bulk', dryRun: 'bulk-dry-run' } as const;
const most = 10_000;

export type BulkChoice =
  | { readonly refs: readonly string[] }
  | { readonly filter: Readonly<Record<string, string>> };

export type BulkAnswer = { readonly outcome: BulkOutcome } | { readonly job: string };

/** Works a choice of records at once, or asks for a job where there are many; a dry run too. */
export async function requestBulk(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { readonly choice: BulkChoice; readonly act: BulkAct; readonly dryRun: boolean },
): Promise<BulkAnswer> {
  const right = 'patch' in input.act ? 'edit' : 'transition' in input.act ? 'transition' : 'archive';
  ensureMay(ctx.actor, kind, right);
  const ids = await chosen(services, ctx, kind, input.choice);
  const act = await actWithIds(services, ctx, kind, input.act);
  if ('transition' in act && !input.dryRun) await ensurePresentBefore(services, ctx, kind, act.transition);
  if ('patch' in act && !input.dryRun && kind.kept && kind.kept.hold in (act.patch.fields ?? {}))
    await ensurePresentNow(services.store, ctx);
  if (ids.length <= bulkAtOnce) {
    // Asked once for all of them, or, where nothing is carried out, not at all.
    const asked = { ...ctx, presence: undefined };
    return {
      outcome: await bulkChange(services, asked, kind, { ids, act }, { dryRun: input.dryRun }),
    };
  }
  const job = await services.store.change(ctx, (write) =>
    askForJob(
      write,
      input.dryRun ? bulkJobs.dryRun : bulkJobs.change,
      bulkInput(kind, ids, act, ctx.because),
    ),
  );
  return { job };
}

/** Ids of the records that are meant, each once. Throws `unprocessable` for a name that finds nothing, `too-large` past the most. */
export async function chosen(
  services: Services,
  ctx: Asker,
  kind: Kind,
  choice: BulkChoice,
): Promise<string[]> {
  const { actor } = ctx;
  if ('refs' in choice) {
    const { refs } = choice;
    const idOf = await services.store.read(ctx, (reader) =>
      resolveRefs(reader, actor, [{ at: 'refs', refs, kinds: [kind.name] }]),
    );
    return [...new Set(refs.map(idOf))];
  }
  const asked = readPresentQuery(kind, choice.filter, actor);
  const ids = await services.store.read(ctx, async (reader) =>
    listIds(reader, await resolveQuery(reader, asked, actor), most + 1),
  );
  if (ids.length <= most) return ids;
  throw new DomainError('too-large', `More than ${most} records match. Narrow the filter.`);
}

/** A patch names its links' records once for all rows: what is not there is refused before any of them changes. */
async function actWithIds(services: Services, ctx: Context, kind: Kind, act: BulkAct): Promise<BulkAct> {
  if (!('patch' in act)) return act;
  const patch = await services.store.read(ctx, (reader) => resolveLinks(reader, ctx.actor, kind, act.patch));
  return { patch };
}

function bulkInput(kind: Kind, ids: readonly string[], act: BulkAct, because: string | null): Json {
  // JSON in and out: what a client sent as a patch holds nothing else.
  return JSON.parse(JSON.stringify({ kind: kind.name, ids, act, because }));
}
