import type { Json } from '@throughline/domain/json.ts';
import type { LogVerificationWire } from '@throughline/domain/wire-log.ts';
import { sql } from 'kysely';
import { asWritten } from './as-written.ts';
import type { Db } from './connection.ts';
import type { Reader } from './reader.ts';

/** How far the log of an organisation is: what the sequencer wrote last. */
export type Head = { readonly size: number; readonly root: Buffer };

/** Nothing while the log has no tree yet. */
export async function readHead(db: Db, organisation: string): Promise<Head | undefined> {
  const row = await db
    .selectFrom('log_head')
    .select(['size', 'root'])
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row?.root ? { size: Number(row.size), root: row.root } : undefined;
}

/** The checkpoint that is published: signed, and the note to the byte. */
export type PublishedCheckpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** Number of the key that signed it. */
  readonly key: number;
  readonly note: string;
  readonly at: Date;
};

export async function publishedCheckpoint(
  db: Db,
  organisation: string,
): Promise<PublishedCheckpoint | undefined> {
  const row = await db
    .selectFrom('log_checkpoint')
    .select(['origin', 'size', 'root', 'key', 'note', 'at'])
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row && { ...row, size: Number(row.size) };
}

/** Puts a checkpoint in the place of the one before; what stood in the way of signing is over with it. */
export async function publishCheckpoint(
  db: Db,
  organisation: string,
  checkpoint: PublishedCheckpoint,
): Promise<void> {
  await db
    .insertInto('log_checkpoint')
    .values({ organisation, ...checkpoint })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet({ ...checkpoint }))
    .execute();
  await db.deleteFrom('log_refusal').where('organisation', '=', organisation).execute();
}

/** The name that the log of an organisation is signed under; the newest, where a restore began another. */
export async function logOrigin(db: Db, organisation: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('log_origin')
    .select('origin')
    .where('organisation', '=', organisation)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.origin;
}

/**
 * Names the log of an organisation, for good: `origin` for its first name, `origin/2` for the next after a restore.
 * `mark` comes behind that: one backup can be restored twice, and the two logs go on differently.
 */
export async function addLogOrigin(
  db: Db,
  organisation: string,
  origin: string,
  at: Date,
  mark = '',
): Promise<string> {
  const { n } = await db
    .selectFrom('log_origin')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('organisation', '=', organisation)
    .executeTakeFirstOrThrow();
  const number = Number(n) + 1;
  const name = number === 1 && mark === '' ? origin : `${origin}/${number}${mark}`;
  await db.insertInto('log_origin').values({ organisation, number, origin: name, at }).execute();
  return name;
}

/** Entries that only a log has of which something was signed. */
const signedActs = ['log.key-registered', 'log.restored', 'log.resumed'];

/**
 * Whether anything of a log was ever signed, as far as the database knows: it has a name, a checkpoint, or an entry that
 * follows a signature alone. Whoever takes all three away has altered the tree.
 */
export async function wasSigned(db: Db, organisation: string): Promise<boolean> {
  const { rows } = await sql<{ signed: boolean }>`
    select exists (select from log_origin where organisation = ${organisation})
      or exists (select from log_checkpoint where organisation = ${organisation})
      or exists (select from entry where organisation = ${organisation} and act = any(${signedActs})) as signed`.execute(
    db,
  );
  return rows[0]?.signed === true;
}

/** One signer at a time for each organisation; false while another is at it. Until the transaction ends. */
export async function lockSigning(db: Db, organisation: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`log signing ${organisation}`}, 0)) as locked`.execute(
    db,
  );
  return rows[0]?.locked === true;
}

/** Organisations whose published checkpoint is not about their head, or of an earlier key or name. */
export async function organisationsToSign(db: Db, key: number): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select h.organisation from log_head h
    left join log_checkpoint c on c.organisation = h.organisation
    left join lateral (select origin from log_origin o where o.organisation = h.organisation order by number desc limit 1) o on true
    where h.root is not null and (h.size > 0 or c.size > 0)
      and (c.size is distinct from h.size or c.root is distinct from h.root or c.key is distinct from ${key} or c.origin is distinct from o.origin)
    order by h.organisation`.execute(db);
  return rows.map((row) => row.organisation);
}

export type Refusal = { readonly reason: string; readonly message: string; readonly at: Date };

/** Why the log of an organisation is not signed, where a signer said so and signed nothing since. */
export async function signingRefusal(db: Db, organisation: string): Promise<Refusal | undefined> {
  return db
    .selectFrom('log_refusal')
    .select(['reason', 'message', 'at'])
    .where('organisation', '=', organisation)
    .executeTakeFirst();
}

/** Keeps a refusal since when it holds; answers whether it is another one than before. */
export async function keepRefusal(db: Db, organisation: string, refusal: Refusal): Promise<boolean> {
  const rows = await db
    .insertInto('log_refusal')
    .values({ organisation, ...refusal })
    .onConflict((conflict) =>
      conflict
        .column('organisation')
        .doUpdateSet({ ...refusal })
        .where((eb) =>
          eb.or([
            eb('log_refusal.reason', '!=', refusal.reason),
            eb('log_refusal.message', '!=', refusal.message),
          ]),
        ),
    )
    .returning('organisation')
    .execute();
  return rows.length > 0;
}

/** What a verification of the whole log found; kept by the verifier, shown with the state of the log. */
export type Verification = {
  readonly at: Date;
  /** Entries that were verified. */
  readonly size: number;
  readonly holds: boolean;
  /** What was found, as the verifier words it. */
  readonly report: LogVerificationWire['report'];
};

/** Keeps a result as the owner: whoever verifies beside the server, too. */
export async function keepVerification(db: Db, organisation: string, result: Verification): Promise<void> {
  await db
    .insertInto('log_verification')
    .values({ organisation, ...result, report: JSON.stringify(result.report) })
    .execute();
}

export async function lastVerification(reader: Reader): Promise<Verification | undefined> {
  const row = await reader.db
    .selectFrom('log_verification')
    .select(['at', 'size', 'holds', 'report'])
    .where('organisation', '=', reader.organisation)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const report = asWritten<Verification['report']>(row.report);
  const faults = await tellable(reader, report.faults);
  return { ...row, size: Number(row.size), report: { ...report, faults } };
}

/** What the last verification found, where it found anything. */
export async function lastFaults(reader: Reader): Promise<Verification['report']['faults']> {
  const rows = await reader.run<{ faults: Json | null }>({
    name: 'last-faults',
    text: `select case when holds then null else report -> 'faults' end as faults from log_verification
      where organisation = $1 order by at desc limit 1`,
    values: [reader.organisation],
  });
  return tellable(reader, rows[0]?.faults ? asWritten<Faults>(rows[0].faults) : []);
}

type Faults = Verification['report']['faults'];

/** Faults of sealed records are told to those alone who may read them. */
async function tellable(reader: Reader, faults: Faults): Promise<Faults> {
  const { registry, organisation } = reader;
  const sealed = faults.filter(({ ref }) => ref !== null && registry.readRef(ref)?.kind.sealed !== undefined);
  if (reader.view === 'whole' || sealed.length === 0) return faults;
  const ids = sealed.flatMap(({ record }) => record ?? []);
  const rows = await reader.run<{ id: string }>({
    name: 'sealed-in-faults',
    text: 'select id::text as id from record where organisation = $1 and id::text = any($2::text[])',
    values: [organisation, ids],
  });
  const seen = new Set(rows.map(({ id }) => id));
  return faults.filter(
    (fault) => !sealed.includes(fault) || (fault.record !== null && seen.has(fault.record)),
  );
}
