import {
  type ClassificationSettings,
  readClassificationSettings,
  usualClassification,
} from '@throughline/domain/classification/settings.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { readStepUp, type StepUpRule, usualStepUp } from '@throughline/domain/factors.ts';
import { isObject, type Json, sameJson } from '@throughline/domain/json.ts';
import { slugOf } from '@throughline/domain/organisation-slug.ts';
import { emptyStructure, readStructure, type Structure } from '@throughline/domain/organisation-structure.ts';
import { type Retention, readRetention, usualRetention } from '@throughline/domain/retention.ts';
import { readSecondFactor, type SecondFactorRule } from '@throughline/domain/second-factor.ts';
import { usualMostTokenDays } from '@throughline/domain/token-life.ts';
import { readCalendar, usualCalendar, type WorkingCalendar } from '@throughline/domain/working-calendar.ts';
import type { Db } from './connection.ts';
import { digestOf } from './digest.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';
import type { Write } from './write.ts';

/** What an organisation decided about its own system of rules. */
export type OrganisationSettings = {
  readonly name: string;
  /** Its short name, which commands take; set where it is made, by whoever operates the installation. */
  readonly slug: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Adopted lengths by id of the catalogue's calendar, ISO 8601 periods. */
  readonly intervals: Readonly<Record<string, string>>;
  /** Anyone may read the log's tree and entries, without signing in. */
  readonly logPublic: boolean;
  /** The longest that an API token may work, in days. */
  readonly tokenMaxDays: number;
  /** How old the last proof may be when somebody approves or accepts. */
  readonly stepUp: StepUpRule;
  readonly calendar: WorkingCalendar;
  /** How long is kept what is not kept for ever. */
  readonly retention: Retention;
  /** Of whom a second factor is demanded, since when, and how many days they have. */
  readonly secondFactor: SecondFactorRule;
  /** Units, sites and legal entities. */
  readonly structure: Structure;
  /** First month of the financial year; `null` where it was not said. */
  readonly financialYear: number | null;
  /** By which rules it classifies. */
  readonly classification: ClassificationSettings;
};

/** The settings as each handle saw them. Rules ask for them one after the other, some ten times in a request. */
const seen = new WeakMap<Reader, Promise<OrganisationSettings>>();

/** The organisation's settings, read once for a handle: for its transaction, or until they are changed or waited for there. */
export function organisationSettings(reader: Reader): Promise<OrganisationSettings> {
  const settings = seen.get(reader) ?? readSettings(reader);
  seen.set(reader, settings);
  return settings;
}

/** Has the settings read anew: another change that was waited for may have changed them. */
export function forgetSettings(write: Write): void {
  seen.delete(write);
}

async function readSettings(reader: Reader): Promise<OrganisationSettings> {
  const [row] = await reader.run<SettingsRow>({
    name: 'organisation-settings',
    text: 'select name, slug, time_zone, settings from organisation where id = $1',
    values: [reader.organisation],
  });
  if (!row) throw new Error('The organisation is not there');
  return { name: row.name, slug: row.slug, timeZone: row.time_zone, ...settingsOf(row.settings) };
}

type SettingsRow = { name: string; slug: string | null; time_zone: string; settings: FieldsColumn };

/** Which structure somebody saw: a change that was written for another one is refused. */
export const structureState = (structure: Structure): string =>
  digestOf(structure).toString('hex').slice(0, 16);

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
  { slug: wanted, ...organisation }: { name: string; timeZone: string; slug?: string },
): Promise<void> {
  const slug = wanted ?? (await freeSlug(write, organisation.name));
  await write.db
    .insertInto('organisation')
    .values({
      id: write.organisation,
      name: organisation.name,
      time_zone: organisation.timeZone,
      settings: '{}',
      created_at: write.ctx.at,
      slug,
      archived_at: null,
    })
    .execute();
  const { name, timeZone } = organisation;
  write.log({ act: 'organisation.created', digest: digestOf({ name, timeZone }).toString('hex'), slug });
}

/** A short name that no organisation of the installation has. */
async function freeSlug(write: Write, name: string): Promise<string> {
  const [row] = await write.run<{ slug: string }>({
    name: 'free-slug',
    text: 'select free_slug($1) as slug',
    values: [slugOf(name)],
  });
  if (!row) throw new Error('A slug was asked for and none came');
  return row.slug;
}

