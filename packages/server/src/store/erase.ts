import { actorRef } from '@throughline/domain/actor.ts';
import { type ErasureReason, erasedName } from '@throughline/domain/erasure.ts';
import { outliving } from '@throughline/domain/kinds/outliving.ts';
import { sql } from 'kysely';
import type { organisationTables } from './migrations/organisation-tables.ts';
import { outsideIdentities, unlinkOutside } from './outside-identities.ts';
import { overEverything } from './over-everything.ts';
import { endInvitations } from './sign-in-links.ts';
import type { LockedRecord, Write } from './write.ts';

type Table = (typeof organisationTables)[number];

/** Takes what a record says out of one table. Ids, digests and entries stay: proofs need no content. */
type Eraser = (write: Write, record: string) => Promise<unknown>;

/** What an erased record is called, which then has no fields but days that others are held to. */
export const erasedTitle = 'erased';

/**
 * Every table that holds content of a record, with how it is taken out. A table of an organisation stands either here or
 * among `contentless`; a test fails for one that stands in neither.
 */
export const erasers: Partial<Record<Table, Eraser>> = {
  record: (write, record) =>
    sql`update record set title = ${erasedTitle}, fields = '{}', links = '{}', owner = null, assignee = null, archived_at = coalesce(archived_at, ${write.ctx.at}),
      k1 = '', k2 = null, k3 = null, k4 = null, k5 = null, k6 = null, k7 = null, k8 = null, updated_at = ${write.ctx.at}
      where organisation = ${write.organisation} and id = ${record}`.execute(write.db),
  revision: (write, record) =>
    sql`update revision set fields = null, links = null, salt = null, because = null,
      k1 = null, k2 = null, k3 = null, k4 = null, k5 = null, k6 = null, k7 = null, k8 = null
      where organisation = ${write.organisation} and record = ${record}`.execute(write.db),
  record_text: (write, record) =>
    sql`delete from record_text where organisation = ${write.organisation} and record = ${record}`.execute(
      write.db,
    ),
  record_party: (write, record) =>
    // Whoever erased it sees that it was there.
    sql`delete from record_party where organisation = ${write.organisation} and record = ${record}
      and member::text <> ${actorRef(write.ctx.actor).id}`.execute(write.db),
  link: (write, record) =>
    sql`delete from link where organisation = ${write.organisation} and from_record = ${record}`.execute(
      write.db,
    ),
  external_id: (write, record) =>
    sql`delete from external_id where organisation = ${write.organisation} and record = ${record}`.execute(
      write.db,
    ),
  comment: (write, record) =>
    sql`update comment set text = null, salt = null, removed_at = coalesce(removed_at, ${write.ctx.at})
      where organisation = ${write.organisation} and record = ${record}`.execute(write.db),
  recusal: (write, record) =>
    sql`update recusal set reason = null, salt = null, end_reason = null, end_salt = null where organisation = ${write.organisation} and record = ${record}`.execute(
      write.db,
    ),
  risk_opinion: (write, record) =>
    sql`update risk_opinion set said = null, reason = null, salt = null, end_reason = null, end_salt = null where organisation = ${write.organisation} and record = ${record}`.execute(
      write.db,
    ),
  import_row: (write, record) =>
    sql`update import_row set raw = null, salt = null, rejections = null where organisation = ${write.organisation} and record = ${record}`.execute(
      write.db,
    ),
  // A file goes with the last record that names it; its digest and size stay, so the log still proves that it was there.
  blob: (write, record) =>
    sql`update blob b set bytes = null, name = 'erased' where b.organisation = ${write.organisation}
      and exists (select from revision v where v.organisation = b.organisation and v.record = ${record} and v.fields::text like '%' || b.id::text || '%')
      and not exists (select from record r where r.organisation = b.organisation and r.id <> ${record} and r.fields::text like '%' || b.id::text || '%')`.execute(
      write.db,
    ),
};

