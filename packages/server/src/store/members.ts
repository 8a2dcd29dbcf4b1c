import type { ChosenScope } from '@throughline/domain/acting.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Json } from '@throughline/domain/json.ts';
import { knownRoles, type Role } from '@throughline/domain/permissions.ts';
import { sql } from 'kysely';
import { memberName, passwordContent, tieContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

export type StoredMember = {
  readonly id: string;
  readonly person: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  /** Last day (YYYY-MM-DD) with access; `null` without end. */
  readonly until: string | null;
  /** A service account acts by tokens alone and is nobody: no record is its own, and nothing is decided by it. */
  readonly type: 'person' | 'service';
  /** The member who answers for a service account; `null` for a person. */
  readonly owner: string | null;
  /** What an external auditor was given to read; `null` for everything. */
  readonly scope: ChosenScope | null;
};

const columns = ['id', 'person', 'name', 'roles', 'active', 'type', 'owner', 'scope'] as const;

/** Members by name: `words` must stand in the name, `after` is the one that the last page ended with. */
export async function listMembers(
  reader: Reader,
  filter: { words?: string | undefined; after?: string | undefined; limit?: number },
): Promise<StoredMember[]> {
  const pattern = `%${(filter.words ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await members(reader)
    .$if(Boolean(filter.words), (query) => query.where('name', 'ilike', pattern))
    .$if(filter.after !== undefined, (query) =>
      query.where(
        sql<boolean>`(name, id) > (select name, id from member where organisation = ${reader.organisation} and id = ${filter.after}::uuid)`,
      ),
    )
    .orderBy('name')
    .orderBy('id')
    .$if(filter.limit !== undefined, (query) => query.limit(filter.limit ?? 0))
    .execute();
  return rows.map(stored);
}

export async function findMember(reader: Reader, id: string): Promise<StoredMember | undefined> {
  const row = await members(reader).where('id', '=', id).executeTakeFirst();
  return row ? stored(row) : undefined;
}

/** Whether somebody can administer without an end: one such member always stays. */
export function stillAdministers({
  active,
  roles,
  until,
}: Pick<StoredMember, 'active' | 'roles' | 'until'>): boolean {
  return active && roles.includes('admin') && until === null;
}

/**
 * Locks the organisation's administrators, so that two changes cannot each take away the other's last one, and answers
 * those of whom one has to stay: those without an end, and only where there is none, those whose end is not past. Whom a
 * group makes one does not count: another system may empty it.
 */
export async function lockAdministrators(write: Write): Promise<readonly string[]> {
  const rows = await write.run<{ id: string; until: string | null }>({
    name: 'administrators',
    text: `select id, left_on::text as until from member where organisation = $1 and active and type = 'person' and 'admin' = any(roles) order by id for update`,
    values: [write.organisation],
  });
  const endless = rows.filter(({ until }) => until === null);
  const today = dayIn(write.ctx.at, 'Etc/GMT+12');
  const staying = endless.length > 0 ? endless : rows.filter(({ until }) => until !== null && until >= today);
  return staying.map((row) => row.id);
}

/** Adds a member with the entry of joining. */
export async function addMember(
  write: Write,
  member: {
    id: string;
    person: string | null;
    name: string;
    roles: readonly Role[];
    until: string | null;
    /** Makes it a service account, which this member answers for. */
    owner?: string;
    scope?: ChosenScope | null;
  },
): Promise<void> {
  const salt = newSalt();
  const owner = member.owner ?? null;
  const type = owner === null ? 'person' : 'service';
  await write.db
    .insertInto('member')
    .values({
      organisation: write.organisation,
      id: member.id,
      person: member.person,
      name: member.name,
      roles: [...member.roles],
      left_on: member.until,
      scope: member.scope ? JSON.stringify(member.scope) : null,
      preferences: '{}',
      created_at: write.ctx.at,
      salt,
      type,
      owner,
    })
    .execute();
  const { person, ...joined } = member;
  logMember(write, 'member.joined', { ...joined, type, owner }, salt);
  if (person !== null) await tieLogin(write, member.id, person);
}

/** Changes a member with its entry. */
export async function changeMember(
  write: Write,
  id: string,
  next: Pick<StoredMember, 'name' | 'roles' | 'active' | 'until' | 'scope'> & {
    readonly owner?: string | null;
  },
): Promise<void> {
  const salt = newSalt();
  // These alone: callers hand over whole members, whose person no entry names.
  const { name, roles, active, until, scope, owner } = next;
  const row = await write.db
    .updateTable('member')
    .set({
      name,
      roles: [...roles],
      active,
      left_on: until,
      scope: scope && JSON.stringify(scope),
      salt,
      ...(owner === undefined ? {} : { owner }),
    })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .returning(['person', 'type', 'owner', 'tie_salt'])
    .executeTakeFirst();
  if (!row) return;
  const { tie_salt: tie, person, ...account } = row;
  // Who acts as whom stands in the entry that tied them; an earlier release's did not, so they are named again.
  const named = tie === null && person !== null ? { person } : {};
  logMember(
    write,
    active ? 'member.changed' : 'member.left',
    { name, roles, until, scope, ...account, ...named, id },
    salt,
  );
}

/**
 * Ties a login to the membership that its person accepted, with its entry: who acts as whom is no small thing. The entry
 * is the same for a login that was made in this change, which it binds, and for one that the person has from elsewhere.
 */
export async function tieLogin(write: Write, member: string, person: string): Promise<void> {
  const salt = newSalt();
  await write.db
    .updateTable('member')
    .set({ person, tie_salt: salt })
    .where('organisation', '=', write.organisation)
    .where('id', '=', member)
    .execute();
  const [made] = await write.run<{ salt: Buffer; hash: string | null }>({
    name: 'tell-account',
    text: 'select * from tell_account($1, $2, $3)',
    values: [person, member, write.ctx.at],
  });
  const bound = made ?? { salt: newSalt(), hash: null };
  write.log({
    act: 'account.tied',
    member,
    login: tieContent(salt, { member, person, toldHere: made !== undefined }),
    digest: passwordContent(bound.salt, { person, hash: bound.hash }),
  });
}

/** Binds everything that a member's row says about rights, and the name by a digest that says nothing once it is erased. */
function logMember(
  write: Write,
  act: 'member.joined' | 'member.changed' | 'member.left',
  {
    id,
    roles,
    person,
    until,
    name,
    type,
    owner,
    scope = null,
  }: Pick<StoredMember, 'id' | 'until' | 'name' | 'owner'> & {
    readonly person?: string;
    readonly roles: readonly string[];
    readonly type: string;
    readonly scope?: ChosenScope | null;
  },
  salt: Buffer,
): void {
  const account = type === 'service' ? ({ type, owner } as const) : {};
  const narrowed = scope ? { scope } : {};
  write.log({
    act,
    member: id,
    roles,
    ...(person === undefined ? {} : { person }),
    until,
    ...account,
    ...narrowed,
    digest: memberName(salt, name),
  });
}

/** People who accepted and have access: whoever is only invited could do nothing yet. */
export async function acceptedMembers(reader: Reader): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: 'accepted-members',
    text: `select id from member where organisation = $1 and active and type = 'person' and person is not null`,
    values: [reader.organisation],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Which of the ids are people here who have not left: whoever can answer for something. */
export async function knownPeople(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: 'known-people',
    text: `select id from member where organisation = $1 and id = any($2::uuid[]) and type = 'person' and active`,
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Set(rows.map((row) => row.id));
}

/** Addresses by member, and until when an invitation that nobody accepted yet is open. For administrators alone. */
export async function memberAddresses(
  reader: Reader,
): Promise<Map<string, { email: string | null; invitedUntil: Date | null }>> {
  const rows = await reader.run<{ member: string; email: string | null; invited_until: Date | null }>({
    name: 'member-addresses',
    text: `select a.member, coalesce(a.email, o.address) as email, a.invited_until from member_addresses() a left join lateral (
        select address from outside_identity where organisation = $1 and member = a.member and ended_at is null and address is not null
        order by seen_at desc limit 1) o on true`,
    values: [reader.organisation],
  });
  return new Map(rows.map((row) => [row.member, { email: row.email, invitedUntil: row.invited_until }]));
}

export async function preferencesOf(reader: Reader, member: string): Promise<Readonly<Record<string, Json>>> {
  const row = await reader.db
    .selectFrom('member')
    .select('preferences')
    .where('organisation', '=', reader.organisation)
    .where('id', '=', member)
    .executeTakeFirst();
  return row?.preferences ?? {};
}

/** A person's own settings of the pages; no part of the management system, so without an entry. */
export async function setPreferences(
  write: Write,
  member: string,
  preferences: Readonly<Record<string, Json>>,
): Promise<void> {
  await write.db
    .updateTable('member')
    .set({ preferences: JSON.stringify(preferences) })
    .where('organisation', '=', write.organisation)
    .where('id', '=', member)
    .execute();
}

function members(reader: Reader) {
  return reader.db
    .selectFrom('member')
    .select(columns)
    .select((eb) => eb.cast<string | null>('left_on', 'text').as('until'))
    .where('organisation', '=', reader.organisation);
}

function stored(row: {
  id: string;
  person: string | null;
  name: string;
  roles: string[];
  active: boolean;
  until: string | null;
  type: string;
  owner: string | null;
  scope: ChosenScope | null;
}): StoredMember {
  return { ...row, roles: knownRoles(row.roles), type: row.type === 'service' ? 'service' : 'person' };
}
