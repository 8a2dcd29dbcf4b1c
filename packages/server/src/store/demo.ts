import { createHash } from 'node:crypto';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { Write } from './write.ts';

/**
 * Demo records are marked where every identity of a record from elsewhere stands: an external id whose source is the
 * demo and whose key is the record's own in it. A removed one keeps a mark of another source, so that an archived
 * record never passes for a real one.
 */
const source = 'demo';
const removed = 'demo-removed';
/** The mark that everything was loaded; it names no record of its own. */
const complete = '(complete)';

/** Ids of the demo records by key, as far as they are loaded. */
export async function demoIds(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.run<{ key: string; record: string }>({
    name: 'demo-ids',
    text: 'select key, record from external_id where organisation = $1 and source = $2 and key <> $3',
    values: [reader.organisation, source, complete],
  });
  return new Map(rows.map((row) => [row.key, row.record]));
}

export type DemoStanding = 'none' | 'partly' | 'loaded';

/** Whether the demo is here: not at all, in part (a load was stopped), or whole. */
export async function demoStanding(reader: Reader): Promise<DemoStanding> {
  const rows = await reader.run<{ begun: boolean; whole: boolean }>({
    name: 'demo-standing',
    text: `select exists (select from external_id where organisation = $1 and source = $2) as begun,
      exists (select from external_id where organisation = $1 and source = $2 and key = $3) as whole`,
    values: [reader.organisation, source, complete],
  });
  const row = rows[0];
  return row?.whole ? 'loaded' : row?.begun ? 'partly' : 'none';
}

/** Whether any record stands in a register. Asked where no demo is loaded: then it is one of the organisation's own. */
export async function hasRecords(reader: Reader): Promise<boolean> {
  const rows = await reader.run<{ found: boolean }>({
    name: 'has-records',
    text: 'select exists (select from record where organisation = $1 and archived_at is null) as found',
    values: [reader.organisation],
  });
  return rows[0]?.found === true;
}

/** Demo records that stand in a register now, by kind and number. */
export async function demoRefs(reader: Reader): Promise<RefRow[]> {
  return reader.run<RefRow>({
    name: 'demo-refs',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived from external_id e
      join record r on r.organisation = e.organisation and r.id = e.record
      where e.organisation = $1 and e.source = $2 and e.key <> $3 and r.archived_at is null order by r.kind, r.number`,
    values: [reader.organisation, source, complete],
  });
}

/** How many of the systems in the register are demo systems: said wherever systems are counted. */
export async function demoSystems(reader: Reader): Promise<number> {
  const rows = await reader.run<{ count: number }>({
    name: 'demo-systems',
    text: `select count(*)::int as count from external_id e
      join record r on r.organisation = e.organisation and r.id = e.record and r.kind = 'system'
      where e.organisation = $1 and e.source = $2 and e.key <> $3 and r.archived_at is null`,
    values: [reader.organisation, source, complete],
  });
  return rows[0]?.count ?? 0;
}

/** Makes changes of the demo wait for each other, until the end of this one. */
export async function holdDemo(write: Write): Promise<void> {
  await write.run({
    name: 'hold-demo',
    text: `select pg_advisory_xact_lock(4271, hashtext($1))`,
    values: [write.organisation],
  });
}

export const demoMark = (key: string) => [{ source, key }];

/** Says that the whole demo is loaded. */
export async function markComplete(write: Write, record: string): Promise<void> {
  await write.run({
    name: 'demo-complete',
    text: 'insert into external_id (organisation, source, key, record) values ($1, $2, $3, $4) on conflict do nothing',
    values: [write.organisation, source, complete, record],
  });
}

/** Takes the marks of the demo off, so that it can be loaded anew; what they named stays marked as removed. */
export async function releaseDemo(write: Write): Promise<void> {
  await write.run({
    name: 'demo-incomplete',
    text: 'delete from external_id where organisation = $1 and source = $2 and key = $3',
    values: [write.organisation, source, complete],
  });
  await write.run({
    name: 'demo-release',
    text: `update external_id set source = $3, key = record::text where organisation = $1 and source = $2`,
    values: [write.organisation, source, removed],
  });
}

/** The same of some of its records alone. */
export async function releaseRecords(write: Write, records: readonly string[]): Promise<void> {
  await write.run({
    name: 'demo-release-records',
    text: `update external_id set source = $3, key = record::text
      where organisation = $1 and source = $2 and record = any($4::uuid[]) and key <> $5`,
    values: [write.organisation, source, removed, records, complete],
  });
}

/** Records outside the demo that link to records of it, by relation of any kind; those that were of it aside. */
export async function linkedToDemo(reader: Reader): Promise<number> {
  const rows = await reader.run<{ count: number }>({
    name: 'linked-to-demo',
    text: `with demo as (select record from external_id where organisation = $1 and source = $2)
      select count(distinct l.from_record)::int as count from link l join demo d on d.record = l.to_record
      where l.organisation = $1 and not exists (select from demo o where o.record = l.from_record)
        and not exists (select from external_id e where e.organisation = $1 and e.source = $3 and e.record = l.from_record)`,
    values: [reader.organisation, source, removed],
  });
  return rows[0]?.count ?? 0;
}

/** The member id of a demo person: the same at each load, so that a second one finds the first one's people. */
export function demoMember(organisation: string, person: string): string {
  const hex = createHash('sha256').update(`${organisation} demo person ${person}`).digest('hex');
  // An UUID of version 8, made by a rule of ours (RFC 9562, 5.8): `isDemoMember` tells them by it.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
