import { lawBinds } from '../kinds/law.ts';
import type { Clock } from '../trace/clock.ts';
import { byName } from '../trace/order.ts';
import { dayOf, linksOf, textOf } from '../trace/read.ts';
import { type Reason, reasons, type Several, type SoaRecord, type Source } from './types.ts';

/** A record that calls for a control. */
export type Call = {
  readonly record: SoaRecord;
  readonly reason: Reason;
  /** Law in force or a gate demands it: a plan does not count, and nobody can accept that (8.1). */
  readonly binding: boolean;
};

const bySource: Readonly<Record<string, Reason>> = {
  law: 'law',
  contract: 'contract',
  house: 'house-rule',
};

/**
 * Whether a record calls for the controls it names today. A treatment calls until it is given up; assessments and
 * classifications once they are approved; a gate once it was passed on its approval; a requirement while it is taken on, law whether or
 * not it was and until it was ended.
 */
export function callOf(record: SoaRecord, clock: Clock): Omit<Call, 'record'> | null {
  switch (record.kind) {
    case 'treatment':
      return record.state === 'given-up' ? null : { reason: 'treatment', binding: false };
    case 'impact-assessment':
      return counts(record) ? { reason: 'impact', binding: false } : null;
    case 'classification':
      return counts(record) ? { reason: 'law', binding: false } : null;
    case 'gate':
      return record.state === 'passed' && record.approved ? { reason: 'house-rule', binding: true } : null;
    case 'obligation':
      return requirement(record, clock);
    default:
      return null;
  }
}

const counts = (record: SoaRecord): boolean => record.approved && record.state !== 'withdrawn';

function requirement(record: SoaRecord, clock: Clock): Omit<Call, 'record'> | null {
  const law = lawBinds(record, record.state);
  const to = dayOf(record, 'appliesTo');
  if (!law && (record.state !== 'taken-on' || (to !== null && clock.over(to)))) return null;
  const from = dayOf(record, 'appliesFrom');
  const reason = bySource[textOf(record, 'source') ?? ''] ?? 'good-practice';
  return { reason, binding: law && (from === null || clock.reached(from)) };
}

/** The records among those that name a control which call for it today. */
export function callsOf(records: readonly SoaRecord[], clock: Clock): Call[] {
  return records.flatMap((record) => {
    const call = callOf(record, clock);
    return call ? [{ record, ...call }] : [];
  });
}

/** How many records of each reason are named; whoever wants all of them opens the control. */
const named = 5;

/** Calls by their reason, in the order in which a statement lists reasons. */
export function sourcesOf(calls: readonly Call[]): Source[] {
  return reasons.flatMap((reason) => {
    const all = calls.filter((call) => call.reason === reason).map(({ record }) => record);
    return all.length === 0 ? [] : [{ reason, ...severalOf(all) }];
  });
}

export const severalOf = (records: readonly SoaRecord[]): Several => ({
  count: records.length,
  first: firstOf(records, named),
});

/** The first few by their refs, as people count. Sorting all of fifty thousand costs more than the rest of a statement. */
export function firstOf<T extends { readonly ref: string }>(records: readonly T[], most: number): T[] {
  const first: T[] = [];
  for (const record of records) {
    const last = first.at(-1);
    if (first.length === most && last && byName(record.ref, last.ref) >= 0) continue;
    const place = first.findIndex((known) => byName(record.ref, known.ref) < 0);
    first.splice(place === -1 ? first.length : place, 0, record);
    if (first.length > most) first.pop();
  }
  return first;
}

/** Systems on which something demands the control now: its own, or those that a shared requirement names. */
export function demandedOn(calls: readonly Call[]): ReadonlySet<string> {
  const systems = new Set<string>();
  for (const { record, binding } of calls) {
    if (!binding) continue;
    if (record.system !== null) systems.add(record.system);
    for (const id of linksOf(record, 'concerns')) systems.add(id);
  }
  return systems;
}
