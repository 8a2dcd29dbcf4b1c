import { markedSince } from './marks.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { FieldsColumn } from './tables.ts';

export type TaskRow = RefRow & {
  readonly due: string | null;
  readonly rule: string | null;
  readonly system: string | null;
};

/** Open tasks of a member with their day, the earliest first. A due month or quarter stands by its first day. */
export async function openTasks(reader: Reader, member: string, limit: number): Promise<TaskRow[]> {
  return reader.run<TaskRow>({
    name: 'open-tasks',
    text: `select id, kind, number, title, state, false as archived, fields ->> 'due' as due, fields ->> 'rule' as rule, system from record
      where organisation = $1 and assignee = $2 and kind = 'task' and archived_at is null and state in ('open', 'under-way')
      order by coalesce(nullif(k4, ''), '9999'), id limit $3`,
    values: [reader.organisation, member, limit],
  });
}

export type SubmittedRow = RefRow & {
  readonly owner: string | null;
  readonly assignee: string | null;
  readonly system: string | null;
  readonly digest: string;
  readonly fields: FieldsColumn;
  readonly at: Date;
};

/** Records whose newest act of approval is a submission, the longest waiting first. */
export async function submittedRecords(reader: Reader, limit: number): Promise<SubmittedRow[]> {
  return reader.run<SubmittedRow>({
    name: 'submitted',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.owner, r.assignee, r.system,
        encode(r.digest, 'hex') as digest, r.fields, a.at
      from (select distinct on (record) record, act, at from approval x where organisation = $1 and act <> 'reinstate'
          and not (act = 'withdraw' and exists (select from approval b where b.organisation = $1 and b.record = x.record
            and b.act = 'reinstate' and (b.at, b.id) > (x.at, x.id)))
        order by record, at desc, id desc) a
      join record r on r.organisation = $1 and r.id = a.record and r.archived_at is null
      where a.act = 'submit' order by a.at limit $2`,
    values: [reader.organisation, limit],
  });
}

/**
 * Open risks and plans that somebody approved, where that may be stale, the one decided on last first: of those that the line
 * names (RI4, RI5), and of those that it does not judge, of systems that have not come so far and of the whole organisation,
 * the ones whose risks say something else since in what is decided on, or carry findings of an assessment approved since.
 * Which of them are stale says `staleAmong`.
 */
export async function doubtedDecisions(reader: Reader, limit: number): Promise<SubmittedRow[]> {
  return reader.run<SubmittedRow>({
    name: 'doubted-decisions',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.owner, r.assignee, r.system,
        encode(r.digest, 'hex') as digest, r.fields, g.at
      from (select unnest(g.records) as id from gap g where g.organisation = $1 and g.station = 'risk' and g.rule in ('RI4', 'RI5')
        union select s.id from standing t join record s on s.organisation = $1 and s.system = t.system and s.kind in ('risk', 'treatment')
          where t.organisation = $1 and t.station = 'risk' and t.verdict = 'not-started'
        union select s.id from record s where s.organisation = $1 and s.kind = 'risk' and s.system is null) n
      join record r on r.organisation = $1 and r.id = n.id and r.kind in ('risk', 'treatment') and r.archived_at is null
        and r.state not in ('closed', 'given-up')
      join lateral (select a.act, a.at from approval a where a.organisation = $1 and a.record = r.id
          and a.act in ('approve', 'restore', 'reinstate', 'withdraw', 'void')
        order by a.at desc, a.id desc limit 1) g on g.act in ('approve', 'restore', 'reinstate')
      where exists (select from
          (select r.id as id union all select p.to_record from link p where p.organisation = $1 and p.from_record = r.id and p.relation = 'risks') k
        where exists (select from revision v where v.organisation = $1 and v.record = k.id and v.at > g.at and v.changed && $3::text[])
          or exists (select from link c join approval b on b.organisation = $1 and b.record = c.to_record and b.act = 'approve' and b.at > g.at
            where c.organisation = $1 and c.from_record = k.id and c.relation = 'carries'))
      order by g.at desc, r.id limit $2`,
    values: [reader.organisation, limit, reader.registry.get('risk').drawn ?? []],
  });
}

export type FallenRow = RefRow & { readonly at: Date };

/** Records whose approval by this member a significant change took away, and about which nobody acted since. */
export async function fallenApprovals(reader: Reader, member: string, limit: number): Promise<FallenRow[]> {
  return reader.run<FallenRow>({
    name: 'fallen',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, v.at
      from (select distinct on (record) record, act, at, by_type, by_id from approval where organisation = $1 order by record, at desc, id desc) v
      join record r on r.organisation = $1 and r.id = v.record and r.archived_at is null
      join lateral (select a.act, a.by_id from approval a where a.organisation = $1 and a.record = v.record and a.at <= v.at
          and a.act not in ('void', 'withdraw', 'reinstate')
        order by a.at desc, a.id desc limit 1) g on g.act in ('approve', 'restore') and g.by_id = $2::text
      where v.act = 'void' and not (v.by_type = 'person' and v.by_id = $2::text) order by v.at desc limit $3`,
    values: [reader.organisation, member, limit],
  });
}

export type OwnSystemRow = RefRow & {
  readonly strip: string | null;
  readonly gaps: number;
  readonly holds_until: string | null;
  readonly stale: boolean;
};

/** The systems of a member, those with the most gaps first. */
export async function ownSystems(reader: Reader, member: string, limit: number): Promise<OwnSystemRow[]> {
  return reader.run<OwnSystemRow>({
    name: 'own-systems',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, l.strip, coalesce(l.gaps, 0) as gaps,
        l.holds_until::text as holds_until, coalesce(${markedSince('l')}, true) as stale
      from record r left join system_line l on l.organisation = r.organisation and l.system = r.id
      where r.organisation = $1 and r.owner = $2 and r.kind = 'system' and r.archived_at is null
      order by coalesce(l.gaps, 0) desc, r.id limit $3`,
    values: [reader.organisation, member, limit],
  });
}

export type ChangeRow = RefRow & {
  readonly act: string;
  readonly changed: readonly string[];
  readonly actor_type: string;
  readonly actor_id: string;
  readonly at: Date;
};

/** The last significant changes that people made, newest first; what one import brought in is left out. */
export async function significantChanges(reader: Reader, limit: number): Promise<ChangeRow[]> {
  return reader.run<ChangeRow>({
    name: 'significant-changes',
    text: `select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived, v.act, v.changed, v.actor_type, v.actor_id, v.at
      from (select * from revision where organisation = $1 and material and act = 'edited' order by entry desc limit $2) v
      join record r on r.organisation = $1 and r.id = v.record order by v.entry desc`,
    values: [reader.organisation, limit],
  });
}
