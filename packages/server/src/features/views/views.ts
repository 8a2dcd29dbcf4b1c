import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import type { Asker } from '../../store/reading.ts';
import { addView, changeView, findView, removeView, type SavedView, viewsFor } from '../../store/views.ts';
import type { Write } from '../../store/write.ts';

const most = 200;

export async function listViews(
  services: Services,
  who: { readonly organisation: string; readonly actor: Actor },
  collection: string | undefined,
): Promise<SavedView[]> {
  const member = who.actor.type === 'person' ? who.actor.member : null;
  return services.store.read(who, (reader) => viewsFor(reader, member, collection));
}

export async function readView(services: Services, who: Asker, id: string): Promise<SavedView> {
  const view = await services.store.read(who, (reader) => findView(reader, id));
  if (!view) throw notFound();
  return view;
}

export async function saveView(
  services: Services,
  ctx: Context,
  input: Pick<SavedView, 'collection' | 'name' | 'query' | 'shared'>,
): Promise<SavedView> {
  if (!services.registry.ofCollection(input.collection))
    throw unprocessable([{ at: 'collection', message: 'There is no such register.' }]);
  const member = owner(ctx);
  return services.store.change(ctx, async (write) => {
    const mine = (await viewsFor(write, member, undefined)).filter((view) => view.member === member);
    if (mine.length >= most)
      throw new DomainError('conflict', `You have ${most} views, which is the most. Remove one first.`);
    return addView(write, { ...input, member });
  });
}

export async function editView(
  services: Services,
  ctx: Context,
  id: string,
  patch: { name?: string | undefined; query?: string | undefined; shared?: boolean | undefined },
): Promise<SavedView> {
  return services.store.change(ctx, async (write) => {
    const before = await own(write, id);
    const next = {
      ...before,
      name: patch.name ?? before.name,
      query: patch.query ?? before.query,
      shared: patch.shared ?? before.shared,
    };
    await changeView(write, next);
    return next;
  });
}

export async function deleteView(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => removeView(write, (await own(write, id)).id));
}

/** A view of somebody else that is not shared is not there; a shared one is changed by its owner alone. */
async function own(write: Write, id: string): Promise<SavedView> {
  const view = await findView(write, id);
  const member = owner(write.ctx);
  if (!view || (view.member !== member && !view.shared)) throw notFound();
  if (view.member !== member)
    throw new DomainError('forbidden', 'Only who saved a view changes or removes it.');
  return view;
}

function owner(ctx: Context): string {
  if (ctx.actor.type === 'person') return ctx.actor.member;
  throw new DomainError('forbidden', 'Views belong to people; a token has none.');
}
