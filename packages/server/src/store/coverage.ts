import type { ControlCount, DutyCount, Exclusion } from '@throughline/domain/crosswalk/coverage.ts';
import type { NamedControl } from '@throughline/domain/crosswalk/own-rows.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { FieldsColumn } from './tables.ts';

/** Running systems, counted. */
export async function runningSystems(reader: Reader, states: readonly string[]): Promise<number> {
  const [row] = await reader.run<{ n: number }>({
    name: 'running-systems',
    text: `select count(*)::int as n from record r
      where r.organisation = $1 and r.kind = 'system' and r.archived_at is null and r.state = any($2)`,
    values: [reader.organisation, states],
  });
  return row?.n ?? 0;
}

/**
 * Adopted controls by their item of the standard, with what is put in place and kept as evidence: grouped where it
 * stands. Links are read from the records themselves: each row of `link` is looked at for both its ends by whoever may
 * not read everything, and a planner without statistics looked at all of them once for each record.
 */
export async function controlCounts(reader: Reader, states: readonly string[]): Promise<ControlCount[]> {
  return reader.run<ControlCount>({
    name: 'control-counts',
    text: `with ctl as materialized (
        select r.id, r.fields->>'item' as item, coalesce(r.fields->>'implementedAt', 'system') as place
        from record r where r.organisation = $1 and r.kind = 'control' and r.state = 'adopted'
          and r.archived_at is null and r.fields->>'item' is not null
      ), live as materialized (
        select r.id from record r
        where r.organisation = $1 and r.kind = 'system' and r.archived_at is null and r.state = any($2)
      ), imp as materialized (
        select i.id, (i.links->'control'->>0)::uuid as control, i.state, i.system, live.id is not null as live,
          i.archived_at is null and i.state <> 'ended' as stands
        from record i left join live on live.id = i.system
        where i.organisation = $1 and i.kind = 'implementation'
      ), kept as materialized (
        select e.id, e.links from record e
        where e.organisation = $1 and e.kind = 'evidence' and e.state = 'kept' and e.archived_at is null
      ), placed as (
        select imp.control,
          count(distinct imp.system) filter (where imp.live and imp.state = 'in-place')::int as "inPlace",
          count(distinct imp.system) filter (where imp.live and imp.state = 'partly')::int as partly,
          count(distinct imp.system) filter (where imp.live and imp.state = 'planned')::int as planned,
          count(*) filter (where imp.system is null and imp.state = 'in-place')::int as organisation
        from imp where imp.stands group by imp.control
      ), proof as (
        select named.control, count(*)::int as evidence
        from (
          -- A piece names its controls, or an implementation and so that one's control; once for each control.
          select kept.id, jsonb_array_elements_text(kept.links->'controls')::uuid as control from kept
          union
          select kept.id, imp.control from kept
          cross join jsonb_array_elements_text(kept.links->'implementation') as named_by(implementation)
          join imp on imp.id = named_by.implementation::uuid
        ) named
        group by named.control
      )
      select ctl.item, min(ctl.place) as at,
        coalesce(sum(placed."inPlace"), 0)::int as "inPlace", coalesce(sum(placed.partly), 0)::int as partly,
        coalesce(sum(placed.planned), 0)::int as planned, coalesce(sum(placed.organisation), 0)::int as organisation,
        coalesce(sum(proof.evidence), 0)::int as evidence
      from ctl left join placed on placed.control = ctl.id left join proof on proof.control = ctl.id
      group by ctl.item`,
    values: [reader.organisation, states],
  });
}

/**
 * Controls of the standard that approved lines of the statement exclude with a reason. Where another control of the same
 * item is applicable, the item is.
 */
export async function exclusions(reader: Reader): Promise<Exclusion[]> {
  const prefix = reader.registry.get('applicability').prefix;
  const rows = await reader.run<{ item: string; number: number; because: string }>({
    name: 'soa-exclusions',
    text: `with ctl as materialized (
        select c.id, c.fields->>'item' as item from record c
        where c.organisation = $1 and c.kind = 'control' and c.archived_at is null
      ), line as (
        select a.number, ctl.item, coalesce(v.fields, a.fields) as fields
        from record a
        join ctl on ctl.id = (a.links->'control'->>0)::uuid
        left join revision v on v.organisation = $1 and v.record = a.id and v.version = a.in_force and a.in_force <> a.version
        where a.organisation = $1 and a.kind = 'applicability' and a.archived_at is null and a.state = 'kept-up'
          and a.in_force is not null
      )
      select distinct on (item) item, number, fields->>'justification' as because from line
      where fields->>'decision' = 'excluded' and item is not null and fields->>'justification' is not null
        and not exists (select from line o where o.item = line.item and o.fields->>'decision' = 'applicable')
      order by item, number`,
    values: [reader.organisation],
  });
  return rows.map(({ item, number, because }) => ({ item, line: `${prefix}-${number}`, because }));
}

