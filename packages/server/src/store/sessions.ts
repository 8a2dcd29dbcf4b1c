import { isOwnProof, type ProofMethod, proofMethods } from '@throughline/domain/factors.ts';
import { proofContent, sessionContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { Gathered } from './gathered.ts';
import { ensureOpen } from './organisations.ts';
import type { PowersRow } from './powers.ts';
import type { Reader } from './reader.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** A session that has not ended, with what is needed to act for its member. */
export type SessionRow = PowersRow & {
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
  /** When whoever holds it last showed who they are. */
  readonly proved_at: Date;
  /** The person has one, whether or not this session began with it. */
  readonly second_factor: boolean;
  /** The last proof was a credential of the person's own, and not a provider's word. */
  readonly own_proof: boolean;
  /** An address alone linked the member to a provider, and nothing of theirs was shown by whoever came by it. */
  readonly linked_alone: boolean;
  /** The administrator who alone opened the account of its member; `null` for nearly everybody. */
  readonly opened_by: string | null;
  /** What the organisation demands of its members' second factors, and since when this is one. */
  readonly factor_rule: unknown;
  readonly joined_at: Date;
};

/** Finds a session by the hash of its token. Every request asks it, so those of a busy moment are asked together. */
export function sessionOf(store: Store, hash: Buffer): Promise<SessionRow | undefined> {
  const known = gatheredBy.get(store);
  const sessions = known ?? new Gathered((hashes) => sessionsOf(store, hashes));
  if (!known) gatheredBy.set(store, sessions);
  return sessions.find(hash);
}

const gatheredBy = new WeakMap<Store, Gathered<SessionRow>>();

async function sessionsOf(store: Store, hashes: readonly Buffer[]): Promise<Map<string, SessionRow>> {
  const { rows } = await store.app.query<SessionRow & { readonly asked: Buffer }>({
    name: 'sessions-of',
    // One statement: whatever joins in deciding who acts is asked with the session. Each limit tells the planner that
    // there is one row, where it takes a function for a thousand: three of them looked dear enough to be compiled anew.
    text: `select h.asked, s.*, session_own_proof(s.id) as own_proof, opened_by(s.organisation, s.member) as opened_by,
        linked_alone(s.organisation, s.member) as linked_alone, p.scope, p.audited, p.groups, p.stands_for, p.time_zone,
        d.factor_rule, d.joined_at
      from unnest($1::bytea[]) h (asked)
      cross join lateral (select * from session_of(h.asked) limit 1) s
      cross join lateral (select * from powers_of(s.organisation, s.member) limit 1) p
      cross join lateral (select * from factor_demand(s.organisation, s.member) limit 1) d`,
    values: [hashes],
  });
  return new Map(rows.map((row) => [row.asked.toString('hex'), row]));
}

export type NewSession = {
  readonly id: string;
  readonly hash: Buffer;
  readonly person: string;
  readonly member: string;
  readonly expiresAt: Date;
  /** What was shown; the password unless told. */
  readonly methods?: readonly ProofMethod[] | undefined;
  readonly from?: SessionOrigin | undefined;
  /** It goes on from a session of the person in another organisation: nothing new was shown, and no time is won. */
  readonly continues?: { readonly signedInAt: Date; readonly provedAt: Date } | undefined;
};

/** Where a session began, as its owner may want to know it again. */
export type SessionOrigin = {
  /** Hash of what the browser keeps over sessions. */
  readonly browser: Buffer;
  readonly agent: string | null;
  readonly host: string;
};

/** Begins a session, with its entry. Throws `conflict` where the organisation is archived: nobody enters, by whatever door. */
export async function startSession(write: Write, session: NewSession): Promise<void> {
  const { methods = ['password'], from, continues } = session;
  await ensureOpen(write);
  const [salt, proofSalt] = [newSalt(), newSalt()];
  const { id, person, member } = session;
  const signedInAt = continues?.signedInAt ?? null;
  const at = continues?.provedAt ?? write.ctx.at;
  const own = isOwnProof(methods);
  await write.db
    .insertInto('session')
    .values({
      token_hash: session.hash,
      ...{ id, person, member },
      organisation: write.organisation,
      created_at: write.ctx.at,
      seen_at: write.ctx.at,
      expires_at: session.expiresAt,
      ended_at: null,
      proved_at: at,
      began_at: signedInAt,
      methods: [...methods],
      own_proof: own,
      browser: from?.browser ?? null,
      agent: from?.agent ?? null,
      host: from?.host ?? null,
      salt,
      proof_salt: proofSalt,
    })
    .execute();
  // What was shown, and whether it goes on from elsewhere, would say that the person has an account there.
  write.log({
    ...{ act: 'session.started', session: id, member },
    digest: sessionContent(salt, { session: id, person, methods, signedInAt }),
    proof: proofContent(proofSalt, { session: id, at, own }),
  });
}

/** What a session of the same person elsewhere goes on from. */
export type SessionGround = {
  readonly methods: readonly ProofMethod[];
  readonly ownProof: boolean;
  readonly signedInAt: Date;
  readonly provedAt: Date;
};

/** How an open session began and when its holder last showed who they are; nothing once it ended. */
export async function groundOf(reader: Reader, id: string): Promise<SessionGround | undefined> {
  const row = await reader.db
    .selectFrom('session')
    .select(['methods', 'created_at', 'began_at', 'proved_at', 'own_proof'])
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    methods: proofMethods.filter((method) => row.methods.includes(method)),
    ownProof: row.own_proof,
    signedInAt: row.began_at ?? row.created_at,
    provedAt: row.proved_at ?? row.created_at,
  };
}