/** Tables that hold nothing of what a record says, and why. */
export const contentless: Partial<Record<Table, string>> = {
  member: 'people: their names are erased by themselves, see eraseName',
  member_group: 'roles under a name that an organisation gave them',
  group_member: 'ids',
  deputy: 'of people: why somebody is away goes with their name, see eraseName',
  outside_identity: 'people: ended with their names, see eraseName',
  sign_in_provider: 'settings of the organisation',
  mail_domain: 'settings of the organisation',
  provider_secret: 'a credential, encrypted',
  provisioned: 'people: what was said of them goes with their name, see eraseName',
  token: 'credentials, hashed',
  authority: 'ids, levels and days',
  same_person: 'ids of members',
  account_reset: 'why somebody’s way of signing in was reset: erased with their name, see eraseName',
  proposal:
    'ids, levels and days; why somebody’s account was to be reset goes with their name, see eraseName',
  duty_waiver: 'why the organisation waived a duty: part of the proof of every approval given under it',
  counter: 'numbers',
  approval: 'ids and digests; the reason a person gave is part of the proof of their act',
  entry: 'ids and digests',
  entry_pending: 'ids',
  log_leaf: 'hashes',
  log_head: 'hashes',
  log_tile: 'hashes',
  log_origin: 'the name of the log',
  log_checkpoint: 'a hash with its signature',
  log_refusal: 'why the log is not signed: sizes and hashes',
  log_key_entry: 'ids',
  log_verification: 'what a verification found: places, ids and hashes',
  idempotency: 'digests, kept for a day',
  import: 'what a file looked like: headings, no rows',
  import_profile: 'headings',
  job: 'ids',
  person_export: 'what is held about a person, for a day: gone with their name, see eraseName',
  saved_view: 'filters of a member',
  judgement: 'answers about documents, not about people',
  standing: 'verdicts, computed',
  system_line: 'verdicts, computed',
  line_mark: 'ids',
  used_mark: 'ids',
  facts_changed: 'numbers',
  facts_mark: 'numbers',
  gap: 'ids and days, computed',
  organisation_standing: 'verdicts, computed',
  trend: 'counts',
  link_ended: 'ids and moments',
  mention: 'ids of members and roles',
  mention_seen: 'ids and moments',
};

/** The order matters for files alone: they are found by what the revisions still say. */
const order: readonly Table[] = [
  'blob',
  'comment',
  'recusal',
  'risk_opinion',
  'import_row',
  'record_text',
  'record_party',
  'link',
  'external_id',
  'revision',
  'record',
];

/** Erases what a record says, everywhere, and keeps that it was there: versions, digests, entries, approvals. */
export async function eraseContent(write: Write, record: LockedRecord, reason: ErasureReason): Promise<void> {
  // The rows of a sealed record are hidden from whoever is no party of it any more, which erasing itself begins with.
  await overEverything(write, async () => {
    for (const table of order) await erasers[table]?.(write, record.id);
  });
  await keepOutliving(write, record);
  write.erased(record, reason);
  write.touch(record);
}

/** Days that others are held to stand in the record that is left; its versions say nothing any more. */
async function keepOutliving(write: Write, { id, kind, content }: LockedRecord): Promise<void> {
  const { fields, links } = outliving(write.registry.get(kind), content);
  if (Object.keys(fields).length === 0) return;
  await sql`update record set fields = ${JSON.stringify(fields)}::jsonb, links = ${JSON.stringify(links)}::jsonb
    where organisation = ${write.organisation} and id = ${id}`.execute(write.db);
}

/**
 * Erases the name of a person in this organisation, with the addresses that they were invited at and what an identity provider said of them; what they did stays
 * under their id. Their login belongs to the whole installation and stays, but leads here no more.
 */
export async function eraseName(write: Write, member: string, reason: ErasureReason): Promise<void> {
  await sql`update member set name = ${erasedName}, salt = null, tie_salt = null, preferences = '{}', person = null, active = false,
      left_on = coalesce(left_on, ${write.ctx.at}::date) where organisation = ${write.organisation} and id = ${member}`.execute(
    write.db,
  );
  await sql`update deputy set why = null, salt = null
      where organisation = ${write.organisation} and ${member} in (absent, member)`.execute(write.db);
  await endInvitations(write, member);
  await sql`delete from person_export where organisation = ${write.organisation} and member = ${member}`.execute(
    write.db,
  );
  await sql`update account_reset set reason = null, salt = null
    where organisation = ${write.organisation} and member = ${member}`.execute(write.db);
  await sql`update proposal set reason = null, salt = null, end_reason = null, end_salt = null
    where organisation = ${write.organisation} and about = ${member}`.execute(write.db);
  for (const identity of await outsideIdentities(write, member)) await unlinkOutside(write, identity);
  await sql`update provisioned set name_key = null, external_id = null, content = null, salt = null,
      ended_at = coalesce(ended_at, ${write.ctx.at}) where organisation = ${write.organisation} and id = ${member}`.execute(
    write.db,
  );
  write.log({ act: 'member.erased', member, reason });
}
