import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** A record that an import wrote to, and what it was before. */
export type Touched = {
  readonly record: string;
  /** Made by the import; else changed by it. */
  readonly made: boolean;
  /** Content, state and archival before the import; absent for what it made. */
  readonly fields: FieldsColumn | null;
  readonly links: LinksColumn | null;
  readonly state: string | null;
  readonly archived: boolean;
};

/** Everything an import wrote to, by its revisions: they answer to the import's id. */
export async function touchedBy(reader: Reader, importId: string): Promise<Touched[]> {
  return reader.run<Touched>({
    name: 'touched-by-import',
    text: `with own as (
        select record, min(version) as first, bool_or(act = 'created') as made, bool_or(act = 'archived') as archived
        from revision where organisation = $1 and because = $2 group by record
      )
      select o.record, o.made, o.archived, v.fields, v.links, v.state from own o
      left join revision v on v.organisation = $1 and v.record = o.record and v.version = o.first - 1`,
    values: [reader.organisation, importId],
  });
}

export type BuiltOn = {
  readonly what: 'revision' | 'approval' | 'link' | 'comment';
  readonly record: string;
  readonly count: number;
};

/**
 * What people built on an import: changes that still stand and approvals since, links from elsewhere to what it made,
 * comments. A later change that was taken back itself is none. At most 20 records of each, with how many there are in all. While there is any, the import cannot be undone.
 */
export async function builtOn(reader: Reader, importId: string, appliedAt: Date): Promise<BuiltOn[]> {
  return reader.run<BuiltOn>({
    name: 'built-on-import',
    text: `with own as (
        select record, max(version) as last, bool_or(act = 'created') as made
        from revision where organisation = $1 and because = $2 group by record
      ), found as (
        select 'revision' as what, o.record from own o
          join record r on r.organisation = $1 and r.id = o.record and r.version > o.last
          join revision v on v.organisation = $1 and v.record = o.record and v.version = o.last
          where v.fields is distinct from r.fields or v.links is distinct from r.links or v.state is distinct from r.state
            or (v.act = 'archived') is distinct from (r.archived_at is not null)
        union
        select 'approval', a.record from own o join approval a on a.organisation = $1 and a.record = o.record and a.at > $3
        union
        select 'link', l.to_record from own o join link l on l.organisation = $1 and l.to_record = o.record
          where o.made and not exists (select from own f where f.record = l.from_record)
        union
        select 'comment', c.record from own o join comment c on c.organisation = $1 and c.record = o.record
          where c.at > $3 and c.removed_at is null
      )
      select what, record, count from (
        select what, record, count(*) over (partition by what)::int as count, row_number() over (partition by what order by record) as place
        from found) f where place <= 20 order by what, record`,
    values: [reader.organisation, importId, appliedAt],
  });
}
