import { type Kysely, sql } from 'kysely';

const slots = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * What lets a register be listed as it stood: each version keeps its slots, and since when it was archived. Versions
 * written before get their slots at the next start, as after a changed declaration (`refillSlots`).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = slots.map((n) => `add column k${n} text collate "C"`);
  await sql.raw(`alter table revision add column archived_at timestamptz, ${columns.join(', ')}`).execute(db);
  await sql`update revision v set archived_at = x.at
    from revision x
    where x.organisation = v.organisation and x.record = v.record and x.act = 'archived' and x.version <= v.version
      and not exists (select from revision y where y.organisation = v.organisation and y.record = v.record
        and y.act in ('archived', 'restored') and y.version > x.version and y.version <= v.version)`.execute(
    db,
  );
  await sql`delete from slot_signature`.execute(db);
}
