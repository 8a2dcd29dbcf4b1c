import type { PostgresPool } from 'kysely';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Pool, PoolClient } from 'pg';
import { migrateJobQueue } from './job-queue.ts';
import * as kernel from './migrations/001-kernel.ts';
import * as signIn from './migrations/002-sign-in.ts';
import * as logRights from './migrations/003-log-rights.ts';
import * as logTree from './migrations/004-log-tree.ts';
import * as around from './migrations/005-around.ts';
import * as pastRegisters from './migrations/006-past-registers.ts';
import * as marks from './migrations/007-marks.ts';
import * as wordsSignature from './migrations/009-words-signature.ts';
import * as importRejections from './migrations/010-import-rejections.ts';
import * as boundRows from './migrations/011-bound-rows.ts';
import * as usedMarks from './migrations/012-used-marks.ts';
import * as factors from './migrations/013-factors.ts';
import * as unplacedEntries from './migrations/014-unplaced-entries.ts';
import * as tokens from './migrations/016-tokens.ts';
import * as reading from './migrations/017-reading.ts';
import * as duties from './migrations/018-duties.ts';
import * as eraseInvitations from './migrations/019-erase-invitations.ts';
import * as groups from './migrations/020-groups.ts';
import * as outside from './migrations/021-outside.ts';
import * as organisations from './migrations/022-organisations.ts';
import * as provisioning from './migrations/023-provisioning.ts';
import * as importCells from './migrations/024-import-cells.ts';
import * as resets from './migrations/025-resets.ts';
import * as providerDoors from './migrations/026-provider-doors.ts';
import * as dutyWaivers from './migrations/027-duty-waivers.ts';
import * as offeredDomains from './migrations/028-offered-domains.ts';
import * as linksByHand from './migrations/029-links-by-hand.ts';
import * as rightsEnd from './migrations/030-rights-end.ts';
import * as invitedByHand from './migrations/031-invited-by-hand.ts';
import * as shortNames from './migrations/032-short-names.ts';
import * as slotStatistics from './migrations/033-slot-statistics.ts';
import * as proposals from './migrations/034-proposals.ts';
import * as sealingKey from './migrations/035-sealing-key.ts';
import * as erasedAccounts from './migrations/036-erased-accounts.ts';
import * as riskOpinions from './migrations/037-risk-opinions.ts';
import * as waiverAsked from './migrations/038-waiver-asked.ts';
import * as rightsEntries from './migrations/039-rights-entries.ts';
import * as openedAccounts from './migrations/040-opened-accounts.ts';
import * as personExports from './migrations/041-person-exports.ts';
import * as sealed from './migrations/042-sealed.ts';
import * as sealedOnce from './migrations/043-sealed-once.ts';
import * as secretsGiven from './migrations/052-secrets-given.ts';
import * as sealsPlanned from './migrations/060-seals-planned.ts';
import * as powersOfMany from './migrations/067-powers-of-many.ts';
import * as inHand from './migrations/068-in-hand.ts';
import * as mailDomains from './migrations/069-mail-domains.ts';
import * as accountsTold from './migrations/070-accounts-told.ts';
import * as factorsTold from './migrations/071-factors-told.ts';
import * as factorsHere from './migrations/072-factors-here.ts';
import * as linkedBy from './migrations/073-linked-by.ts';
import { appRole, scopedRole, sealedRole } from './roles.ts';

