import { notFound } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember } from '../../store/members.ts';
import { endSessions, type OpenSession, openSessions } from '../../store/sessions.ts';

/** Where a member is signed in to this organisation, the session used last first. */
export async function memberSessions(
  { store }: Services,
  organisation: string,
  member: string,
  now: Date,
): Promise<OpenSession[]> {
  return store.readWhole(organisation, async (reader) => {
    if (!(await findMember(reader, member))) throw notFound();
    return openSessions(reader, { member }, now);
  });
}

/** Ends one session of a member, or all. Throws `not-found` for a member or a session that is not there. */
export async function endMemberSessions(
  { store }: Services,
  ctx: Context,
  member: string,
  session?: string,
): Promise<void> {
  await store.change(ctx, async (write) => {
    if (!(await findMember(write, member))) throw notFound();
    const ended = await endSessions(write, { member, ...(session === undefined ? {} : { id: session }) });
    if (session !== undefined && ended === 0) throw notFound();
  });
}
