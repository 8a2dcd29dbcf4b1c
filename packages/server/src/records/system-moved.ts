import { type Approval, inForce, staleInputs } from '@throughline/domain/approvals.ts';
import { type Json, sameJson } from '@throughline/domain/json.ts';
import { byName } from '@throughline/domain/trace/order.ts';
import { wordList } from '@throughline/domain/trace/say.ts';
import {
  assessedParts,
  changedSince,
  changedUnder,
} from '@throughline/domain/trace/stations/impact-change.ts';
import type { SystemChange } from '@throughline/domain/trace/system-change.ts';
import { inputsNow } from '../store/approvals.ts';
import { revisionAt } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import { lastWork, type SaidThen, saidAt } from '../store/said-before.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { traceRecords } from '../store/trace-records.ts';
import { type ChangeUnderWay, systemsMade, type When } from './systems-made.ts';

/** Kinds whose approval is held against the system that they are about. */
const assesses = (kind: string): boolean => kind === 'impact-assessment';

/** How a judgement of what may change later is made anew, by kind; `when` ends “changed since it was …”. */
const madeAnew: Readonly<Record<string, { readonly when: string; readonly again: string }>> = {
  'impact-assessment': {
    when: 'assessed',
    again: 'Reassess it and write what is different now, the day of the assessment at least',
  },
  verification: { when: 'verified', again: 'Verify it again as it is now' },
};

/**
 * What is another in the systems of impact assessments than when the approval in force of each was given, by assessment,
 * where anything is: by the rule that the line judges by (IM1). With a change that is under way, as it will be after it.
 */
export async function changesUnder(
  reader: Reader,
  records: readonly { readonly id: string; readonly kind: string }[],
  when: When,
  underWay?: ChangeUnderWay,
): Promise<ReadonlyMap<string, readonly SystemChange[]>> {
  const asked = records.filter(({ kind }) => assesses(kind)).map(({ id }) => id);
  const assessments = await traceRecords(reader, asked, when.index);
  const systems = assessments.flatMap(({ system }) => system ?? []);
  const made = await systemsMade(reader, systems, when, underWay);
  const found = assessments.map((record) => {
    const system = made.get(record.system ?? '');
    return [record.id, system ? changedUnder(system, record) : []] as const;
  });
  return new Map(found.filter(([, changes]) => changes.length > 0));
}

/** What changed in the system of an assessment since the approval in force, as its line has it (IM1). */
export type SystemMoved = {
  /** Ids of the records that changed: the system, and models and data sets that it is made of. */
  readonly records: readonly string[];
  /** Why nobody says so: what changed is what the assessment asks about. */
  readonly obstacle: string | undefined;
};

/** The same of one, and why nobody says that it had no effect. */
export async function systemMoved(
  reader: Reader,
  record: Pick<StoredRecord, 'id' | 'kind'>,
  acts: readonly Approval[],
  when: When,
): Promise<SystemMoved | undefined> {
  const approval = inForce(acts);
  if (approval === undefined) return undefined;
  const changes = (await changesUnder(reader, [record], when)).get(record.id);
  if (changes === undefined) return undefined;
  return {
    records: changes.map((one) => one.record.id),
    obstacle: reader.narrow ? seesPart : await askedAbout(reader, changes, new Date(approval.at)),
  };
}

const seesPart =
  'Your scope shows a part of what the system is made of, so somebody who sees all of it says so.';

/** The first of what changed of which an assessment asks, in words; nothing where it asks about none of it. */
async function askedAbout(
  reader: Reader,
  changes: readonly SystemChange[],
  since: Date,
): Promise<string | undefined> {
  const records = changes.map(({ record }) => record);
  const before = await saidAt(
    reader,
    records.map(({ id }) => id),
    since,
  );
  for (const record of records) {
    const { fields, relations } = reader.registry.get(record.kind);
    const asked = (assessedParts[record.kind] ?? [])
      .filter((part) => !saysSame(before.get(record.id), record, part))
      .map((part) => `“${fields[part]?.label ?? relations[part]?.label ?? part}”`);
    const what = record.kind === 'system' ? 'The system' : record.ref;
    if (asked.length > 0)
      return `${what} changed in ${wordList(asked)}, of which the assessment asks. Reassess it.`;
  }
  return undefined;
}

type Said = {
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
};

/** Whether a part says what it said; what was erased says nothing alike. */
function saysSame(then: SaidThen | undefined, now: Said, part: string): boolean {
  if (!then?.fields || !then.links) return false;
  return (
    sameJson(then.fields[part] ?? null, now.fields[part] ?? null) &&
    sameJson([...(then.links[part] ?? [])], [...(now.links[part] ?? [])])
  );
}

/**
 * Why an assessment or a verification that was approved before is not approved anew, in words: what it stands on, or the
 * system of an assessment, is another in what is material than when anybody last wrote into it (8.4, A.6.2.4). It is made anew first, or a second person says why that has
 * no effect; nothing where neither is asked. That its approval was withdrawn meanwhile changes nothing, nor do steps alone.
 */
export async function assessedBefore(
  reader: Reader,
  record: StoredRecord,
  acts: readonly Approval[],
  when: When,
): Promise<string | undefined> {
  const given = acts.findLast(({ act }) => act === 'approve' || act === 'restore');
  const anew = madeAnew[record.kind];
  if (!anew || !given) return undefined;
  const worked = (await saysAsApproved(reader, record, given))
    ? undefined
    : await lastWork(reader, record.id);
  const since = worked ?? new Date(given.at);
  const refs = [
    ...(await usesSince(reader, given, since)),
    ...(assesses(record.kind) ? await systemSince(reader, record, since, when) : []),
  ];
  if (refs.length === 0) return undefined;
  const otherwise = inForce(acts) ? ', or let another person say why that has no effect' : '';
  return `${wordList([...new Set(refs)].sort(byName))} changed since it was ${anew.when}. ${anew.again}${otherwise}.`;
}

/** Refs of what an approval stood on that is another in what is material than at a moment. */
async function usesSince(reader: Reader, given: Approval, since: Date): Promise<string[]> {
  const basis = given.basis.map(({ record }) => record);
  const stale = staleInputs(given, await inputsNow(reader, basis));
  const before = await saidAt(reader, stale, since);
  const now = await traceRecords(reader, stale);
  const other = (record: (typeof now)[number]) =>
    !reader.registry.get(record.kind).material.every((part) => saysSame(before.get(record.id), record, part));
  return now.filter(other).map(({ ref }) => ref);
}

/** Refs of what changed in the system of an assessment since a moment. */
async function systemSince(
  reader: Reader,
  { id, system }: StoredRecord,
  since: Date,
  when: When,
): Promise<string[]> {
  if (system === null) return [];
  const made = (await systemsMade(reader, [system], when)).get(system);
  const [assessment] = await traceRecords(reader, [id], when.index);
  if (!made || !assessment) return [];
  const changes = changedSince(made, assessment.inForce ?? assessment, since.toISOString());
  return changes.map(({ record }) => record.ref);
}

/** Whether a record says in all that is material what was approved, also where it was written otherwise and taken back. */
async function saysAsApproved(reader: Reader, record: StoredRecord, given: Approval): Promise<boolean> {
  const approved = await revisionAt(reader, record.id, given.version);
  const { material } = reader.registry.get(record.kind);
  return material.every((part) => saysSame(approved, record.content, part));
}
