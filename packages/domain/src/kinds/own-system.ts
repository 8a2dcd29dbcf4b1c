import type { ErrorItem } from '../errors.ts';
import type { Content, Kind } from './kind.ts';

/**
 * Links to what belongs to another system, where the relation asks for the record's own: a test of another system's version
 * says nothing of this one, nor is another system's use covered by what is read on this one's line. Links that stood before
 * are left as they are.
 * @param system the home of the record
 * @param homes the home systems of what is linked to anew, by id
 */
export function linksElsewhere(
  kind: Kind,
  {
    before,
    next,
    system,
  }: { readonly before: Content; readonly next: Content; readonly system: string | null },
  homes: ReadonlyMap<string, { readonly system: string | null }>,
): ErrorItem[] {
  return Object.entries(kind.relations).flatMap(([name, relation]) => {
    const stood = before.links[name] ?? [];
    const other = (next.links[name] ?? []).some((id) => {
      const target = stood.includes(id) ? undefined : homes.get(id);
      return target !== undefined && target.system !== system;
    });
    const it = relation.many ? 'one of these' : 'that';
    const message = `${relation.label}: ${it} belongs to another system, whose line reads its own records. It takes a record of its own there.`;
    return relation.ownSystem && other ? [{ at: `links.${name}`, message }] : [];
  });
}
