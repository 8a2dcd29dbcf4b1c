import type { Actor } from '@throughline/domain/actor.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import type { SystemsSummary } from '@throughline/domain/trace/organisation/context.ts';
import { mandatorySet, organisationLine } from '@throughline/domain/trace/organisation/line.ts';
import type { MandatoryItem } from '@throughline/domain/trace/organisation/mandatory.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import type { OrganisationLine } from '@throughline/domain/trace/types.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { demoSystems } from '../../store/demo.ts';
import { keptGaps } from '../../store/kept-gaps.ts';
import { registeredSystems } from '../../store/organisation-records.ts';
import type { Reader } from '../../store/reader.ts';
import { type StationCount, stationCounts, systemCounts } from '../../store/readiness.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { outstanding } from '../../store/standing.ts';
import { recordsOfSystems, summarise } from '../../store/systems-summary.ts';
import type { FactsCache } from './facts.ts';

export type Readiness = {
  readonly at: Date;
  readonly stale: { readonly count: number; readonly of: number };
  readonly systems: {
    readonly total: number;
    readonly running: number;
    readonly withGaps: number;
    readonly runningWithGaps: number;
    /** How many of all are demo systems. */
    readonly demo: number;
  };
  readonly stations: readonly StationCount[];
  readonly line: OrganisationLine;
  readonly mandatory: readonly MandatoryItem[];
  readonly supporting: readonly MandatoryItem[];
};

type Named = (readiness: Readiness) => { records: string[]; members: string[] };
type Asked = { readonly organisation: string; readonly actor: Actor };

/** How the whole register and the organisation stand: counts from kept lines, the organisation's own line as of now. */
export async function readReadiness(
  services: Services,
  cache: FactsCache,
  asked: Asked,
  named: Named,
): Promise<{
  readiness: Readiness;
  refs: ReadonlyMap<string, RefRow>;
  members: ReadonlyMap<string, string>;
}> {
  const { registry, catalogue } = services;
  const system = registry.get('system');
  ensureMay(asked.actor, system, 'read');
  const live = Object.keys(system.lifecycle.states).filter((state) => system.lifecycle.states[state]?.live);
  const { store } = services;
  const whole = (reader: Reader) => cache.readWithSummary(reader);
  const view = async (reader: Reader, { facts, summary }: Summed) => {
    const now = services.clock();
    const readiness: Readiness = {
      at: now,
      stale: await outstanding(reader),
      systems: { ...(await systemCounts(reader, live)), demo: await demoSystems(reader) },
      stations: await stationCounts(reader, catalogue.stations.meta.order),
      line: organisationLine(facts, catalogue, now, summary),
      ...mandatorySet(facts, catalogue, now, summary),
    };
    const names = named(readiness);
    return {
      readiness,
      refs: await refsById(reader, names.records),
      members: await memberNames(reader, names.members),
    };
  };
  if (readingScope(asked.actor) === null)
    return store.read(asked, async (reader) => view(reader, await whole(reader)));
  const { facts } = await store.readWhole(asked.organisation, whole);
  return store.read(asked, async (reader) => view(reader, await withinScope(reader, facts)));
}

type Summed = { readonly facts: OrganisationFacts; readonly summary: SystemsSummary };

/** The organisation's facts with the systems alone that the reader may see: nothing counts or names the others. */
async function withinScope(reader: Reader, whole: OrganisationFacts): Promise<Summed> {
  const { inputs } = whole;
  const seen = await refsById(
    reader,
    inputs.systems.map(({ id }) => id),
  );
  const systems = inputs.systems.filter(({ id }) => seen.has(id));
  const facts = {
    ...whole,
    inputs: { ...inputs, systems },
    systems: new Map(systems.map((system) => [system.id, system])),
  };
  const registered = await registeredSystems(reader, new Map());
  const sum = summarise(reader.registry.get('system'), registered, await keptGaps(reader, new Map()));
  return { facts, summary: { ...sum, records: await recordsOfSystems(reader) } };
}
