import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { askForJob } from '../store/jobs.ts';
import { listIds } from '../store/list.ts';
import { type BulkAct, type BulkOutcome, bulkChange } from './bulk-change.ts';
import { ensureMay } from './load.ts';
import { resolveRefs } from './names.ts';
import { readPresentQuery } from './read-list-query.ts';

/** More than this is worked in the background. */
export const bulkAtOnce = 200;
const most = 10_000;

export type BulkChoice =
  | { readonly refs: readonly string[] }
  | { readonly filter: Readonly<Record<string, string>> };

export type BulkAnswer = { readonly outcome: BulkOutcome } | { readonly job: string };

/** Works a choice of records at once, or asks for a job where there are many. A dry run is always worked at once. */
export async function requestBulk(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { readonly choice: BulkChoice; readonly act: BulkAct; readonly dryRun: boolean },
): Promise<BulkAnswer> {
  const right = 'patch' in input.act ? 'edit' : 'transition' in input.act ? 'transition' : 'archive';
  ensureMay(ctx.actor, kind, right);
  const ids = await chosen(services, ctx, kind, input.choice);
  if (ids.length <= bulkAtOnce || input.dryRun) {
    return {
      outcome: await bulkChange(services, ctx, kind, { ids, act: input.act }, { dryRun: input.dryRun }),
    };
  }
  const job = await services.store.change(ctx, (write) =>
    askForJob(write, 'bulk', bulkInput(kind, ids, input.act, ctx.because)),
  );
  return { job };
}

async function chosen(services: Services, ctx: Context, kind: Kind, choice: BulkChoice): Promise<string[]> {
  if ('refs' in choice) {
    const { ids, missing } = await resolveRefs(services, ctx.organisation, kind, choice.refs);
    if (missing.length === 0) return ids;
    throw unprocessable(
      missing
        .slice(0, 20)
        .map((ref) => ({ at: 'refs', message: `"${ref.slice(0, 60)}" is no ${kind.label}.` })),
    );
  }
  const query = readPresentQuery(kind, choice.filter, ctx.actor);
  const ids = await services.store.read(ctx.organisation, (reader) => listIds(reader, query, most + 1));
  if (ids.length <= most) return ids;
  throw new DomainError('too-large', `More than ${most} records match. Narrow the filter.`);
}

function bulkInput(kind: Kind, ids: readonly string[], act: BulkAct, because: string | null): Json {
  // JSON in and out: what a client sent as a patch holds nothing else.
  return JSON.parse(JSON.stringify({ kind: kind.name, ids, act, because }));
}
