import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { personsOf } from '../duties.ts';
import { type DutyWaiver, waiverAt } from '../duty-waivers.ts';
import { type Approved, approvedVersion } from './approved.ts';
import type { OrganisationInputs, TraceMember, TraceRecord } from './inputs.ts';
import { byName } from './order.ts';
import { listOf, textOf } from './read.ts';
import { type Zone, zoneOf } from './zone.ts';

export type RegisteredSystem = OrganisationInputs['systems'][number];

/** The organisation, indexed once: what every system's rules and its own line draw on. */
export type OrganisationFacts = {
  readonly inputs: OrganisationInputs;
  readonly catalogue: Catalogue;
  /** Today in the organisation's time zone. */
  readonly today: string;
  readonly now: Date;
  readonly byId: ReadonlyMap<string, TraceRecord>;
  readonly byKind: ReadonlyMap<string, readonly TraceRecord[]>;
  /** Records that point at an id, by any relation. */
  readonly pointing: ReadonlyMap<string, readonly TraceRecord[]>;
  readonly members: ReadonlyMap<string, TraceMember>;
  readonly systems: ReadonlyMap<string, RegisteredSystem>;
  /** Documents that carry an item of the mandatory set, by the item's id; a version in force comes first. */
  readonly documents: ReadonlyMap<string, readonly TraceRecord[]>;
  /** Lines of the Statement of Applicability, by the id of the control's record. */
  readonly applicability: ReadonlyMap<string, TraceRecord>;
  /** Lines in force, by the id of the control's record: with two of them nothing says which decides. */
  readonly linesInForce: ReadonlyMap<string, readonly TraceRecord[]>;
  /** Records of adopted controls, by the control's id in the standard (`A.6.2.4`). */
  readonly controls: ReadonlyMap<string, TraceRecord>;
  /** What stands approved of a record, worked out once per record. */
  readonly approved: (record: TraceRecord) => Approved | null;
  /** Days of the organisation's time zone. */
  readonly zone: Zone;
  /** Whether two members are one person. */
  readonly samePerson: (one: string, other: string) => boolean;
  /** The waiver of "another person approves" that stood when an approval was given. */
  readonly waiverAt: (at: string) => DutyWaiver | undefined;
};

/** Indexes everything that belongs to the whole organisation. Pure: the same inputs and moment give the same facts. */
export function organisationFacts(
  inputs: OrganisationInputs,
  catalogue: Catalogue,
  now: Date,
): OrganisationFacts {
  const records = inputs.records.filter((record) => !record.archived);
  const byId = new Map(records.map((record) => [record.id, record]));
  const byKind = Map.groupBy(records, (record) => record.kind);
  const known = new Map<string, Approved | null>();
  const approved = (record: TraceRecord) => {
    let found = known.get(record.id);
    if (found === undefined) {
      found = approvedVersion(record, (id) => byId.get(id));
      known.set(record.id, found);
    }
    return found;
  };
  const zone = zoneOf(inputs.timeZone);
  const of = (kind: string) => byKind.get(kind) ?? [];
  const { person } = personsOf({ same: inputs.samePersons, behind: new Map() });
  return {
    inputs,
    catalogue,
    today: zone.dayOf(now.toISOString()),
    now,
    byId,
    byKind,
    pointing: pointingAt(records),
    members: new Map(inputs.members.map((member) => [member.id, member])),
    systems: new Map(inputs.systems.map((system) => [system.id, system])),
    documents: documentsByItem(of('document'), approved),
    applicability: linesByControl(of('applicability'), approved),
    linesInForce: linesInForceByControl(of('applicability'), approved),
    controls: controlsByRequirement(of('control')),
    approved,
    zone,
    samePerson: (one, other) => one === other || person(one) === person(other),
    waiverAt: (at) => waiverAt(inputs.waivers, at, zone.dayOf(at)),
  };
}

/** The records that stand behind each id, so that relations can be read from their other end. */
export function pointingAt(records: readonly TraceRecord[]): Map<string, TraceRecord[]> {
  const pointing = new Map<string, TraceRecord[]>();
  for (const record of records) {
    const targets = new Set<string>();
    for (const ids of Object.values(record.links)) for (const id of ids) targets.add(id);
    for (const ids of Object.values(record.inForce?.links ?? {})) for (const id of ids) targets.add(id);
    for (const target of targets) {
      const known = pointing.get(target);
      if (known) known.push(record);
      else pointing.set(target, [record]);
    }
  }
  return pointing;
}

/** Length adopted for a calendar entry; nothing when the organisation adopted none. */
export function adopted(organisation: Pick<OrganisationFacts, 'inputs'>, interval: string): string | null {
  return organisation.inputs.intervals[interval] ?? null;
}

/** Name of a calendar entry, in the words of the catalogue. */
export function intervalName(organisation: OrganisationFacts, interval: string): string {
  return indexOf(organisation.catalogue).calendar.get(interval)?.name ?? interval;
}

function documentsByItem(
  documents: readonly TraceRecord[],
  approved: (record: TraceRecord) => Approved | null,
): Map<string, TraceRecord[]> {
  const items = new Map<string, TraceRecord[]>();
  const inForceFirst = [...documents].sort((a, b) => Number(!approved(a)) - Number(!approved(b)));
  for (const document of inForceFirst) {
    const content = approved(document) ?? document;
    for (const item of listOf(content, 'covers')) {
      const carriers = items.get(item) ?? [];
      carriers.push(document);
      items.set(item, carriers);
    }
  }
  return items;
}

/** One line decides for a control: the one in force, then a draft, then one that was withdrawn. */
function linesByControl(
  lines: readonly TraceRecord[],
  approved: (record: TraceRecord) => Approved | null,
): Map<string, TraceRecord> {
  const rank = (line: TraceRecord) => (line.state === 'withdrawn' ? 2 : approved(line) ? 0 : 1);
  return firstOf(lines, rank, (line) => (approved(line) ?? line).links.control ?? []);
}

function linesInForceByControl(
  lines: readonly TraceRecord[],
  approved: (record: TraceRecord) => Approved | null,
): Map<string, TraceRecord[]> {
  const found = new Map<string, TraceRecord[]>();
  for (const line of [...lines].sort((a, b) => byName(a.ref, b.ref))) {
    const content = line.state === 'withdrawn' ? null : approved(line);
    for (const control of content?.links.control ?? [])
      found.set(control, [...(found.get(control) ?? []), line]);
  }
  return found;
}

/** An adopted control stands before one of the same number that was given up. */
function controlsByRequirement(controls: readonly TraceRecord[]): Map<string, TraceRecord> {
  const rank = (control: TraceRecord) => (control.state === 'adopted' ? 0 : 1);
  return firstOf(controls, rank, (control) => textOf(control, 'item') ?? []);
}

/** The record of the lowest rank for each key, whatever the order in which the records come. */
function firstOf(
  records: readonly TraceRecord[],
  rank: (record: TraceRecord) => number,
  keys: (record: TraceRecord) => string | readonly string[],
): Map<string, TraceRecord> {
  const ordered = [...records].sort((a, b) => rank(a) - rank(b) || byName(a.ref, b.ref));
  const first = new Map<string, TraceRecord>();
  for (const record of ordered)
    for (const key of [keys(record)].flat()) if (!first.has(key)) first.set(key, record);
  return first;
}
