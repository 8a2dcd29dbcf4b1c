import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';

/**
 * Groups and deputies as people write them: no two groups that stand have one name, and an absence has a reason, which
 * is erased with the name of whom it is about. Whoever reads within a scope sees who joined a group, as they see the rest
 * of what entries say of people.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create unique index member_group_name on member_group (organisation, lower(name)) where removed_at is null;
      alter table deputy add column why text, add column salt bytea;
      create index deputy_absent on deputy (organisation, absent, last_day);
      drop policy entry_scope on entry;
      ${policies(['entry'])}`,
    )
    .execute(db);
}
