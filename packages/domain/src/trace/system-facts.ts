import { type Approved, approvedVersion } from './approved.ts';
import { countsOf } from './counting.ts';
import type { SystemInputs, TraceRecord } from './inputs.ts';
import { type OrganisationFacts, pointingAt } from './organisation-facts.ts';
import { linksOf } from './read.ts';
import { type Stage, stageOf } from './stages.ts';

/** One system, indexed once for all fifteen stations. */
export type SystemFacts = {
  readonly inputs: SystemInputs;
  readonly record: TraceRecord;
  readonly stage: Stage;
  readonly live: boolean;
  readonly retired: boolean;
  /** Own and used records by kind, the archived aside. */
  readonly byKind: ReadonlyMap<string, readonly TraceRecord[]>;
  readonly byId: ReadonlyMap<string, TraceRecord>;
  readonly pointing: ReadonlyMap<string, readonly TraceRecord[]>;
  readonly approved: (record: TraceRecord) => Approved | null;
  /** Looks among the system's own and used records first, then among the organisation's. */
  readonly find: (id: string) => TraceRecord | undefined;
};

export function systemFacts(
  inputs: SystemInputs,
  organisation: Pick<OrganisationFacts, 'byId'>,
): SystemFacts {
  const records = [...inputs.own, ...inputs.shared].filter((record) => !record.archived);
  const byId = new Map<string, TraceRecord>([[inputs.system.id, inputs.system]]);
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  byId.delete(inputs.system.id);
  const unique = [...byId.values()];
  byId.set(inputs.system.id, inputs.system);
  const find = (id: string) => byId.get(id) ?? organisation.byId.get(id);
  const known = new Map<string, Approved | null>();
  const stage = stageOf(inputs.system.state, inputs.system.ran);
  return {
    inputs,
    record: inputs.system,
    stage,
    live: stage.live,
    retired: stage.retired,
    byKind: Map.groupBy(unique, (record) => record.kind),
    byId,
    pointing: pointingAt(unique),
    find,
    approved: (record) => {
      let found = known.get(record.id);
      if (found === undefined) {
        found = approvedVersion(record, find);
        known.set(record.id, found);
      }
      return found;
    },
  };
}

/**
 * Records of a kind that point at an id, on the system's side and on the organisation's: by a relation where one is named,
 * as it counts (`countsOf`), else by any, in a draft too.
 */
export function pointingTo(
  system: SystemFacts,
  organisation: OrganisationFacts,
  id: string,
  kind: string,
  relation?: string,
): TraceRecord[] {
  const found = new Map<string, TraceRecord>();
  for (const record of [...(system.pointing.get(id) ?? []), ...(organisation.pointing.get(id) ?? [])]) {
    if (record.kind !== kind) continue;
    if (relation !== undefined && !linksOf(countsOf(record), relation).includes(id)) continue;
    found.set(record.id, record);
  }
  return [...found.values()];
}
