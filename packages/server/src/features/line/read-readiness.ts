import type { Actor } from '@throughline/domain/actor.ts';
import { mandatorySet, organisationLine } from '@throughline/domain/trace/organisation/line.ts';
import type { MandatoryItem } from '@throughline/domain/trace/organisation/mandatory.ts';
import type { OrganisationLine } from '@throughline/domain/trace/types.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { demoSystems } from '../../store/demo.ts';
import { type StationCount, stationCounts, systemCounts } from '../../store/readiness.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { outstanding } from '../../store/standing.ts';
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
  return services.store.read(asked.organisation, async (reader) => {
    const { facts, summary } = await cache.readWithSummary(reader);
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
  });
}
