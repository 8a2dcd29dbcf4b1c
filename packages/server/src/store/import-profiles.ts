import type { Profile } from '@throughline/domain/import/profiles/profile.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Selectable } from 'kysely';
import type { Reader } from './reader.ts';
import type { ImportProfileTable } from './tables.ts';
import type { Write } from './write.ts';

/** A saved profile is a profile: the column holds what this release wrote into it. */
function asWritten(value: Json): Profile {
  return value as unknown as Profile;
}

const saved = (row: Selectable<ImportProfileTable>): Profile => ({
  ...asWritten(row.mapping),
  id: row.id,
  label: row.name,
  kind: row.kind,
});

/** Profiles that this organisation saved, by name. */
export async function savedProfiles(reader: Reader): Promise<Profile[]> {
  const rows = await reader.db
    .selectFrom('import_profile')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .orderBy('name')
    .execute();
  return rows.map(saved);
}

/** Saves a profile under its label; one of the same name is replaced and keeps its id. */
export async function saveProfile(write: Write, profile: Profile): Promise<string> {
  const row = await write.db
    .insertInto('import_profile')
    .values({
      organisation: write.organisation,
      id: profile.id,
      name: profile.label,
      kind: profile.kind,
      mapping: JSON.stringify(profile),
      created_at: write.ctx.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation', 'name'])
        .doUpdateSet({ kind: profile.kind, mapping: JSON.stringify(profile) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
