import { unprocessable } from '@throughline/domain/errors.ts';
import { type Patch, targetsOf } from '@throughline/domain/kinds/edit.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import type { TargetFacts } from '../store/records.ts';

/** The home system of a record with these links: that of the one it belongs to; `null` for the organisation's own. */
export function homeOf(
  kind: Kind,
  content: Content,
  targets: ReadonlyMap<string, TargetFacts>,
): string | null {
  for (const [name, relation] of Object.entries(kind.relations)) {
    const parent = relation.type === 'within' ? content.links[name]?.[0] : undefined;
    if (parent) return targets.get(parent)?.system ?? null;
  }
  return null;
}

/** Ids of the records that a patch would put this one into. */
export function newParentsOf(kind: Kind, patch: Patch): string[] {
  return Object.entries(patch.links ?? {}).flatMap(([name, change]) =>
    kind.relations[name]?.type === 'within' ? targetsOf({ links: { [name]: change } }) : [],
  );
}

/** Ids of the records that content belongs to. */
export function parentsOf(kind: Kind, content: Content): string[] {
  return Object.entries(kind.relations).flatMap(([name, relation]) =>
    relation.type === 'within' ? (content.links[name] ?? []) : [],
  );
}

/**
 * Refuses links to what belongs to another system, where the relation asks for the record's own: a design or a test of
 * another system's version says nothing of this one. Links that stood before are left as they are. Throws `unprocessable`.
 */
export function ensureOwnSystem(
  kind: Kind,
  {
    before,
    next,
    system,
  }: { readonly before: Content; readonly next: Content; readonly system: string | null },
  targets: ReadonlyMap<string, TargetFacts>,
): void {
  const problems = Object.entries(kind.relations).flatMap(([name, relation]) => {
    const stood = before.links[name] ?? [];
    const other = (next.links[name] ?? []).some((id) => {
      const target = stood.includes(id) ? undefined : targets.get(id);
      return target !== undefined && target.system !== system;
    });
    return relation.ownSystem && other
      ? [{ at: `links.${name}`, message: `${relation.label}: that belongs to another system.` }]
      : [];
  });
  if (problems.length > 0) throw unprocessable(problems);
}