/** Notes, with its entry, that whoever holds a session showed again who they are; false when it ended meanwhile. */
export async function proveSession(
  write: Write,
  id: string,
  methods: readonly ProofMethod[],
): Promise<boolean> {
  const salt = newSalt();
  const { at } = write.ctx;
  const own = isOwnProof(methods);
  const session = await write.db
    .updateTable('session')
    .set({ proved_at: at, own_proof: own, proof_salt: salt })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('member')
    .executeTakeFirst();
  if (session) {
    const proof = proofContent(salt, { session: id, at, own });
    write.log({ act: 'session.proved', session: id, member: session.member, proof });
  }
  return session !== undefined;
}

/** A session that is open, as its owner sees it. */
export type OpenSession = {
  readonly id: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly methods: string[];
  readonly agent: string | null;
  readonly host: string | null;
};

/** The open sessions of a person, or of a member, in the reader's organisation; the one used last first. */
export async function openSessions(
  reader: Reader,
  of: { readonly person: string } | { readonly member: string },
  now: Date,
): Promise<OpenSession[]> {
  return reader.db
    .selectFrom('session')
    .select(['id', 'created_at', 'seen_at', 'expires_at', 'methods', 'agent', 'host'])
    .where('organisation', '=', reader.organisation)
    .$if('person' in of, (query) => query.where('person', '=', 'person' in of ? of.person : ''))
    .$if('member' in of, (query) => query.where('member', '=', 'member' in of ? of.member : ''))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}

/** Whether somebody with this address signed in before from the browser that keeps the secret of this hash. */
export async function knowsBrowser(store: Store, email: string, hash: Buffer): Promise<boolean> {
  const { rows } = await store.app.query<{ knows_browser: boolean }>({
    name: 'knows-browser',
    text: 'select knows_browser($1, $2)',
    values: [email, hash],
  });
  return rows[0]?.knows_browser === true;
}

/** Which sessions end: one, a member's, or a person's; of these all but one, where that is said. */
export type WhichSessions = {
  readonly id?: string;
  readonly member?: string;
  readonly person?: string;
  /** All of the organisation's. */
  readonly everybody?: true;
  readonly except?: string;
  /** Only those that rest on a provider's word. */
  readonly vouched?: true;
};

/** Ends sessions, each with its entry; answers how many ended. What names none of them is refused. */
export async function endSessions(write: Write, which: WhichSessions): Promise<number> {
  const { id, member, person, except } = which;
  if (id === undefined && member === undefined && person === undefined && !which.everybody)
    throw new TypeError('Say whose sessions end');
  const ended = await write.db
    .updateTable('session')
    .set({ ended_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('ended_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(member !== undefined, (query) => query.where('member', '=', member ?? ''))
    .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .$if(which.vouched === true, (query) => query.where('own_proof', '=', false))
    .returning(['id', 'member'])
    .execute();
  for (const { id: session, member: of } of ended) write.log({ act: 'session.ended', session, member: of });
  return ended.length;
}

/**
 * Notes that a session is in use: its end moves on by `slideMs`, never beyond `mostMs` after its person signed in. Bookkeeping
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
        expires_at = least($3::timestamptz + $4 * interval '1 millisecond', coalesce(began_at, created_at) + $5 * interval '1 millisecond')
      where organisation = $1 and id = $2 and ended_at is null`,
    values: [write.organisation, id, write.ctx.at, limits.slideMs, limits.mostMs],
  });
}
