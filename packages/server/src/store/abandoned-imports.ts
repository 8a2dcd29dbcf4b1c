import { sql } from 'kysely';
import { deleteImport } from './imports.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/**
 * Imports of all organisations that nobody worked on since a moment, were not applied and are not waiting to be, the
 * oldest first. Seen as the owner; each is locked and looked at again before anything becomes of it.
 */
export async function abandonedImports(
  store: Store,
  before: Date,
  limit: number,
): Promise<{ organisation: string; id: string }[]> {
  return store.asOwner((db) =>
    db
      .selectFrom('import')
      .select(['organisation', 'id'])
      .where('state', '=', 'analysed')
      .where('touched_at', '<', before)
      .where(notAsked)
      .orderBy('touched_at')
      .limit(limit)
      .execute(),
  );
}

/** Takes an import away with its rows if it is still abandoned; answers whether it was. One that is being worked on is left. */
export async function takeAwayIfAbandoned(write: Write, id: string, before: Date): Promise<boolean> {
  const row = await write.db
    .selectFrom('import')
    .select('id')
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('state', '=', 'analysed')
    .where('touched_at', '<', before)
    .where(notAsked)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row) await deleteImport(write, id);
  return row !== undefined;
}

/** No job that has not ended applies it. */
const notAsked = sql<boolean>`not exists (select from job j where j.organisation = import.organisation
  and j.type = 'apply-import' and j.ended_at is null and j.input ->> 'import' = import.id::text)`;
