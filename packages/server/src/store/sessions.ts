import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** A session that has not ended, with what is needed to act for its member. */
export type SessionRow = {
  readonly id: string;
  readonly organisation: string;
  readonly member: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  /** Last day (YYYY-MM-DD) on which the member may enter; `null` without end. */
  readonly left_on: string | null;
  readonly expires_at: Date;
  readonly seen_at: Date;
};

/** Finds a session by the hash of its token: one statement, one round trip, because every request asks it. */
export async function sessionOf(store: Store, hash: Buffer): Promise<SessionRow | undefined> {
  const result = await store.app.query<SessionRow>({
    name: 'session-of',
    text: 'select * from session_of($1)',
    values: [hash],
  });
  return result.rows[0];
}

export type NewSession = {
  readonly id: string;
  readonly hash: Buffer;
  readonly person: string;
  readonly member: string;
  readonly expiresAt: Date;
};

/** Begins a session, with its entry. */
export async function startSession(write: Write, session: NewSession): Promise<void> {
  await write.db
    .insertInto('session')
    .values({
      token_hash: session.hash,
      id: session.id,
      person: session.person,
      organisation: write.organisation,
      member: session.member,
      created_at: write.ctx.at,
      seen_at: write.ctx.at,
      expires_at: session.expiresAt,
      ended_at: null,
    })
    .execute();
  write.log({ act: 'session.started', session: session.id, person: session.person, member: session.member });
}

/** Ends sessions by id or of one member, each with its entry; answers how many ended. */
export async function endSessions(write: Write, which: { id: string } | { member: string }): Promise<number> {
  const ended = await write.db
    .updateTable('session')
    .set({ ended_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('ended_at', 'is', null)
    .$if('id' in which, (query) => query.where('id', '=', 'id' in which ? which.id : ''))
    .$if('member' in which, (query) => query.where('member', '=', 'member' in which ? which.member : ''))
    .returning(['id', 'person', 'member'])
    .execute();
  for (const session of ended)
    write.log({ act: 'session.ended', session: session.id, person: session.person, member: session.member });
  return ended.length;
}

/**
 * Notes that a session is in use: its end moves on by `slideMs`, never beyond `mostMs` after its start. Bookkeeping
 * of the door, so without an entry.
 */
export async function touchSession(
  write: Write,
  id: string,
  limits: { slideMs: number; mostMs: number },
): Promise<void> {
  await write.run({
    name: 'touch-session',
    text: `update session set seen_at = $3,
        expires_at = least($3::timestamptz + $4 * interval '1 millisecond', created_at + $5 * interval '1 millisecond')
      where organisation = $1 and id = $2 and ended_at is null`,
    values: [write.organisation, id, write.ctx.at, limits.slideMs, limits.mostMs],
  });
}
