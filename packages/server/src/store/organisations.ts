import { isObject } from '@throughline/domain/json.ts';
import type { Db } from './connection.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';

/** What an organisation decided about its own system of rules. */
export type OrganisationSettings = {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Adopted lengths by id of the catalogue's calendar, ISO 8601 periods. */
  readonly intervals: Readonly<Record<string, string>>;
  /** "Approver ≠ author" waived in writing by a small organisation. */
  readonly authorMayApprove: boolean;
};

export async function organisationSettings(reader: Reader): Promise<OrganisationSettings> {
  const row = await reader.db
    .selectFrom('organisation')
    .select(['name', 'time_zone', 'settings'])
    .where('id', '=', reader.organisation)
    .executeTakeFirstOrThrow();
  return { name: row.name, timeZone: row.time_zone, ...settingsOf(row.settings) };
}

function settingsOf(settings: FieldsColumn): {
  intervals: Record<string, string>;
  authorMayApprove: boolean;
} {
  const intervals = isObject(settings.intervals) ? settings.intervals : {};
  return {
    intervals: Object.fromEntries(
      Object.entries(intervals).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    authorMayApprove: settings.authorMayApprove === true,
  };
}

/** Every organisation of the installation: for work beyond one, as the owner. */
export async function organisationIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}
