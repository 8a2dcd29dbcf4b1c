/** What meets a duty of law, and the requirement that it is seen to with (4.2). */
import { overlapsOf, type Requirement } from '../crosswalk/overlaps.ts';
import { registry } from '../kinds/all.ts';
import type { Kind } from '../kinds/kind.ts';
import { approvedOf, type Context, found } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, says, textOf } from './read.ts';

/**
 * Records that show a duty met: of the system itself or of the organisation, and of a kind that the law names for it
 * where the law names any, and that say something in force. A requirement meets another one only where the law says so:
 * else duties would meet each other.
 * @param named ids of the records that are said to meet it
 */
export function meeting(c: Context, duty: TraceRecord, named: readonly string[]): TraceRecord[] {
  const kinds = kindsFor(c, duty);
  const { id: here } = c.system.record;
  return found(c, named).filter(
    (one) =>
      !one.archived &&
      one.id !== duty.id &&
      (one.system === null || one.system === here || one.id === here) &&
      (kinds === null ? one.kind !== 'obligation' : kinds.has(one.kind)) &&
      showsSomething(c, one),
  );
}

/** A name proves nothing: a record shows something once it is past its draft, not set aside, approved where its kind is, and not blank. */
function showsSomething(c: Context, record: TraceRecord): boolean {
  const kind = registry.get(record.kind);
  const { initial, states } = kind.lifecycle;
  const state = states[record.state];
  const isDraft = state?.shape === 'hollow' || (record.state === initial && state?.shape !== 'full');
  const isSetAside = state?.ended === true && state.shape !== 'full' && record.state !== 'closed';
  if (isDraft || isSetAside) return false;
  if (kind.approvable && kind.regime === 'versioned') return approvedOf(c, record) !== null;
  const asked = proving[record.kind];
  if (asked) return asked(record);
  const parts = ownParts(kind);
  // What a step led to a state, it asked for the words of.
  return record.state !== initial || parts.length === 0 || parts.some((part) => says(record, part));
}

/** What two kinds say at least where they prove anything; any other one says something of what it is about. */
const proving: Readonly<Record<string, (record: TraceRecord) => boolean>> = {
  evidence: (record) => says(record, 'file') || says(record, 'pointer'),
  competence: (record) => says(record, 'person') && says(record, 'levelShown'),
};

/** The parts that others rely on, without those that no record of the kind can do without. */
const ownParts = ({ material, fields, relations }: Kind): string[] =>
  material.filter(
    (part) => part !== 'name' && !fields[part]?.required && !relations[part]?.required && part !== 'system',
  );

/** Where a kind that the law names has no register yet, these stand in for its records. */
const standIns: readonly string[] = ['evidence', 'document'];

/**
 * Kinds of record that the law in force names for a duty, and where another law stands in its place, for that one. `null`
 * where it names none that is kept here.
 */
function kindsFor(c: Context, duty: TraceRecord): ReadonlySet<string> | null {
  const law = c.organisation.catalogue.euAiAct;
  const item = textOf(duty, 'item');
  const said = law.obligations.find(({ id }) => id === item);
  if (!said) return null;
  const beside = law.carve_outs.items.filter(({ obligation }) => obligation === item);
  const named = [said, ...beside].flatMap(({ discharged_by }) => discharged_by);
  const kept = named.filter((kind) => registry.find(kind) !== undefined);
  if (kept.length === 0) return null;
  return new Set(kept.length === named.length ? kept : [...kept, ...standIns]);
}

/** The requirement that a duty refers to, whether or not it may see to it. */
export function referred(c: Context, duty: TraceRecord): TraceRecord | null {
  const [id] = linksOf(duty, 'refersTo');
  const to = id === undefined ? undefined : c.system.find(id);
  return to && !to.archived ? to : null;
}

/**
 * The requirement that a duty is seen to with, where a person named one: its owner answers for both, and what meets it
 * meets both. One that is not in force sees to nothing, nor does one that is owed for another system, one that refers on,
 * or one that asks for something else.
 */
export function primaryOf(c: Context, duty: TraceRecord): TraceRecord | null {
  const to = referred(c, duty);
  if (!to || to.id === duty.id || linksOf(to, 'refersTo').length > 0) return null;
  const elsewhere = to.system !== null && to.system !== c.system.record.id;
  if (elsewhere || to.state === 'declined' || to.state === 'ended') return null;
  return overlap(c, duty, to) ? to : null;
}

/** Whether two requirements ask for the same, as the register of overlaps finds it: one item, a row of the crosswalk, a control. */
export function overlap(c: Context, one: TraceRecord, other: TraceRecord): boolean {
  const asked = [one, other].map((record) => requirementOf(c, record));
  return overlapsOf(c.organisation.catalogue, asked).length > 0;
}

function requirementOf(c: Context, record: TraceRecord): Requirement {
  const controls = linksOf(record, 'controls');
  return {
    id: record.id,
    ref: record.ref,
    source: textOf(record, 'source') ?? '',
    item: textOf(record, 'item'),
    controls,
    controlItems: found(c, controls).flatMap((control) => textOf(control, 'item') ?? []),
    refersTo: null,
  };
}
