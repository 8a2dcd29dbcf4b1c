import { actorRef } from '@throughline/domain/actor.ts';
import type { Batch } from './batch.ts';
import type { Write } from './write.ts';

const slotNames = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];
const slotColumns = slotNames.map((name) => `${name} text`).join(', ');
const recordShape = `id uuid, kind text, title text, state text, owner uuid, assignee uuid, system uuid, version int, schema int,
  fields jsonb, links jsonb, digest bytea, material_at timestamptz, archived_at timestamptz, import uuid, head text, words text, ${slotColumns}`;
const wordsVector = (row: string) =>
  `setweight(to_tsvector('simple', ${row}.head), 'A') || setweight(to_tsvector('simple', ${row}.words), 'B')`;

/**
 * Everything of a change in one statement: revisions, links, words, approvals, entries, and last the numbers and the
 * records, so that the counters' rows are locked for as short as can be. Bulk is the same statement with more rows.
 */
const flushText = `
with revised as (
  insert into revision (organisation, record, version, act, kind, schema, state, fields, links, salt, digest, changed, material, entry, actor_type, actor_id, because, at,
    archived_at, ${slotNames.join(', ')})
  select $1, r.record, r.version, r.act, r.kind, r.schema, r.state, r.fields, r.links, r.salt, r.digest,
    array(select jsonb_array_elements_text(r.changed)), r.material, r.entry, $3, $4, $5, $2,
    r.archived_at, ${slotNames.map((name) => `r.${name}`).join(', ')}
  from jsonb_to_recordset($8) as r(record uuid, version int, act text, kind text, schema int, state text, fields jsonb,
    links jsonb, salt bytea, digest bytea, changed jsonb, material boolean, entry uuid, archived_at timestamptz, ${slotColumns})
), wanted as (
  select * from jsonb_to_recordset($10) as l(from_record uuid, relation text, type text, to_record uuid)
), unlinked as (
  delete from link k where k.organisation = $1 and k.from_record = any($9::uuid[])
    and not exists (select from wanted w where w.from_record = k.from_record and w.relation = k.relation and w.to_record = k.to_record)
  returning k.from_record, k.relation, k.to_record
), parted as (
  insert into link_ended (organisation, to_record, at, from_record, relation)
  select $1, to_record, $2, from_record, relation from unlinked on conflict do nothing
), linked as (
  insert into link (organisation, from_record, relation, type, to_record)
  select $1, from_record, relation, type, to_record from wanted on conflict do nothing
), named as (
  insert into external_id (organisation, source, key, record)
  select $1, x.source, x.key, x.record from jsonb_to_recordset($11) as x(source text, key text, record uuid)
), decided as (
  insert into approval (organisation, id, record, version, digest, act, basis, frozen, reason, by_type, by_id, on_behalf_of, entry, at)
  select $1, a.id, a.record, a.version, a.digest, a.act, a.basis, a.frozen, a.reason, a.by_type, a.by_id, a.on_behalf_of, a.entry, $2
  from jsonb_to_recordset($12) as a(id uuid, record uuid, version int, digest bytea, act text, basis jsonb, frozen jsonb,
    reason text, by_type text, by_id text, on_behalf_of uuid, entry uuid)
), entered as (
  insert into entry (organisation, id, act, record, actor_type, actor_id, at, body)
  select $1, e.id, e.act, e.record, $3, $4, $2, e.body
  from rows from (jsonb_to_recordset($13) as (id uuid, act text, record uuid, body bytea)) with ordinality as e(id, act, record, body, position)
  order by e.position
  returning id, seq
), pending as (
  insert into entry_pending (organisation, seq, entry) select $1, seq, id from entered
), changed as (
  update record r set title = u.title, state = u.state, owner = u.owner, assignee = u.assignee, system = u.system, version = u.version,
    schema = u.schema, fields = u.fields, links = u.links, digest = u.digest, material_at = u.material_at, updated_at = $2,
    archived_at = u.archived_at, ${slotNames.map((name) => `${name} = u.${name}`).join(', ')}
  from jsonb_to_recordset($7) as u(${recordShape})
  where r.organisation = $1 and r.id = u.id
), fresh as (
  select f.*, row_number() over (partition by f.kind order by f.position) as place, count(*) over (partition by f.kind) as many
  from rows from (jsonb_to_recordset($6) as (${recordShape})) with ordinality as f(${recordShape
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(', ')}, position)
), worded as (
  insert into record_text (organisation, record, kind, words)
  select $1, f.id, f.kind, ${wordsVector('f')} from fresh f
  union all
  select $1, u.id, u.kind, ${wordsVector('u')} from jsonb_to_recordset($7) as u(${recordShape})
  on conflict (organisation, record) do update set words = excluded.words
), counted as (
  insert into counter (organisation, kind, next)
  select $1, kind, count(*) + 1 from fresh group by kind order by kind
  on conflict (organisation, kind) do update set next = counter.next + excluded.next - 1
  returning kind, next
)
insert into record (organisation, id, kind, number, title, state, owner, assignee, system, version, schema, fields, links, digest,
  material_at, created_at, updated_at, archived_at, import, ${slotNames.join(', ')})
select $1, f.id, f.kind, c.next - f.many + f.place - 1, f.title, f.state, f.owner, f.assignee, f.system, f.version, f.schema, f.fields,
  f.links, f.digest, f.material_at, $2, $2, f.archived_at, f.import, ${slotNames.map((name) => `f.${name}`).join(', ')}
from fresh f join counted c on c.kind = f.kind`;

