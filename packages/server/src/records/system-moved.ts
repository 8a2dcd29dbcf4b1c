import { type Approval, inForce, staleInputs } from '@throughline/domain/approvals.ts';
import type { Deed } from '@throughline/domain/duties.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { wordList } from '@throughline/domain/trace/say.ts';
import { assessedParts, changedAfter } from '@throughline/domain/trace/stations/impact-change.ts';
import type { Services } from '../services.ts';
import { inputsNow } from '../store/approvals.ts';
import { authorsAfter } from '../store/history.ts';
import { changedSinceWork, materialSince, partsChangedAfter } from '../store/material-since.ts';
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

/** Nothing where nothing changed since the approval given, and of kinds whose approval a change of the system leaves alone. */
export async function systemMoved(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  approval: Approval | undefined,
): Promise<SystemMoved | undefined> {
  if (record.kind !== 'impact-assessment' || record.system === null || approval === undefined)
    return undefined;
  // What may be read in part only would be judged as if the rest were not there.
  if (reader.narrow) return undefined;
  const approvedAt = new Date(approval.at);
  if (!(await materialSince(reader, record.system, approvedAt))) return undefined;
  const world = await lineWorld(services, reader, record.system);
  const own = world?.inputs.own.find(({ id }) => id === record.id);
  const changed = world && own ? changedAfter(contextIn(world), own).map((one) => one.record) : [];
  if (changed.length === 0) return undefined;
  const ids = changed.map(({ id }) => id);
  return {
    records: ids,
    authors: await authorsAfter(reader, ids, approvedAt),
    obstacle: await askedAbout(reader, changed, approvedAt),
  };
}

/** The first of what changed of which an assessment asks, in words; nothing where it asks about none of it. */
async function askedAbout(
  reader: Reader,
  changed: readonly TraceRecord[],
  since: Date,
): Promise<string | undefined> {
  for (const { id, kind, ref } of changed) {
    const parts = await partsChangedAfter(reader, id, since);
    const { fields, relations } = reader.registry.get(kind);
    const asked = (assessedParts[kind] ?? [])
      .filter((part) => parts.includes(part))
      .map((part) => `“${fields[part]?.label ?? relations[part]?.label ?? part}”`);
    const what = kind === 'system' ? 'The system' : ref;
    if (asked.length > 0)
      return `${what} changed in ${wordList(asked)}, of which the assessment asks. Reassess it.`;
  }
  return undefined;
}

/**
 * Why an assessment in force is not approved anew, in words: what it stands on, or its system, changed in what is material
 * since anybody worked on it (8.4). It is reassessed first, or a second person says why that has no effect; nothing where
 * neither is asked.
 */
export async function assessedBefore(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  acts: readonly Approval[],
): Promise<string | undefined> {
  const force = inForce(acts);
  if (record.kind !== 'impact-assessment' || !force) return undefined;
  const basis = force.basis.map((input) => input.record);
  const stale = staleInputs(force, await inputsNow(reader, basis));
  const moved = await systemMoved(services, reader, record, force);
  const changed = await changedSinceWork(reader, record.id, [...stale, ...(moved?.records ?? [])]);
  const refs = changed.map(({ kind, number }) => `${reader.registry.get(kind).prefix}-${number}`);
  return refs.length === 0
    ? undefined
    : `${wordList(refs)} changed since it was assessed. Reassess it, or let another person say why that has no effect.`;
}
