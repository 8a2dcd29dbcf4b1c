import { type Approval, inForce, staleInputs } from '@throughline/domain/approvals.ts';
import type { Deed } from '@throughline/domain/duties.ts';
import { sameJson } from '@throughline/domain/json.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { approvedOf } from '@throughline/domain/trace/context.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { wordList } from '@throughline/domain/trace/say.ts';
import { assessedParts, changedSince } from '@throughline/domain/trace/stations/impact-change.ts';
import type { Services } from '../services.ts';
import { inputsNow } from '../store/approvals.ts';
import { authorsAfter, revisionAt } from '../store/history.ts';
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

/**
 * Nothing where nothing changed since the approval given, which need not be in force any more, and of kinds whose approval a
 * change of the system leaves alone.
 */
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
  const context = world && contextIn(world);
  const changed =
    context && own
      ? changedSince(context, approvedOf(context, own) ?? own, approval.at).map((one) => one.record)
      : [];
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
 * Why an assessment that was approved before is not approved anew, in words: what it stands on, or its system, changed in
 * what is material since anybody wrote into it (8.4). It is reassessed first, or a second person says why that has no
 * effect; nothing where neither is asked. That its approval was withdrawn meanwhile changes nothing, nor do steps alone.
 */
export async function assessedBefore(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  acts: readonly Approval[],
): Promise<string | undefined> {
  const given = acts.findLast(({ act }) => act === 'approve' || act === 'restore');
  if (record.kind !== 'impact-assessment' || !given) return undefined;
  const basis = given.basis.map((input) => input.record);
  const stale = staleInputs(given, await inputsNow(reader, basis));
  const moved = await systemMoved(services, reader, record, given);
  const since = (await saysAsApproved(reader, record, given)) ? new Date(given.at) : null;
  const changed = await changedSinceWork(reader, record.id, [...stale, ...(moved?.records ?? [])], since);
  if (changed.length === 0) return undefined;
  const refs = changed.map(({ kind, number }) => `${reader.registry.get(kind).prefix}-${number}`);
  const otherwise = inForce(acts) ? ', or let another person say why that has no effect' : '';
  return `${wordList(refs)} changed since it was assessed. Reassess it and write what is different now, the day of the assessment at least${otherwise}.`;
}

/** Whether a record says in all that is material what was approved, also where it was written otherwise and taken back. */
async function saysAsApproved(reader: Reader, record: StoredRecord, given: Approval): Promise<boolean> {
  const { fields, links } = (await revisionAt(reader, record.id, given.version)) ?? {};
  if (!fields || !links) return false;
  const approved = { fields, links };
  const said = (content: Content, part: string) => [
    content.fields[part] ?? null,
    [...(content.links[part] ?? [])],
  ];
  return reader.registry
    .get(record.kind)
    .material.every((part) => sameJson(said(approved, part), said(record.content, part)));
}