/**
 * Marks what the change may turn: the systems that the records belong to, those that use a shared one (backwards over
 * `uses`, never over `about`), and the organisation's facts where a record belongs to no system.
 */
const markText = `
with homes as (
  select unnest($2::uuid[]) as system
  union
  select f.system from link l join record f on f.organisation = l.organisation and f.id = l.from_record
  where l.organisation = $1 and l.to_record = any($3::uuid[]) and l.type = 'uses' and f.system is not null
), marked as (
  insert into system_line (organisation, system) select $1, system from homes order by system
  on conflict (organisation, system) do update set marks = system_line.marks + 1
)
insert into facts_changed (organisation, marks) select $1, 1 where $4
on conflict (organisation) do update set marks = facts_changed.marks + 1`;

/**
 * What belongs to a moved record moves with it, down the `within` links, at most ten levels deep. Asked again until
 * nothing moves: a record that another change put below in between shows only once what it belongs to is ours.
 */
const rehomeText = `
with recursive below as (
  select $2::uuid as id, 0 as depth
  union
  select l.from_record, b.depth + 1 from below b
  join link l on l.organisation = $1 and l.to_record = b.id and l.type = 'within' where b.depth < 10
)
update record r set system = $3 from below b
where r.organisation = $1 and r.id = b.id and r.kind <> 'system' and r.system is distinct from $3 returning 1`;

const forceText = `
update record r set in_force = a.in_force
from jsonb_to_recordset($2) as a(record uuid, in_force int, changes_force boolean)
where r.organisation = $1 and r.id = a.record and a.changes_force`;

export async function flush(write: Write, batch: Batch): Promise<void> {
  const { organisation, ctx } = write;
  const by = actorRef(ctx.actor);
  const facts = batch.facts || batch.shared.size > 0;
  if (batch.used.size > 0 || facts) {
    const values = [organisation, [...batch.homes].sort(), [...batch.used].sort(), facts];
    await write.run({ name: 'mark', text: markText, values });
  }
  if (batch.entries.length > 0) {
    await write.run({
      name: 'flush',
      text: flushText,
      values: [
        organisation,
        ctx.at,
        by.type,
        by.id,
        ctx.because,
        JSON.stringify([...batch.created.values()]),
        JSON.stringify([...batch.updated.values()]),
        JSON.stringify(batch.revisions),
        [...batch.relinked.keys()],
        JSON.stringify([...batch.relinked.values()].flat()),
        JSON.stringify(batch.externals),
        JSON.stringify(batch.approvals),
        JSON.stringify(batch.entries),
      ],
    });
  }
  for (const moved of batch.rehomed) {
    const rehome = { name: 'rehome', text: rehomeText, values: [organisation, moved.record, moved.system] };
    while ((await write.run(rehome)).length > 0);
  }
  const force = batch.approvals.filter((row) => row.changes_force);
  if (force.length > 0)
    await write.run({ name: 'force', text: forceText, values: [organisation, JSON.stringify(force)] });
}