/** Requirements in the register by the item of the catalogue that they name. */
export async function dutyCounts(reader: Reader): Promise<DutyCount[]> {
  return reader.run<DutyCount>({
    name: 'duty-counts',
    text: `select r.fields->>'item' as item, count(*)::int as records, count(distinct r.system)::int as systems,
        count(*) filter (where r.fields->>'metOn' is not null)::int as met,
        count(*) filter (where r.owner is null)::int as unowned
      from record r
      where r.organisation = $1 and r.kind = 'obligation' and r.archived_at is null
        and r.state in ('open', 'taken-on')
      group by 1`,
    values: [reader.organisation],
  });
}

export type RequirementRow = RefRow & {
  readonly source: string | null;
  readonly item: string | null;
  readonly owner: string | null;
  readonly controls: readonly string[];
  readonly controlItems: readonly string[];
  readonly refersTo: string | null;
};

/** Requirements of the organisation and, where one is named, of a system; each with the controls it calls for. */
export async function requirementsOf(reader: Reader, system: string | null): Promise<RequirementRow[]> {
  return reader.run<RequirementRow>({
    name: 'requirements-of',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.owner,
        r.fields->>'source' as source, r.fields->>'item' as item,
        coalesce(array(select jsonb_array_elements_text(r.links->'controls')), '{}') as controls,
        array(select distinct c.fields->>'item' from link l
          join record c on c.organisation = $1 and c.id = l.to_record and c.kind = 'control'
          where l.organisation = $1 and l.from_record = r.id and l.relation = 'controls'
            and c.fields->>'item' is not null order by 1) as "controlItems",
        r.links->'refersTo'->>0 as "refersTo"
      from record r
      where r.organisation = $1 and r.kind = 'obligation' and r.archived_at is null
        and r.state in ('open', 'taken-on') and (r.system is null or r.system = $2)
      order by r.number limit 2000`,
    values: [reader.organisation, system],
  });
}

export type PlanTask = RefRow & {
  readonly item: string | null;
  readonly assignee: string | null;
  readonly due: string | null;
};

/** Tasks about a record, with the item that each is for. */
export async function tasksAbout(reader: Reader, record: string): Promise<PlanTask[]> {
  return reader.run<PlanTask>({
    name: 'tasks-about',
    text: `select t.id, t.kind, t.number, t.title, t.state, false as archived,
        t.fields->>'rule' as item, t.assignee, t.fields->>'due' as due
      from link l join record t on t.organisation = $1 and t.id = l.from_record
      where l.organisation = $1 and l.to_record = $2 and l.relation = 'concerns' and t.kind = 'task'
        and t.archived_at is null
      order by t.fields->>'due' nulls last, t.number limit 1000`,
    values: [reader.organisation, record],
  });
}

/** Controls that a piece of evidence names, by their item of the standard and their own code. */
export async function controlsNamed(reader: Reader, controls: readonly string[]): Promise<NamedControl[]> {
  return reader.run<NamedControl>({
    name: 'controls-named',
    text: `select distinct r.fields->>'item' as item, r.fields->>'code' as code from record r
      where r.organisation = $1 and r.kind = 'control' and r.id = any($2::uuid[])
      order by 1, 2`,
    values: [reader.organisation, controls],
  });
}

export type OwnRowRecord = RefRow & { readonly fields: FieldsColumn };

/** Rows of the crosswalk that the organisation keeps up itself. */
export async function ownRowRecords(reader: Reader): Promise<OwnRowRecord[]> {
  return reader.run<OwnRowRecord>({
    name: 'own-rows',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.fields from record r
      where r.organisation = $1 and r.kind = 'mapping' and r.archived_at is null and r.state = 'kept-up'
      order by r.number limit 2000`,
    values: [reader.organisation],
  });
}