/** Listed by hand and in order: a migration that is not in this list does not exist. */
const migrations: Readonly<Record<string, Migration>> = {
  '001-kernel': kernel,
  '002-sign-in': signIn,
  '003-log-rights': logRights,
  '004-log-tree': logTree,
  '005-around': around,
  '006-past-registers': pastRegisters,
  '007-marks': marks,
  '009-words-signature': wordsSignature,
  '010-import-rejections': importRejections,
  '011-bound-rows': boundRows,
  '012-used-marks': usedMarks,
  '013-factors': factors,
  '014-unplaced-entries': unplacedEntries,
  '016-tokens': tokens,
  '017-reading': reading,
  '018-duties': duties,
  '019-erase-invitations': eraseInvitations,
  '020-groups': groups,
  '021-outside': outside,
  '022-organisations': organisations,
  '023-provisioning': provisioning,
  '024-import-cells': importCells,
  '025-resets': resets,
  '026-provider-doors': providerDoors,
  '027-duty-waivers': dutyWaivers,
  '028-offered-domains': offeredDomains,
  '029-links-by-hand': linksByHand,
  '030-rights-end': rightsEnd,
  '031-invited-by-hand': invitedByHand,
  '032-short-names': shortNames,
  '033-slot-statistics': slotStatistics,
  '034-proposals': proposals,
  '035-sealing-key': sealingKey,
  '036-erased-accounts': erasedAccounts,
  '037-risk-opinions': riskOpinions,
  '038-waiver-asked': waiverAsked,
  '039-rights-entries': rightsEntries,
  '040-opened-accounts': openedAccounts,
  '041-person-exports': personExports,
  '042-sealed': sealed,
  '043-sealed-once': sealedOnce,
  '052-secrets-given': secretsGiven,
  '060-seals-planned': sealsPlanned,
  '067-powers-of-many': powersOfMany,
  '068-in-hand': inHand,
  '069-mail-domains': mailDomains,
  '070-accounts-told': accountsTold,
  '071-factors-told': factorsTold,
  '072-factors-here': factorsHere,
  '073-linked-by': linkedBy,
};

/**
 * Brings the database to this release, as its owner. Safe when several nodes start at once: the migrator takes an
 * advisory lock. Throws with the migration's name when one fails; the database then stands as before it.
 */
export async function migrate(owner: Pool): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: sharedPool(owner) }) });
  await ensureRoles(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error)
    throw new Error(`Migration ${failed?.migrationName ?? 'could not begin'} failed`, { cause: error });
  await migrateJobQueue(owner);
}

/** Names of all migrations of this release, in order. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/**
 * Brings one schema to what these migrations make of it, inside the transaction that the connection is in: how rows of
 * an older release become rows of this one. Migrations name tables without a schema, so the search path decides.
 */
export async function migrateSchema(
  client: PoolClient,
  schema: string,
  names: readonly string[],
): Promise<void> {
  const wrapped = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => wrapped, end: async () => undefined, options: {} };
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const chosen = Object.fromEntries(Object.entries(migrations).filter(([name]) => names.includes(name)));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => chosen },
    migrationTableSchema: schema,
    disableTransactions: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error)
    throw new Error(`Migration ${failed?.migrationName ?? 'could not begin'} failed`, { cause: error });
}

/**
 * How a database stands to this release: `behind` where a migration is missing, `ahead` where a newer release was here.
 * For a command beside a server, which migrates nothing.
 */
export async function schemaStanding(owner: Pool): Promise<'current' | 'behind' | 'ahead'> {
  const found = await owner.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  );
  if (!found.rows[0]?.there) return 'behind';
  const { rows } = await owner.query<{ name: string }>('select name from kysely_migration');
  const done = new Set(rows.map((row) => row.name));
  if (Object.keys(migrations).some((name) => !done.has(name))) return 'behind';
  return [...done].some((name) => !(name in migrations)) ? 'ahead' : 'current';
}

/** Kysely ends the pool it is given; ours is used by others too. */
function sharedPool(pool: Pool): PostgresPool {
  return { connect: () => pool.connect(), end: async () => undefined, options: {} };
}

/**
 * Creates the roles of requests where they are missing and lets the owner take them on (`with set true` on PostgreSQL
 * ≥ 16). Whoever reads within a scope has every right of the application, and policies that take away from it.
 */
async function ensureRoles(db: Kysely<unknown>): Promise<void> {
  const created = [appRole, scopedRole, sealedRole].map(
    (
      role,
    ) => `if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
      if current_setting('server_version_num')::int >= 160000 then
        execute format('grant ${role} to %I with set true', current_user);
      else
        execute format('grant ${role} to %I', current_user);
      end if;`,
  );
  const narrowed = [scopedRole, sealedRole].map(
    (
      role,
    ) => `if not exists (select from pg_auth_members where roleid = '${appRole}'::regrole and member = '${role}'::regrole) then
        grant ${appRole} to ${role};
      end if;`,
  );
  await sql
    .raw(`do $$ begin
      perform pg_advisory_xact_lock(4270, 1);
      ${created.join('\n      ')}
      ${narrowed.join('\n      ')}
    end $$`)
    .execute(db);
  await sql.raw(`grant usage on schema public to ${appRole}`).execute(db);
}
