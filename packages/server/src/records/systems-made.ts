import { dayIn } from '@throughline/domain/day.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { changingKinds, type MadeOf } from '@throughline/domain/trace/system-change.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import { zoneOf } from '@throughline/domain/trace/zone.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { idsAtHome, traceRecords } from '../store/trace-records.ts';

/** The moment that something is shown of; with an index, the place of the log at that moment, and `null` for now. */
export type When = { readonly at: Date; readonly index: number | null };

/** A record whose material content changes now, and is not written yet. RFC 3339, UTC. */
export type ChangeUnderWay = { readonly id: string; readonly at: string };

/** What a system is made of is named by itself and by its versions that run. */
const naming: readonly string[] = ['system', 'system-version'];

/**
 * Systems as far as their changes are judged, by id: read for a few of them, where the line has all of one. Whoever sees a
 * part sees the changes of that part.
 */
export async function systemsMade(
  reader: Reader,
  systems: readonly string[],
  { at, index }: When,
  underWay?: ChangeUnderWay,
): Promise<ReadonlyMap<string, MadeOf>> {
  if (systems.length === 0) return new Map();
  const asked = [...new Set(systems)];
  const ids = await idsAtHome(reader, asked, [...new Set([...naming, ...changingKinds])]);
  const home = (await traceRecords(reader, ids, index)).map((record) => changedNow(record, underWay));
  const elsewhere = home.flatMap((record) => partsNamed(reader, record)).filter((id) => !ids.includes(id));
  const shared = (await traceRecords(reader, elsewhere, index)).map((record) => changedNow(record, underWay));
  const { timeZone } = await organisationSettings(reader);
  const organisation = { byId: new Map<string, TraceRecord>(), zone: zoneOf(timeZone) };
  const clock = new Clock(dayIn(at, timeZone));
  const ofSystem = Map.groupBy(home, (record) => record.system);
  return new Map(
    home
      .filter(({ kind }) => kind === 'system')
      .map((record) => {
        const own = ofSystem.get(record.id) ?? [];
        const system = systemFacts({ system: record, own, shared, gone: [] }, organisation);
        return [record.id, { organisation, clock, system }];
      }),
  );
}

/** What it said so far is no longer what it says: of that no earlier stretch is known. */
function changedNow(record: TraceRecord, underWay: ChangeUnderWay | undefined): TraceRecord {
  if (record.id !== underWay?.id) return record;
  const { saidSo, ...rest } = record;
  return { ...rest, materialAt: underWay.at };
}

/** Ids by relations that may lead to a part, so that what else is named is not read. */
function partsNamed(reader: Reader, { kind, links }: TraceRecord): string[] {
  if (!naming.includes(kind)) return [];
  const { relations } = reader.registry.get(kind);
  const leads = (name: string) => relations[name]?.to.some((to) => changingKinds.includes(to)) === true;
  return Object.entries(links).flatMap(([name, ids]) => (leads(name) ? ids : []));
}
