import { erasedName } from '@throughline/domain/erasure.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { type SaidEmail, type SaidUser, userNameKey } from '@throughline/domain/provisioning.ts';
import { provisionedContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A member as provisioning sees them: what was said from outside, where anything was, and what stands here. */
export type ProvisionedMember = {
  readonly id: string;
  readonly person: string | null;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: Date;
  /** What was said, and when last; `null` for who was added by hand. */
  readonly said: SaidUser | null;
  readonly changedAt: Date | null;
  /** Where a member is reached who was added by hand. */
  readonly email: string | null;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
};

/** Conditions that all have to hold; none of them: everybody. */
export type WhichMembers = {
  readonly id?: string;
  readonly userName?: string;
  readonly externalId?: string;
  readonly address?: string;
};

type MemberRow = {
  id: string;
  person: string | null;
  name: string;
  active: boolean;
  created_at: Date;
  content: Json | null;
  changed_at: Date | null;
  groups: { id: string; name: string }[];
};

/**
 * People of the organisation as provisioning sees them, oldest first: who has access, and who was ended from outside.
 * Who was taken away, or ended here without ever having been provisioned, is not among them.
 */
export async function provisionedMembers(
  reader: Reader,
  which: WhichMembers = {},
): Promise<ProvisionedMember[]> {
  const rows = await reader.run<MemberRow>({
    name: 'provisioned-members',
    text: `select m.id, m.person, m.name, m.active, m.created_at, p.content, p.changed_at, coalesce((
        select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name, g.id) from group_member b
        join member_group g on g.organisation = b.organisation and g.id = b.member_group and g.removed_at is null
        where b.organisation = m.organisation and b.member = m.id), '[]') as groups
      from member m
      left join provisioned p on p.organisation = m.organisation and p.id = m.id and p.type = 'member' and p.ended_at is null
      where m.organisation = $1 and m.type = 'person' and (m.active or (p.id is not null and m.name <> $2))
        and ($3::uuid is null or m.id = $3)
        and ($4::text is null or p.external_id = $4)
        and ($5::text is null or m.id in (
          select n.id from provisioned n where n.organisation = $1 and n.type = 'member' and n.name_key = $5 and n.ended_at is null
          union all select members_at($6)))
        and ($7::text is null or m.id in (select members_at($7)) or p.content -> 'emails' @> jsonb_build_array(jsonb_build_object('value', $7)))
      order by m.created_at, m.id`,
    values: [
      reader.organisation,
      erasedName,
      which.id ?? null,
      which.externalId ?? null,
      which.userName === undefined ? null : userNameKey(which.userName),
      which.userName ?? null,
      which.address ?? null,
    ],
  });
  const byHand = rows.filter(({ content }) => content === null).map(({ id }) => id);
  const addresses = await addressesOf(reader, byHand);
  return rows.map(({ content, created_at: createdAt, changed_at: changedAt, ...row }) => ({
    ...row,
    createdAt,
    changedAt,
    said: content === null ? null : readSaid(content),
    email: addresses.get(row.id) ?? null,
  }));
}

/** Where members are reached: by the address of their login, or the one that they were invited at. */
async function addressesOf(reader: Reader, members: readonly string[]): Promise<Map<string, string | null>> {
  if (members.length === 0) return new Map();
  const rows = await reader.run<{ member: string; email: string | null }>({
    name: 'addresses-of',
    text: 'select * from addresses_of($1)',
    values: [[...members]],
  });
  return new Map(rows.map(({ member, email }) => [member, email]));
}

/** Ids of members who are reached at an address, whether they have access or not. */
export async function membersAt(reader: Reader, address: string): Promise<string[]> {
  const rows = await reader.run<{ id: string }>({
    name: 'members-at',
    text: `select members_at($2) as id union
      select p.id from provisioned p where p.organisation = $1 and p.type = 'member' and p.ended_at is null
        and exists (select from jsonb_array_elements(p.content -> 'emails') e where lower(e ->> 'value') = $2)`,
    values: [reader.organisation, address],
  });
  return rows.map(({ id }) => id);
}

/**
 * Whom an identity provider took away and now names again: by the address of their login, which is theirs whatever the
 * provider calls them, else by its own id for them. An address that it once said finds those alone who never came: once
 * somebody has a login elsewhere, whoever has that mailbox now may be another person. `endedHere`: an administrator ended
 * them, before or since.
 */
export async function takenAway(
  reader: Reader,
  { address, externalId }: { readonly address: string; readonly externalId: string | null },
): Promise<{ readonly id: string; readonly endedHere: boolean } | undefined> {
  const [row] = await reader.run<{ id: string; endedHere: boolean }>({
    name: 'taken-away',
    text: `select p.id, p.content -> 'active' = 'true' as "endedHere" from provisioned p join member m on m.organisation = p.organisation and m.id = p.id
      where p.organisation = $1 and p.type = 'member' and p.ended_at is not null and p.content is not null
        and not m.active and m.type = 'person'
        and ((m.person is not null and p.id in (select members_at($2)))
          or ((p.name_key = $2 or p.content -> 'emails' @> jsonb_build_array(jsonb_build_object('value', $2::text)))
            and (p.external_id = $3::text or (m.person is null and ($3 is null or p.external_id is null)))))
      order by (m.person is not null and p.id in (select members_at($2))) desc,
        (p.external_id is not distinct from $3) desc, p.ended_at desc, p.id limit 1`,
    values: [reader.organisation, address, externalId],
  });
  return row;
}

export type ProvisionedName = {
  readonly externalId: string | null;
  readonly changedAt: Date;
  /** When it was first said: for what came from outside, when that was made. */
  readonly firstAt: Date;
};

/** What is known from outside of groups that stand, by their ids. */
export async function provisionedGroups(reader: Reader): Promise<Map<string, ProvisionedName>> {
  const rows = await reader.db
    .selectFrom('provisioned')
    .select(['id', 'external_id', 'changed_at', 'created_at'])
    .where('organisation', '=', reader.organisation)
    .where('type', '=', 'group')
    .where('ended_at', 'is', null)
    .execute();
  return new Map(
    rows.map(({ id, external_id: externalId, changed_at: changedAt, created_at: firstAt }) => [
      id,
      { externalId, changedAt, firstAt },
    ]),
  );
}

/** Ids of members and groups that are managed from outside now: said of them, and by a token that still works. */
export async function managedIds(reader: Reader, now: Date): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: 'managed-ids',
    text: `select p.id from provisioned p where p.organisation = $1 and p.ended_at is null and exists (
        select from token t where t.organisation = $1 and t.revoked_at is null and t.scope ->> 'acts' = 'provisioning'
          and (t.expires_at is null or t.expires_at > $2))`,
    values: [reader.organisation, now],
  });
  return new Set(rows.map(({ id }) => id));
}

