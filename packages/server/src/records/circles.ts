import { unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { linksFrom } from '../store/circles.ts';
import { refsById } from '../store/records.ts';
import type { Write } from '../store/write.ts';

/** Followed no further: a chain of so many is taken as it is. */
const deepest = 50;

/**
 * Refuses links by which a record would come back to itself over the relations that its kind declares to have no circle:
 * plans that wait for each other, a plan that treats a risk which arises from it. The refusal names the circle. Throws
 * `unprocessable`.
 */
export async function ensureNoCircle(write: Write, kind: Kind, record: string, next: Content): Promise<void> {
  if (kind.acyclic.length === 0) return;
  for (const relation of kind.acyclic.filter((name) => (next.links[name] ?? []).length > 0)) {
    const circle = await circleThrough(write, record, next.links[relation] ?? [], kind.acyclic);
    if (!circle) continue;
    const refs = await refsById(write, circle);
    const named = circle.map((id) => {
      const row = refs.get(id);
      return row ? `${write.registry.get(row.kind).prefix}-${row.number}` : 'a record that you may not read';
    });
    const message = `This goes in a circle: ${named.join(' → ')}. One of these links has to go.`;
    throw unprocessable([{ at: `links.${relation}`, message }]);
  }
}

/** The shortest way from some records back to one, with it at both ends; nothing where there is none. */
async function circleThrough(
  write: Write,
  record: string,
  begins: readonly string[],
  relations: readonly string[],
): Promise<string[] | undefined> {
  const cameFrom = new Map<string, string>(begins.map((id) => [id, record]));
  let edge: readonly string[] = begins;
  for (let depth = 0; depth < deepest && edge.length > 0; depth += 1) {
    if (cameFrom.has(record)) return wayBack(cameFrom, record);
    const found = await linksFrom(write, edge, relations);
    const fresh = found.filter(({ to }) => !cameFrom.has(to));
    for (const { from, to } of fresh) if (!cameFrom.has(to)) cameFrom.set(to, from);
    edge = [...new Set(fresh.map(({ to }) => to))];
  }
  return cameFrom.has(record) ? wayBack(cameFrom, record) : undefined;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, record: string): string[] {
  const way = [record];
  for (let at = cameFrom.get(record); at !== undefined && at !== record; at = cameFrom.get(at))
    way.unshift(at);
  return [record, ...way];
}
