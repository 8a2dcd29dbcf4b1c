import { type Kysely, sql } from 'kysely';

/**
 * What applying did not take of a row, kept with the row: links and steps are decided on what stood at that moment.
 * And when somebody last worked on an import: what nobody works on any more is taken away.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import_row add column rejections jsonb`.execute(db);
  await sql`alter table import add column touched_at timestamptz not null default now()`.execute(db);
  await sql`update import_row set outcome = 'rejected',
      rejections = jsonb_build_array(jsonb_build_object('column', '', 'raw', '', 'message', substr(outcome, 11)))
    where outcome like 'rejected: %'`.execute(db);
}
