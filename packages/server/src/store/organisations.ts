import { readStepUp, type StepUpRule, usualStepUp } from '@throughline/domain/factors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { usualMostTokenDays } from '@throughline/domain/token-life.ts';
import type { Db } from './connection.ts';
import { digestOf } from './digest.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';
import type { Write } from './write.ts';

/** A waiver of "another person approves", in writing: why, by which member, since when. Every report shows it. */
export type AuthorWaiver = { readonly reason: string; readonly by: string; readonly at: string };

/** What an organisation decided about its own system of rules. */
export type OrganisationSettings = {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Adopted lengths by id of the catalogue's calendar, ISO 8601 periods. */
  readonly intervals: Readonly<Record<string, string>>;
  /** "Approver ≠ author" waived in writing by a small organisation: true while the waiver stands. */
  readonly authorMayApprove: boolean;
  readonly authorWaiver: AuthorWaiver | null;
  /** Anyone may read the log's tree and entries, without signing in. */
  readonly logPublic: boolean;
  /** The longest that an API token may work, in days. */
  readonly tokenMaxDays: number;
  /** How old the last proof may be when somebody approves or accepts. */
  readonly stepUp: StepUpRule;
};

export async function organisationSettings(reader: Reader): Promise<OrganisationSettings> {
  const row = await reader.db
    .selectFrom('organisation')
    .select(['name', 'time_zone', 'settings'])
    .where('id', '=', reader.organisation)
    .executeTakeFirstOrThrow();
  return { name: row.name, timeZone: row.time_zone, ...settingsOf(row.settings) };
}

/** Whether anyone may read the log. False too for an organisation that is not there. */
export async function isLogPublic(reader: Reader): Promise<boolean> {
  const row = await reader.db
    .selectFrom('organisation')
    .select('settings')
    .where('id', '=', reader.organisation)
    .executeTakeFirst();
  return row !== undefined && settingsOf(row.settings).logPublic;
}

/** Adds the organisation that the change is for, with its entry. */
export async function addOrganisation(
  write: Write,
  organisation: { name: string; timeZone: string },
): Promise<void> {
  await write.db
    .insertInto('organisation')
    .values({
      id: write.organisation,
      name: organisation.name,
      time_zone: organisation.timeZone,
      settings: '{}',
      created_at: write.ctx.at,
    })
    .execute();
  write.log({ act: 'organisation.created', digest: digestOf(organisation).toString('hex') });
}

/** Changes the organisation with its entry; the entry's digest covers all of what stands afterwards. */
export async function changeOrganisation(write: Write, next: OrganisationSettings): Promise<void> {
  const settings: Record<string, Json> = {
    intervals: next.intervals,
    ...(next.authorWaiver ? { authorWaiver: next.authorWaiver } : {}),
    ...(next.logPublic ? { logPublic: true } : {}),
    ...(next.tokenMaxDays === usualMostTokenDays ? {} : { tokenMaxDays: next.tokenMaxDays }),
    ...(isUsual(next.stepUp) ? {} : { stepUp: next.stepUp }),
  };
  await write.db
    .updateTable('organisation')
    .set({ name: next.name, time_zone: next.timeZone, settings: JSON.stringify(settings) })
    .where('id', '=', write.organisation)
    .execute();
  const digest = digestOf({ name: next.name, timeZone: next.timeZone, settings });
  write.log({ act: 'organisation.changed', digest: digest.toString('hex') });
  // The organisation's own facts: what stands in no system.
  write.touch({ id: write.organisation, system: null });
}

function settingsOf(settings: FieldsColumn): Omit<OrganisationSettings, 'name' | 'timeZone'> {
  const intervals = isObject(settings.intervals) ? settings.intervals : {};
  const waiver = settings.authorWaiver;
  const authorWaiver =
    isObject(waiver) &&
    typeof waiver.reason === 'string' &&
    typeof waiver.by === 'string' &&
    typeof waiver.at === 'string'
      ? { reason: waiver.reason, by: waiver.by, at: waiver.at }
      : null;
  return {
    intervals: Object.fromEntries(
      Object.entries(intervals).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    authorMayApprove: authorWaiver !== null,
    authorWaiver,
    logPublic: settings.logPublic === true,
    tokenMaxDays: typeof settings.tokenMaxDays === 'number' ? settings.tokenMaxDays : usualMostTokenDays,
    stepUp: readStepUp(settings.stepUp),
  };
}

const isUsual = ({ minutes, everyone }: StepUpRule): boolean =>
  minutes === usualStepUp.minutes && everyone === usualStepUp.everyone;

/** Every organisation of the installation: for work beyond one, as the owner. */
export async function organisationIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}

/** Every organisation with its name, by name: what an operator chooses from. */
export async function organisationNames(db: Db): Promise<{ id: string; name: string; timeZone: string }[]> {
  return db
    .selectFrom('organisation')
    .select(['id', 'name', 'time_zone as timeZone'])
    .orderBy('name')
    .orderBy('id')
    .execute();
}
