import type { Json } from '@throughline/domain/json.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { RevisionWire } from '@throughline/domain/wire-around.ts';

/** Fields and links of a version, side by side with another's: only what differs, in the declaration's order. */
export type Difference = {
  part: string;
  type: 'field' | 'relation' | 'state';
  before: Json | readonly string[] | undefined;
  after: Json | readonly string[] | undefined;
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Versions in their order in time, whichever was chosen first. */
export const inOrder = (a: RevisionWire, b: RevisionWire): readonly [RevisionWire, RevisionWire] =>
  a.version <= b.version ? [a, b] : [b, a];

/** Null where the content of one of the two was erased: what is gone cannot be compared. */
export const differences = (
  kind: KindWire,
  before: RevisionWire,
  after: RevisionWire,
): readonly Difference[] | null => {
  if (before.fields === undefined || after.fields === undefined) return null;
  const { fields: old } = before;
  const { fields: now } = after;
  const known = Object.keys(kind.fields);
  const former = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !known.includes(name),
  );
  const relations = [
    ...new Set([
      ...Object.keys(kind.relations),
      ...Object.keys(before.links ?? {}),
      ...Object.keys(after.links ?? {}),
    ]),
  ];
  return [
    ...(before.state === after.state
      ? []
      : [{ part: 'state', type: 'state' as const, before: before.state, after: after.state }]),
    ...[...known, ...former]
      .filter((name) => !same(old[name], now[name]))
      .map((name) => ({ part: name, type: 'field' as const, before: old[name], after: now[name] })),
    ...relations
      .filter((name) => !same(before.links?.[name] ?? [], after.links?.[name] ?? []))
      .map((name) => ({
        part: name,
        type: 'relation' as const,
        before: before.links?.[name] ?? [],
        after: after.links?.[name] ?? [],
      })),
  ];
};

/** At most two versions are chosen: a third takes the place of the one chosen first. */
export const choose = (chosen: readonly number[], version: number): readonly number[] =>
  chosen.includes(version) ? chosen.filter((other) => other !== version) : [...chosen.slice(-1), version];

/** The versions in which a part was changed, and the one it began with. */
export const versionsOf = (
  revisions: readonly RevisionWire[],
  part: string | undefined,
): readonly RevisionWire[] =>
  part === undefined
    ? revisions
    : revisions.filter(
        (revision) =>
          revision.changed.includes(part) ||
          (revision.act === 'created' && revision.fields?.[part] !== undefined),
      );
