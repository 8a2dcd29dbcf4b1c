import type { Reader } from './reader.ts';

/**
 * Everything that an organisation's rows say of one of its members: one part a table or two. `$1` is the organisation,
 * `$2` the member. Never a secret, nor the hash of one. What others wrote is named by its record, and not repeated.
 */
const ref = 'r.kind, r.number, r.title';
const parts: Readonly<Record<string, string>> = {
  member: `select id, name, roles, active, left_on::text as "lastDay", scope, preferences, created_at as "joinedAt"
    from member where organisation = $1 and id = $2::uuid`,
  groups: `select g.id, g.name, g.roles from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
    where b.organisation = $1 and b.member = $2::uuid order by g.name`,
  deputies: `select id, absent, member as deputy, first_day::text as "firstDay", last_day::text as "lastDay", created_at as "namedAt",
      ended_at as "endedAt" from deputy where organisation = $1 and $2::uuid in (absent, member) order by first_day, id`,
  authority: `select id, dimension, level, member, delegate, valid_from::text as "from", valid_to::text as "to" from authority
    where organisation = $1 and $2::uuid in (member, delegate) order by valid_from, id`,
  samePersons: `select id, member, other, at, ended_at as "endedAt" from same_person where organisation = $1 and $2::uuid in (member, other) order by at`,
  outsideIdentities: `select id, kind, source, subject, address, roles, linked_at as "linkedAt", seen_at as "seenAt", ended_at as "endedAt"
    from outside_identity where organisation = $1 and member = $2::uuid order by linked_at`,
  provisioned: `select external_id as "externalId", content as said, created_at as "since", changed_at as "changedAt", ended_at as "endedAt"
    from provisioned where organisation = $1 and id = $2::uuid and type = 'member'`,
  sessions: `select id, created_at as "startedAt", seen_at as "seenAt", ended_at as "endedAt", agent, host
    from session where organisation = $1 and member = $2::uuid order by created_at, id`,
  resets: `select id, kind, reason, at, used_at as "usedAt" from account_reset where organisation = $1 and member = $2::uuid order by at`,
  tokens: `select id, name, roles, scope, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt",
      revoked_at as "revokedAt" from token where organisation = $1 and ($2::uuid = any(behind) or created_by = ($2::uuid)::text) order by created_at`,
  serviceAccounts: `select id, name, roles, active from member where organisation = $1 and owner = $2::uuid order by name`,
  views: `select id, collection, name, query, shared, created_at as "savedAt" from saved_view where organisation = $1 and member = $2::uuid order by created_at`,
  records: `select ${ref}, r.state, r.owner = $2::uuid as owner, r.assignee = $2::uuid as assignee, r.archived_at as "archivedAt"
    from record r where r.organisation = $1 and $2::uuid in (r.owner, r.assignee) order by r.kind, r.number`,
  namedIn: `select ${ref} from record_party p join record r on r.organisation = p.organisation and r.id = p.record
    where p.organisation = $1 and p.member = $2::uuid order by r.kind, r.number`,
  versions: `select ${ref}, v.version, v.act, v.changed, v.because, v.at from revision v
    join record r on r.organisation = v.organisation and r.id = v.record
    where v.organisation = $1 and ((v.actor_type = 'person' and v.actor_id = ($2::uuid)::text) or v.on_behalf_of = $2::uuid) order by v.at, r.kind, r.number, v.version`,
  approvals: `select ${ref}, a.version, a.act, a.reason, a.at, a.on_behalf_of as "onBehalfOf" from approval a
    join record r on r.organisation = a.organisation and r.id = a.record
    where a.organisation = $1 and ((a.by_type = 'person' and a.by_id = ($2::uuid)::text) or a.on_behalf_of = $2::uuid) order by a.at, a.id`,
  comments: `select ${ref}, c.id, c.field, c.text, c.at, c.edited_at as "editedAt", c.removed_at as "removedAt" from comment c
    join record r on r.organisation = c.organisation and r.id = c.record
    where c.organisation = $1 and c.by_type = 'person' and c.by_id = ($2::uuid)::text order by c.at, c.id`,
  mentions: `select ${ref}, c.id as comment, m.at, s.at as "seenAt" from mention m
    join comment c on c.organisation = m.organisation and c.id = m.comment
    join record r on r.organisation = m.organisation and r.id = c.record
    left join mention_seen s on s.organisation = m.organisation and s.member = $2::uuid and s.comment = m.comment
    where m.organisation = $1 and m.target = ($2::uuid)::text order by m.at, c.id`,
  judgements: `select id, item, answer, note, version, at from judgement where organisation = $1 and by_member = $2::uuid order by at, id`,
  recusals: `select ${ref}, c.reason, c.at from recusal c join record r on r.organisation = c.organisation and r.id = c.record
    where c.organisation = $1 and c.member = $2::uuid order by c.at, c.id`,
  ratings: `select ${ref}, o.said, o.reason, o.at, o.ended_as as "endedAs", o.ended_at as "endedAt" from risk_opinion o
    join record r on r.organisation = o.organisation and r.id = o.record
    where o.organisation = $1 and o.member = $2::uuid order by o.at, o.id`,
  imports: `select id, kind, file_name as "file", state, created_at as "uploadedAt", applied_at as "appliedAt", undone_at as "undoneAt"
    from import where organisation = $1 and by_type = 'person' and by_id = ($2::uuid)::text order by created_at, id`,
  jobs: `select id, type, state, message, created_at as "askedAt", ended_at as "endedAt" from job
    where organisation = $1 and by_type = 'person' and by_id = ($2::uuid)::text order by created_at, id`,
  log: `select e.id, f.index, e.at, convert_from(e.body, 'UTF8')::jsonb as entry from entry e
    left join log_leaf f on f.organisation = e.organisation and f.entry = e.id
    where e.organisation = $1 and ((e.actor_type = 'person' and e.actor_id = ($2::uuid)::text)
      or ((e.act like 'member.%' or e.act like 'session.%' or e.act like 'account.%' or e.act like 'membership.%' or e.act like 'deputy.%' or e.act like 'identity.%'
        or e.act like 'recusal.%' or e.act like 'reset.%' or e.act like 'export.%') and position(($2::uuid)::text in convert_from(e.body, 'UTF8')) > 0))
    order by e.id`,
};

/** What stands in the place of a part where a person asks for their own: it would tell others of another organisation. */
const ownParts: Readonly<Record<string, string>> = {
  sessions: `select id, created_at as "startedAt", seen_at as "seenAt", expires_at as "endsAt", ended_at as "endedAt",
      proved_at as "provedAt", methods, agent, host from session where organisation = $1 and member = $2::uuid order by created_at, id`,
};

export type PersonPart = {
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};

/** Names of the parts, in the order in which they are read. */
export const personParts: readonly string[] = Object.keys(parts);

/** One part about a member, as the reader may see it. */
export async function personPart(
  reader: Reader,
  { member, own }: { readonly member: string; readonly own: boolean },
  name: string,
): Promise<PersonPart> {
  const others = own ? ownParts[name] : undefined;
  const text = others ?? parts[name];
  if (text === undefined) throw new TypeError(`There is no part "${name}" of what is held about a person`);
  const rows = await reader.run<Record<string, unknown>>({
    name: others === undefined ? `person-${name}` : `person-own-${name}`,
    text,
    values: [reader.organisation, member],
  });
  return { name, rows };
}
