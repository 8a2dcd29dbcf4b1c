/** Short ways to write a judgement and the action that closes a gap. */

import type { Day } from '../day.ts';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import { byDay, byEnd, byName } from './order.ts';
import type { Action, Cause, Gap, Judgement, Label, Sentence } from './types.ts';

type Ref = { readonly id: string } | string;
const idOf = (ref: Ref): string => (typeof ref === 'string' ? ref : ref.id);
const unique = (refs: readonly Ref[]): string[] => [...new Set(refs.map(idOf))];

export function holds(records: readonly Ref[], until: string | null = null): Judgement {
  return { verdict: 'holds', records: unique(records), until };
}

export function gap(
  sentence: Sentence,
  records: readonly Ref[],
  o: { since?: Day | null; action?: Action | null; causedBy?: Cause | null } = {},
): Gap {
  return {
    sentence,
    records: unique(records),
    since: o.since ?? null,
    causedBy: o.causedBy ?? null,
    action: o.causedBy ? null : (o.action ?? null),
  };
}

/** The verdict over gaps found: none found means that the rule holds. */
export function gapsOr(gaps: readonly (Gap | null)[], otherwise: Judgement): Judgement {
  const found = gaps.filter((item): item is Gap => item !== null);
  return found.length > 0 ? { verdict: 'gap', gaps: found } : otherwise;
}

export const fails = (...gaps: readonly Gap[]): Judgement => ({ verdict: 'gap', gaps });
export const unverifiable = (why: Sentence, records: readonly Ref[] = []): Judgement => ({
  verdict: 'unverifiable',
  why,
  records: unique(records),
});
export const notApplicable = (why: Sentence): Judgement => ({ verdict: 'not-applicable', why });

export const open = (label: Label, record: Ref, part?: string): Action => ({
  label,
  do: { type: 'open', record: idOf(record), ...(part ? { part } : {}) },
});
export const edit = (label: Label, record: Ref, part: string): Action => ({
  label,
  do: { type: 'edit', record: idOf(record), part },
});
/** The step if the record's state allows it; else the record is opened, because a button that must refuse is no action. */
export function step(
  label: Label,
  record: { readonly id: string; readonly kind: string; readonly state: string },
  transition: string,
): Action {
  const declared = registry.find(record.kind)?.lifecycle.transitions[transition];
  return declared?.from.includes(record.state)
    ? { label, do: { type: 'step', record: record.id, transition } }
    : open(label, record);
}
export const approve = (label: Label, record: Ref): Action => ({
  label,
  do: { type: 'approve', record: idOf(record) },
});
export const validate = (label: Label, record: Ref): Action => ({
  label,
  do: { type: 'validate', record: idOf(record) },
});
export function create(
  label: Label,
  kind: string,
  links: Readonly<Record<string, readonly Ref[]>> = {},
  fields: Readonly<Record<string, Json>> = {},
): Action {
  const ids = Object.fromEntries(Object.entries(links).map(([name, refs]) => [name, unique(refs)]));
  return { label, do: { type: 'create', kind, fields, links: ids } };
}

/**
 * The day that ends first, the open ones aside: a year that is named ends after each of its months. Of those that end
 * together the one named most exactly, in whichever order they come.
 */
export function earliest(days: readonly (Day | null)[]): Day | null {
  let first: Day | null = null;
  for (const day of days) if (day !== null && (first === null || byEnd(day, first) < 0)) first = day;
  return first;
}

type Lack<Item> = {
  readonly say: (lacking: readonly Item[]) => Sentence;
  readonly since?: (item: Item) => Day | null;
  readonly action?: (item: Item, lacking: readonly Item[]) => Action | null;
  readonly causedBy?: Cause;
};

/** One gap over all records that lack something, the oldest first; nothing when none does. */
export function lack<Item extends { readonly id: string; readonly ref: string }>(
  records: readonly Item[],
  lacks: (item: Item) => boolean,
  o: Lack<Item>,
): Gap | null {
  const rows = records.filter(lacks).map((item) => ({ item, since: o.since?.(item) ?? null }));
  rows.sort((a, b) => byDay(a.since, b.since) || byName(a.item.ref, b.item.ref));
  const [first] = rows;
  if (!first) return null;
  const lacking = rows.map(({ item }) => item);
  return gap(o.say(lacking), lacking, {
    since: first.since,
    action: o.action?.(first.item, lacking) ?? null,
    causedBy: o.causedBy ?? null,
  });
}

/** Holds for all of them, or one gap that names those that lack it. */
export function every<Item extends { readonly id: string; readonly ref: string }>(
  records: readonly Item[],
  lacks: (item: Item) => boolean,
  o: Lack<Item>,
  until: string | null = null,
): Judgement {
  return gapsOr([lack(records, lacks, o)], holds(records, until));
}
