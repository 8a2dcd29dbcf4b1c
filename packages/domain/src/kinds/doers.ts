import type { Deed } from '../duties.ts';
import type { Content, Kind } from './kind.ts';

/** A version of a record as far as it tells who did something. */
export type DoneVersion = {
  readonly record: string;
  readonly kind: string;
  readonly version: number;
  /** `created`, `edited`, `moved` … */
  readonly act: string;
  readonly state: string;
  readonly changed: readonly string[];
  /** `null` where the content was erased. */
  readonly fields: Content['fields'] | null;
  /** RFC 3339. */
  readonly at: string;
  readonly by: Deed;
};

/**
 * Whose deed a record is that somebody else judges (10.2): by its own versions, and by those of tasks and actions that
 * belong to it and came no later than the step by which it was done. A task to judge it comes after that step.
 */
export function doersIn(
  kind: Kind,
  record: string,
  versions: readonly DoneVersion[],
  kindOf: (name: string) => Kind | undefined,
): Deed[] {
  const of = Map.groupBy(versions, (version) => version.record);
  const own = inOrder(of.get(record) ?? []);
  const done = own.filter((_, at) => isDone(kind, own, at)).at(-1)?.at ?? null;
  const deeds = deedsIn(kind, own);
  for (const [id, theirs] of of) {
    const other = id === record ? undefined : kindOf(theirs[0]?.kind ?? '');
    if (!other) continue;
    deeds.push(
      ...deedsIn(
        other,
        inOrder(theirs).filter(({ at }) => done === null || at <= done),
      ),
    );
  }
  return deeds;
}

const inOrder = (versions: readonly DoneVersion[]): DoneVersion[] =>
  [...versions].sort((a, b) => a.version - b.version);

function deedsIn(kind: Kind, versions: readonly DoneVersion[]): Deed[] {
  const { doing, lifecycle } = kind;
  if (!doing) return [];
  return versions.flatMap((version, at) => {
    const wrote = version.act === 'created' || version.act === 'edited';
    const did =
      isDone(kind, versions, at) || (wrote && doing.parts.some((part) => version.changed.includes(part)));
    // Naming somebody for work that has not begun makes nobody a doer.
    const named = version.state === lifecycle.initial ? [] : membersIn(version.fields, doing.people);
    return [...(did ? [version.by] : []), ...named.map((id) => ({ type: 'person', id }))];
  });
}

/** Whether a version is the step by which the work was done. */
function isDone({ doing, lifecycle }: Kind, versions: readonly DoneVersion[], at: number): boolean {
  const [before, version] = [versions[at - 1], versions[at]];
  if (version?.act !== 'moved' || !before) return false;
  return (doing?.steps ?? []).some((name) => {
    const step = lifecycle.transitions[name];
    return step?.to === version.state && step.from.includes(before.state);
  });
}

const membersIn = (fields: Content['fields'] | null, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const value = fields?.[name];
    return typeof value === 'string' ? [value] : [];
  });
