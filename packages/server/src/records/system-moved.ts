import type { Standing } from '@throughline/domain/approvals.ts';
import type { Deed } from '@throughline/domain/duties.ts';
import { wordList } from '@throughline/domain/trace/say.ts';
import { assessedParts, changedAfter } from '@throughline/domain/trace/stations/impact-change.ts';
import type { Services } from '../services.ts';
import { authorsAfter } from '../store/history.ts';
import { materialSince, partsChangedAfter } from '../store/material-since.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { contextIn, lineWorld } from './line-world.ts';

/** What changed in the system of an assessment since it was approved, as its line has it (IM1). */
export type SystemMoved = {
  /** Ids of the records that changed: the system, and models and data sets that it is made of. */
  readonly records: readonly string[];
  /** Who changed them: they do not say that it had no effect. */
  readonly authors: readonly Deed[];
  /** Why nobody says so: what changed is what the assessment asks about. */
  readonly obstacle: string | undefined;
};

/** Nothing where nothing changed, and of kinds whose approval a change of the system leaves alone. */
export async function systemMoved(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  standing: Standing,
): Promise<SystemMoved | undefined> {
  if (record.kind !== 'impact-assessment' || record.system === null || standing.status !== 'approved')
    return undefined;
  // What may be read in part only would be judged as if the rest were not there.
  if (reader.narrow) return undefined;
  const approvedAt = new Date(standing.approval.at);
  if (!(await materialSince(reader, record.system, approvedAt))) return undefined;
  const world = await lineWorld(services, reader, record.system);
  const own = world?.inputs.own.find(({ id }) => id === record.id);
  const changes = world && own ? changedAfter(contextIn(world), own) : [];
  if (changes.length === 0) return undefined;
  const records = changes.map((one) => one.record.id);
  const parts = await partsChangedAfter(reader, record.system, approvedAt);
  const { fields, relations } = reader.registry.get('system');
  const asked = assessedParts
    .filter((part) => parts.includes(part))
    .map((part) => `“${fields[part]?.label ?? relations[part]?.label ?? part}”`);
  return {
    records,
    authors: await authorsAfter(reader, records, approvedAt),
    obstacle:
      asked.length === 0
        ? undefined
        : `The system changed in ${wordList(asked)}, of which the assessment asks. Reassess it.`,
  };
}
