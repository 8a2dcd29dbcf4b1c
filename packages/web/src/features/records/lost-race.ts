import type { Json } from '@throughline/domain/json.ts';
import type { LinkPatch } from '@throughline/domain/kinds/edit.ts';
import type { KindWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import type { RecordPatch } from '../../api/records.ts';

/** The parts of a record that were read when editing began: fields by name, links as what they point at. */
export type Began = {
  fields?: Readonly<Record<string, Json>>;
  links?: Readonly<Record<string, readonly RefWire[]>>;
};

/** What stands in a part: a field's value, or a relation's targets. */
export type PartValue = { field: Json } | { links: readonly RefWire[] };

/** A part that two people changed at once, each otherwise. */
export type Clash = { part: string; theirs: PartValue; yours: PartValue };

export type Which = 'theirs' | 'yours';

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const idsOf = (refs: readonly RefWire[] | undefined): readonly string[] =>
  (refs ?? []).map((ref) => ref.id).sort();

const fieldClashes = (patch: RecordPatch, before: Began, theirs: RecordWire): readonly Clash[] =>
  Object.entries(patch.fields ?? {}).flatMap(([part, yours]) => {
    const now = theirs.fields[part] ?? null;
    if (same(now, yours) || same(now, before.fields?.[part])) return [];
    return [{ part, theirs: { field: now }, yours: { field: yours } }];
  });

/** A relation of many takes both changes; one of a single target can keep only one of them. */
const linkClashes = (
  kind: KindWire,
  patch: RecordPatch,
  before: Began,
  theirs: RecordWire,
  chosen: (id: string) => RefWire | undefined,
): readonly Clash[] =>
  Object.entries(patch.links ?? {}).flatMap(([part, change]) => {
    const now = theirs.links[part] ?? [];
    const added = change.add ?? change.set ?? [];
    const single = kind.relations[part]?.many === false;
    const changed = !same([...idsOf(now)], [...idsOf(before.links?.[part])]);
    if (!single || !changed || same([...idsOf(now)], [...added].sort())) return [];
    const yours = added.flatMap((id) => chosen(id) ?? []);
    return [{ part, theirs: { links: now }, yours: { links: yours } }];
  });

/** What both sides changed since editing began, in the order of the edit. What only one side changed clashes with nothing. */
export const clashesOf = (
  kind: KindWire,
  patch: RecordPatch,
  before: Began,
  theirs: RecordWire,
  chosen: (id: string) => RefWire | undefined = () => undefined,
): readonly Clash[] => [
  ...fieldClashes(patch, before, theirs),
  ...linkClashes(kind, patch, before, theirs, chosen),
];

/** Targets to add and to take away so that the edit says the same of what stands now. */
const linkOnTop = (change: LinkPatch, now: readonly string[], single: boolean): LinkPatch | null => {
  const add = (change.add ?? change.set ?? []).filter((id) => !now.includes(id));
  const gone = single && add.length > 0 ? now : (change.remove ?? []).filter((id) => now.includes(id));
  if (add.length === 0 && gone.length === 0) return null;
  return { ...(add.length > 0 ? { add } : {}), ...(gone.length > 0 ? { remove: gone } : {}) };
};

/** The edit on top of what stands now, less what stays theirs; undefined where nothing is left of it. */
export const settledPatch = (
  kind: KindWire,
  patch: RecordPatch,
  theirs: RecordWire,
  answer: Readonly<Record<string, Which>>,
): RecordPatch | undefined => {
  const mine = (part: string): boolean => answer[part] !== 'theirs';
  const fields = Object.entries(patch.fields ?? {}).filter(
    ([part, value]) => mine(part) && !same(value, theirs.fields[part]),
  );
  const links = Object.entries(patch.links ?? {}).flatMap(([part, change]) => {
    const single = kind.relations[part]?.many === false;
    const left = mine(part) ? linkOnTop(change, idsOf(theirs.links[part]), single) : null;
    return left === null ? [] : [[part, left] as const];
  });
  if (fields.length === 0 && links.length === 0) return undefined;
  return {
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...(links.length > 0 ? { links: Object.fromEntries(links) } : {}),
    ...(patch.because === undefined ? {} : { because: patch.because }),
  };
};
