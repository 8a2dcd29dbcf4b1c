import { type Kysely, sql } from 'kysely';

/** The slots that registers are filtered by beside the state, which has its statistics: not the first, which is the title. */
const slots = [3, 4, 5, 6, 7, 8];

/**
 * What stands in a slot depends on the kind. Taken one by one, the planner expected 17 systems of a unit that has a
 * thousand, and read and sorted all of them for a page that an index in its order gives after four hundred.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const slot of slots)
    await sql.raw(`create statistics record_k${slot} (mcv) on kind, k${slot} from record`).execute(db);
  await sql`analyze record`.execute(db);
}