/** Throws `conflict` where the organisation of the change is archived. */
export async function ensureOpen(write: Write): Promise<void> {
  const row = await write.db
    .selectFrom('organisation')
    .select('archived_at')
    .where('id', '=', write.organisation)
    .executeTakeFirst();
  if (!row || row.archived_at === null) return;
  throw new DomainError('conflict', 'This organisation is archived: nobody signs in there.');
}

/** Takes the organisation out of use, or back into it, with its entry; what ends with it is the caller's part. */
export async function archiveOrganisation(write: Write, archived: boolean): Promise<void> {
  const row = await write.db
    .updateTable('organisation')
    .set({ archived_at: archived ? write.ctx.at : null })
    .where('id', '=', write.organisation)
    .returning(['name', 'time_zone as timeZone', 'settings', 'slug'])
    .executeTakeFirstOrThrow();
  const { slug, ...digested } = row;
  const act = archived ? 'organisation.archived' : 'organisation.restored';
  write.log({ act, digest: digestOf(digested).toString('hex'), slug });
}

/** Changes the organisation with its entry; the entry's digest covers all of what stands afterwards. */
export async function changeOrganisation(
  write: Write,
  next: OrganisationSettings,
  changed: readonly string[] = [],
): Promise<void> {
  const settings: Record<string, Json> = {
    intervals: next.intervals,
    ...(next.logPublic ? { logPublic: true } : {}),
    ...(next.tokenMaxDays === usualMostTokenDays ? {} : { tokenMaxDays: next.tokenMaxDays }),
    ...(isUsual(next.stepUp) ? {} : { stepUp: next.stepUp }),
    ...(sameJson(next.calendar, usualCalendar) ? {} : { calendar: next.calendar }),
    ...(sameJson(next.retention, usualRetention) ? {} : { retention: next.retention }),
    ...(next.secondFactor.of === 'nobody' ? {} : { secondFactor: next.secondFactor }),
    ...(sameJson(next.structure, emptyStructure) ? {} : { structure: next.structure }),
    ...(next.financialYear === null ? {} : { financialYear: next.financialYear }),
    ...(sameJson(next.classification, usualClassification) ? {} : { classification: next.classification }),
  };
  await write.db
    .updateTable('organisation')
    .set({ name: next.name, time_zone: next.timeZone, settings: JSON.stringify(settings) })
    .where('id', '=', write.organisation)
    .execute();
  forgetSettings(write);
  const digest = digestOf({ name: next.name, timeZone: next.timeZone, settings });
  write.log({ act: 'organisation.changed', digest: digest.toString('hex'), slug: next.slug, changed });
  // The organisation's own facts: what stands in no system.
  write.touch({ id: write.organisation, system: null });
}

function settingsOf(settings: FieldsColumn): Omit<OrganisationSettings, 'name' | 'slug' | 'timeZone'> {
  const intervals = isObject(settings.intervals) ? settings.intervals : {};
  return {
    intervals: Object.fromEntries(
      Object.entries(intervals).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    logPublic: settings.logPublic === true,
    tokenMaxDays: typeof settings.tokenMaxDays === 'number' ? settings.tokenMaxDays : usualMostTokenDays,
    stepUp: readStepUp(settings.stepUp),
    calendar: readCalendar(settings.calendar),
    retention: readRetention(settings.retention),
    secondFactor: readSecondFactor(settings.secondFactor),
    structure: readStructure(settings.structure),
    financialYear: typeof settings.financialYear === 'number' ? settings.financialYear : null,
    classification: readClassificationSettings(settings.classification),
  };
}

const isUsual = ({ minutes, everyone }: StepUpRule): boolean =>
  minutes === usualStepUp.minutes && everyone === usualStepUp.everyone;

/** Every organisation of the installation: for work beyond one, as the owner. */
export async function organisationIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}

/** How an operator knows an organisation. */
export type OrganisationName = {
  readonly id: string;
  readonly name: string;
  readonly slug: string | null;
  readonly timeZone: string;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
};

/** Every organisation with its name, by name: what an operator chooses from. */
export async function organisationNames(db: Db): Promise<OrganisationName[]> {
  return db
    .selectFrom('organisation')
    .select([
      'id',
      'name',
      'slug',
      'time_zone as timeZone',
      'created_at as createdAt',
      'archived_at as archivedAt',
    ])
    .orderBy('name')
    .orderBy('id')
    .execute();
}
