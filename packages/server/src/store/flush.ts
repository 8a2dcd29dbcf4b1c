import { actorRef } from '@throughline/domain/actor.ts';
import type { Batch, Late, RecordRowIn } from './batch.ts';
import { refuseSharedCodes } from './control-codes.ts';
import type { TakeNumbers } from './numbers.ts';
import { heirsStatement, partiesStatement } from './parties.ts';
import { wordsVector } from './words.ts';
import type { Write } from './write.ts';

const slotNames = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];
const slotColumns = slotNames.map((name) => `${name} text`).join(', ');
const recordShape = `id uuid, kind text, title text, state text, owner uuid, assignee uuid, system uuid, version int, schema int,
  fields jsonb, links jsonb, digest bytea, material_at timestamptz, archived_at timestamptz, import uuid, head text, words text, ${slotColumns}`;

/**
 * A change in one statement, all but new records: revisions, links, words, approvals, entries, changed records, and the
 * marks of what it may turn: the systems that the records belong to, those that use a shared one (backwards over `uses`,
 * never over `about`), and the organisation's facts where a record belongs to no system, or a risk of none carries what it
 * found: its acceptance is held against that. Who comes to use a record in a
 * change that is not committed yet does not show here: what changed is kept, for `markUsers` to look again. Bulk is the same statement with
 * more rows. Lists come as JSON, which PostgreSQL takes to be of one length: for arrays it made a plan of its own each time.
 * Users of a shared record are therefore looked up one by one: expected in hundreds, they were joined by reading all records.
 */
const flushText = `
with revised as (
  insert into revision (organisation, record, version, act, kind, schema, state, fields, links, salt, digest, changed, material, entry, actor_type, actor_id, on_behalf_of, because, at,
    archived_at, ${slotNames.join(', ')})
  select $1, r.record, r.version, r.act, r.kind, r.schema, r.state, r.fields, r.links, r.salt, r.digest,
    array(select jsonb_array_elements_text(r.changed)), r.material, r.entry, $3, $4, r.on_behalf_of, $5, $2,
    r.archived_at, ${slotNames.map((name) => `r.${name}`).join(', ')}
  from jsonb_to_recordset($8) as r(record uuid, version int, act text, kind text, schema int, state text, fields jsonb,
    links jsonb, salt bytea, digest bytea, changed jsonb, material boolean, entry uuid, on_behalf_of uuid, archived_at timestamptz, ${slotColumns})
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
  insert into approval (organisation, id, record, version, digest, act, basis, frozen, reason, by_type, by_id, on_behalf_of, entry, at, salt)
  select $1, a.id, a.record, a.version, a.digest, a.act, a.basis, a.frozen, a.reason, a.by_type, a.by_id, a.on_behalf_of, a.entry, $2, a.salt
  from jsonb_to_recordset($12) as a(id uuid, record uuid, version int, digest bytea, act text, basis jsonb, frozen jsonb,
    reason text, by_type text, by_id text, on_behalf_of uuid, entry uuid, salt bytea)
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
), worded as (
  insert into record_text (organisation, record, kind, words)
  select $1, f.id, f.kind, ${wordsVector('f')} from jsonb_to_recordset($6) as f(id uuid, kind text, head text, words text)
  union all
  select $1, u.id, u.kind, ${wordsVector('u')} from jsonb_to_recordset($7) as u(id uuid, kind text, head text, words text)
  on conflict (organisation, record) do update set words = excluded.words
), begun as (
  insert into system_line (organisation, system)
  select $1, f.id from jsonb_to_recordset($6) as f(id uuid, kind text) where f.kind = 'system'
), carriers as (
  select l.id from jsonb_array_elements_text($15) as u(id) cross join lateral (
    select r.id from link k join record r on r.organisation = $1 and r.id = k.from_record and r.kind = 'risk' and r.system is null
    where k.organisation = $1 and k.to_record = u.id::uuid and k.relation = 'carries' offset 0
  ) l
), homes as (
  select h.id::uuid as system from jsonb_array_elements_text($14) as h(id)
  union
  select (select f.system from record f where f.organisation = $1 and f.id = l.from_record)
  from (select u.id::uuid as id from jsonb_array_elements_text($15) as u(id) union all select id from carriers) u cross join lateral (
    select k.from_record from link k where k.organisation = $1 and k.to_record = u.id and k.type = 'uses' offset 0
  ) l
), expected as (
  insert into used_mark (organisation, record) select $1, u.id::uuid from jsonb_array_elements_text($17) as u(id)
), marked as (
  insert into line_mark (organisation, system) select $1, system from homes where system is not null
)
insert into facts_mark (organisation) select $1 where $16::boolean or exists (select from carriers)`;

