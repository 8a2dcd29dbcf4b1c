import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { Write } from './write.ts';

/** Members and roles that a comment speaks to, in the place of those it spoke to before. */
export async function setMentions(write: Write, comment: string, targets: readonly string[]): Promise<void> {
  await write.run({
    name: 'drop-mentions',
    text: 'delete from mention where organisation = $1 and comment = $2 and not target = any($3)',
    values: [write.organisation, comment, [...targets]],
  });
  await write.run({
    name: 'add-mentions',
    text: `insert into mention (organisation, target, at, comment)
      select $1, t, $4, $2 from unnest($3::text[]) t
      where not exists (select from mention m where m.organisation = $1 and m.comment = $2 and m.target = t)`,
    values: [write.organisation, comment, [...targets], write.ctx.at],
  });
}

/** Says that a member has seen comments that speak to them. */
export async function markSeen(write: Write, member: string, comments: readonly string[]): Promise<void> {
  await write.run({
    name: 'mark-seen',
    text: `insert into mention_seen (organisation, member, comment, at)
      select $1, $2, c, $4 from unnest($3::uuid[]) c on conflict do nothing`,
    values: [write.organisation, member, [...comments], write.ctx.at],
  });
}

export type MentionRow = RefRow & {
  readonly comment: string;
  readonly by_type: string;
  readonly by_id: string;
  readonly at: Date;
};

/**
 * Comments that speak to a member, by name or by one of their roles, and that they have not yet said they saw: the
 * newest first. What somebody wrote themselves never calls them. `record` leaves only those that stand on it.
 */
export async function openMentions(
  reader: Reader,
  who: { readonly member: string; readonly roles: readonly string[] },
  page: { readonly limit: number; readonly record?: string },
): Promise<MentionRow[]> {
  return reader.run<MentionRow>({
    name: 'open-mentions',
    text: `select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived, c.id as comment, c.by_type, c.by_id, c.at
      from (select distinct comment from mention where organisation = $1 and target = any($2)) m
      join comment c on c.organisation = $1 and c.id = m.comment
      join record r on r.organisation = $1 and r.id = c.record
      where c.removed_at is null and not (c.by_type = 'person' and c.by_id = $3::text)
        and ($5::uuid is null or c.record = $5)
        and not exists (select from mention_seen s where s.organisation = $1 and s.member = $3::uuid and s.comment = c.id)
      order by c.at desc, c.id desc limit $4`,
    values: [reader.organisation, [who.member, ...who.roles], who.member, page.limit, page.record ?? null],
  });
}
