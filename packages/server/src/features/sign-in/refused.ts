import { newId } from '../../store/ids.ts';
import type { Membership } from '../../store/people.ts';
import { askForWarning } from '../../store/reset-mail.ts';
import type { Store } from '../../store/store.ts';
import type { Requested } from './begin.ts';
import { openMemberships } from './memberships.ts';

/**
 * Whose logs a refusal at the door stands in. Anybody may guess at anybody's password, so what an organisation is told
 * hangs on what it knows itself: without one named every one that lets them in is told, and no other; with one named that
 * one alone, whether or not their access there has ended. Told by what stands elsewhere, it would learn of that.
 */
export function toldOfRefusal(
  memberships: readonly Membership[],
  now: Date,
  organisation: string | undefined,
): readonly Membership[] {
  if (organisation === undefined) return openMemberships(memberships, now);
  return memberships.filter((one) => one.organisation === organisation);
}

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