/** New records, with numbers that were taken for them: at the very end, so that a change that spills writes them once. */
const createText = `
insert into record (organisation, id, kind, number, title, state, owner, assignee, system, version, schema, fields, links, digest,
  material_at, created_at, updated_at, archived_at, import, ${slotNames.join(', ')})
select $1, f.id, f.kind, f.number, f.title, f.state, f.owner, f.assignee, f.system, f.version, f.schema, f.fields,
  f.links, f.digest, f.material_at, $2, $2, f.archived_at, f.import, ${slotNames.map((name) => `f.${name}`).join(', ')}
from jsonb_to_recordset($3) as f(${recordShape}, number int)`;

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
from jsonb_to_recordset($2) as a(record uuid, in_force int)
where r.organisation = $1 and r.id = a.record`;

/** Rows of new records in one statement. */
const createdAtOnce = 2_000;

/** Sends what was gathered, all but what is written last. Answers when PostgreSQL has it; rows of the log go out in their order. */
export function flush(write: Write, batch: Batch): Promise<unknown> {
  const { organisation, ctx } = write;
  const by = actorRef(ctx.actor);
  const facts = batch.facts || batch.shared.size > 0;
  if (batch.entries.length === 0 && batch.used.size === 0 && !facts) return Promise.resolve();
  const values = [
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
    JSON.stringify([...batch.homes]),
    JSON.stringify([...batch.used]),
    facts,
    JSON.stringify(usedElsewhere(write, batch)),
  ];
  const parties = partiesStatement(write, batch);
  return allOf([write.run({ name: 'flush', text: flushText, values }), parties && write.run(parties)]);
}

/** What others may come to use while this change is under way: nothing that it makes itself, and nothing of a kind that is never used. */
function usedElsewhere({ registry }: Write, batch: Batch): string[] {
  return [...batch.used].filter((id) => {
    if (batch.created.has(id)) return false;
    const kind = batch.updated.get(id)?.kind;
    return kind === undefined || registry.isUsed(kind);
  });
}

/**
 * Sends the last of a change behind `sent`, once `take` has handed out the numbers of what is new. `whole` says that
 * nothing has to be sent after it: a commit may follow on its heels, so that what the change holds is not held while
 * this process does other things.
 */
export async function flushLate(
  write: Write,
  late: Late,
  { sent, take }: { readonly sent: Promise<unknown>; readonly take: TakeNumbers },
): Promise<{ written: Promise<void>; whole: boolean }> {
  const { organisation, ctx } = write;
  const all = [sent];
  // What goes wrong with it is thrown below, after everything that was sent behind it.
  void Promise.allSettled([sent]);
  const created = await numbered(late, take).catch(async (error: unknown) => {
    // Numbers taken in the same transaction are refused for what was refused before: that is the reason to tell.
    await sent;
    throw error;
  });
  for (let from = 0; from < created.length; from += createdAtOnce) {
    const rows = JSON.stringify(created.slice(from, from + createdAtOnce));
    all.push(write.run({ name: 'create', text: createText, values: [organisation, ctx.at, rows] }));
  }
  if (late.forced.size > 0) {
    const forced = [...late.forced].map(([record, in_force]) => ({ record, in_force }));
    const values = [organisation, JSON.stringify(forced)];
    all.push(write.run({ name: 'force', text: forceText, values }));
  }
  const heirs = heirsStatement(write, late);
  const whole = late.rehomed.length === 0 && !heirs && late.controls.size === 0;
  const rest = async () => {
    await allOf(all);
    await rehome(write, late);
    if (heirs) await write.run(heirs);
    if (late.controls.size > 0) await refuseSharedCodes(write, late.controls);
  };
  return { written: whole ? allOf(all) : rest(), whole };
}

/** Rows with their numbers, those of a kind in the order of the calls that made them. */
async function numbered(
  { created, numbers }: Late,
  take: TakeNumbers,
): Promise<(RecordRowIn & { number: number })[]> {
  const rows = [...created.values()];
  const taken = await numbersFor(
    rows.filter(({ id }) => !numbers.has(id)),
    take,
  );
  return rows.map((row) => {
    const number = numbers.get(row.id) ?? taken.get(row.id);
    if (number === undefined) throw new Error(`No number was taken for ${row.id}`);
    return { ...row, number };
  });
}

/** Numbers for new records, by record: those of a kind in the order of the calls that made them. */
export async function numbersFor(
  rows: readonly RecordRowIn[],
  take: TakeNumbers,
): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map();
  const wanted = new Map<string, number>();
  for (const { kind } of rows) wanted.set(kind, (wanted.get(kind) ?? 0) + 1);
  const next = new Map(await take(wanted));
  return new Map(
    rows.map(({ id, kind }) => {
      const number = next.get(kind);
      if (number === undefined) throw new Error(`No number was taken for ${kind}`);
      next.set(kind, number + 1);
      return [id, number];
    }),
  );
}

/** Waits for all, then throws what went wrong first: those behind a refused statement are refused for that alone. */
export async function allOf(sent: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  for (const outcome of await Promise.allSettled(sent))
    if (outcome.status === 'rejected') throw outcome.reason;
}

async function rehome(write: Write, { rehomed }: Late): Promise<void> {
  for (const moved of rehomed) {
    const values = [write.organisation, moved.record, moved.system];
    while ((await write.run({ name: 'rehome', text: rehomeText, values })).length > 0);
  }
}
