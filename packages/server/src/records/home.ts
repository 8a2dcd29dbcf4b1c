import { unprocessable } from '@throughline/domain/errors.ts';
import { type Patch, targetsOf } from '@throughline/domain/kinds/edit.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { linksElsewhere } from '@throughline/domain/kinds/own-system.ts';
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

/** Refuses links to what belongs to another system, where the relation asks for the record's own. Throws `unprocessable`. */
export function ensureOwnSystem(
  kind: Kind,
  record: { readonly before: Content; readonly next: Content; readonly system: string | null },
  targets: ReadonlyMap<string, TargetFacts>,
): void {
  const problems = linksElsewhere(kind, record, targets);
  if (problems.length > 0) throw unprocessable(problems);
}
