import type { AuthorityRow } from '@throughline/domain/authority.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { digestOf } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Who decides one dimension up to one level: a role or a member, with a delegate and an end. */
export type AuthorityGrant = {
  readonly dimension: string;
  readonly level: string;
  readonly member: string | null;
  readonly role: string | null;
  readonly delegate: string | null;
  /** Last day, YYYY-MM-DD. */
  readonly until: string | null;
};

/** Grants in force on a day (YYYY-MM-DD). */
export async function authorityOn(reader: Reader, day: string): Promise<(AuthorityGrant & { id: string })[]> {
  return reader.run<AuthorityGrant & { id: string }>({
    name: 'authority-on',
    text: `select id, dimension, level, member, role, delegate, valid_to::text as until from authority
      where organisation = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
      order by dimension, level, id`,
    values: [reader.organisation, day],
  });
}

/** The whole table with the days of each row: what a decision is judged by on its own day. */
export async function authorityRows(reader: Reader): Promise<AuthorityRow[]> {
  return reader.run<AuthorityRow>({
    name: 'authority-rows',
    text: `select dimension, level, member, role, delegate, valid_from::text as "validFrom", valid_to::text as "validTo"
      from authority where organisation = $1 order by id`,
    values: [reader.organisation],
  });
}

/** Every grant that ever stood, as the entry of the newest change binds the table. */
export async function authorityTable(
  db: Db,
  organisation: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { rows } = await sql<Readonly<Record<string, unknown>>>`
    select id, dimension, level, member, role, delegate, valid_from::text as "validFrom", valid_to::text as "validTo"
    from authority where organisation = ${organisation} order by id`.execute(db);
  return rows;
}

/**
 * Puts a table of authority in force from a day on. Grants that go end the day before, so that an old decision can be
 * judged by the authority held on its own day; those that stay are left alone. One entry for the whole table.
 */
export async function setAuthority(
  write: Write,
  grants: readonly AuthorityGrant[],
  day: string,
): Promise<void> {
  const same = (grant: AuthorityGrant) =>
    [grant.dimension, grant.level, grant.member, grant.role, grant.delegate, grant.until].join('|');
  const standing = await authorityOn(write, day);
  const wanted = new Set(grants.map(same));
  const gone = standing.filter((grant) => !wanted.has(same(grant))).map((grant) => grant.id);
  const kept = new Set(standing.map(same));
  await write.run({
    name: 'withdraw-authority-of-today',
    text: 'delete from authority where organisation = $1 and id = any($2::uuid[]) and valid_from = $3::date',
    values: [write.organisation, gone, day],
  });
  await write.run({
    name: 'end-authority',
    text: 'update authority set valid_to = $3::date - 1 where organisation = $1 and id = any($2::uuid[])',
    values: [write.organisation, gone, day],
  });
  const fresh = grants.filter((grant) => !kept.has(same(grant)));
  if (fresh.length > 0) {
    await write.db
      .insertInto('authority')
      .values(
        fresh.map(({ until, ...grant }) => ({
          organisation: write.organisation,
          id: newId(write.ctx.at.getTime()),
          ...grant,
          valid_from: day,
          valid_to: until,
          created_at: write.ctx.at,
        })),
      )
      .execute();
  }
  if (gone.length === 0 && fresh.length === 0) return;
  const table = await authorityTable(write.db, write.organisation);
  const digest = digestOf(table).toString('hex');
  write.log({ act: 'authority.set', authority: newId(write.ctx.at.getTime()), digest, rows: table.length });
  // The table belongs to no system: it is one of the organisation's own facts.
  write.touch({ id: write.organisation, system: null });
}
