import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** Waivers of "another person approves". */
export const waiverTables = ['duty_waiver'] as const;

/**
 * `duty_waiver`: what a small organisation waives in writing, to a day; ended early or not, the row stays. A recusal is
 * ended by somebody else with a reason, and stays too. Approvals that froze something are found by an index of their own,
 * and entries about waivers are read like those about people.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table duty_waiver (
        organisation uuid not null references organisation,
        id uuid not null,
        reason text not null,
        by_member uuid not null,
        on_behalf_of uuid,
        at timestamptz not null,
        last_day date not null,
        salt bytea not null,
        ended_at timestamptz,
        ended_by uuid,
        end_reason text,
        end_salt bytea,
        primary key (organisation, id)
      );
      ${secured('duty_waiver', 'select, insert, update')}
      alter table recusal add column ended_at timestamptz, add column ended_by uuid, add column end_reason text,
        add column end_salt bytea;
      create index approval_frozen on approval (organisation, record) where frozen is not null;
      drop policy entry_scope on entry;
      ${policies(['entry'])}`,
    )
    .execute(db);
}
