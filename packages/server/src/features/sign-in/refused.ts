import { newId } from '../../store/ids.ts';
import { askForWarning } from '../../store/reset-mail.ts';
import type { Store } from '../../store/store.ts';
import type { Requested } from './begin.ts';

/** Writes down that somebody was not let in. */
export async function noteRefusal(
  store: Store,
  { organisation, member }: { readonly organisation: string; readonly member: string },
  request: Requested,
): Promise<void> {
  const actor = { type: 'visitor' } as const;
  const ctx = { organisation, actor, at: request.at, because: null, request: request.id };
  await store.change(ctx, async (write) => {
    write.log({ act: 'session.refused', session: newId(), member });
  });
}

/** Has a member told by mail that somebody got past their password and fails at their second factor. */
export async function warnOwner(
  store: Store,
  { organisation, member }: { readonly organisation: string; readonly member: string },
  request: Requested,
): Promise<void> {
  const actor = { type: 'rule', rule: 'sign-in-warning' } as const;
  const ctx = { organisation, actor, at: request.at, because: null, request: request.id };
  await store.change(ctx, (write) => askForWarning(write, member, request.ip));
}