export type Said = {
  readonly id: string;
  readonly of: 'member' | 'group';
  /** What it is found by, without regard to case. */
  readonly nameKey: string;
  readonly externalId: string | null;
  readonly content: Json;
};

/** Keeps what was said of a member or a group, with its entry. Another of that name breaks the unique key (SQLSTATE 23505). */
export async function setProvisioned(write: Write, said: Said): Promise<void> {
  const salt = newSalt();
  const content = JSON.stringify(said.content);
  const row = { name_key: said.nameKey, external_id: said.externalId, content, salt };
  const at = write.ctx.at;
  await write.db
    .insertInto('provisioned')
    .values({
      organisation: write.organisation,
      id: said.id,
      type: said.of,
      ...row,
      created_at: at,
      changed_at: at,
      ended_at: null,
    })
    .onConflict((on) =>
      on.columns(['organisation', 'id']).doUpdateSet({ ...row, changed_at: at, ended_at: null }),
    )
    .execute();
  const digest = provisionedContent(salt, { ...row, content: said.content });
  write.log({ act: 'provisioning.set', provisioning: said.id, of: said.of, digest });
}

/**
 * Notes that the identity provider took a member or a group away, with its entry; what it said stays until erased. `left`:
 * it ended a member's access by that, which nobody here had ended before.
 */
export async function endProvisioned(write: Write, id: string, left = false): Promise<void> {
  await end(write, id, { stood: true, active: left ? false : null });
}

/**
 * Notes that a person here ended somebody whom the identity provider had taken away before, and whom a person let in
 * again: what was said last stands as active from then on, so that naming them again brings nobody back.
 */
export async function noteEndedHere(write: Write, id: string): Promise<void> {
  await end(write, id, { stood: false, active: true });
}

/** `stood`: whether the row stands or ended before. `active`: what it says of access from then on; `null` as it did. */
async function end(
  write: Write,
  id: string,
  { stood, active }: { readonly stood: boolean; readonly active: boolean | null },
): Promise<void> {
  const salt = newSalt();
  const [row] = await write.run<{
    type: string;
    name_key: string | null;
    external_id: string | null;
    content: Json | null;
  }>({
    name: 'end-provisioned',
    text: `update provisioned set ended_at = $3, changed_at = $3, salt = $4, content = case when $6::boolean is null then content
        else content || jsonb_build_object('active', $6::boolean) end
      where organisation = $1 and id = $2 and (ended_at is null) = $5 and (ended_at is null or content is not null)
      returning type, name_key, external_id, content`,
    values: [write.organisation, id, write.ctx.at, salt, stood, active],
  });
  if (!row) return;
  const of = row.type === 'group' ? 'group' : 'member';
  write.log({ act: 'provisioning.ended', provisioning: id, of, digest: provisionedContent(salt, row) });
}

/** What was said, as it was kept. What an earlier release did not keep is nothing. */
function readSaid(content: Json): SaidUser {
  const said = isObject(content) ? content : {};
  const name = isObject(said.name) ? said.name : {};
  const emails = Array.isArray(said.emails) ? said.emails : [];
  return {
    userName: textIn(said.userName) ?? '',
    externalId: textIn(said.externalId),
    displayName: textIn(said.displayName),
    name: {
      formatted: textIn(name.formatted),
      givenName: textIn(name.givenName),
      familyName: textIn(name.familyName),
    },
    emails: emails.flatMap((one) => emailIn(one)),
    active: said.active === true,
  };
}

function emailIn(one: unknown): SaidEmail[] {
  if (!isObject(one) || typeof one.value !== 'string') return [];
  return [{ value: one.value, type: textIn(one.type), primary: one.primary === true }];
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
