import { type Context, found, ofKind, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { dayOf, linksOf } from './read.ts';

const over: ReadonlySet<string> = new Set([
  'ended',
  'withdrawn',
  'disposed',
  'out-of-use',
  'candidate',
  'planned',
]);

/** The version that runs: live by state or by its days. Several may run side by side. */
export function liveVersions(c: Pick<Context, 'system' | 'clock'>): TraceRecord[] {
  return ownOf(c, 'system-version').filter((version) => {
    const from = dayOf(version, 'liveFrom');
    const to = dayOf(version, 'liveTo');
    if (to !== null && c.clock.over(to)) return false;
    return version.state === 'live' && (from === null || c.clock.reached(from));
  });
}

/** Parts in use of a kind: what the system names, what its live versions contain, and what is its own. */
export function parts(
  c: Pick<Context, 'system' | 'clock'>,
  kind: 'model' | 'dataset' | 'resource' | 'supplier',
): TraceRecord[] {
  const ids = new Set<string>(ownOf(c, kind).map((record) => record.id));
  const roots = [c.system.record, ...liveVersions(c)];
  for (const id of roots.flatMap((root) => Object.values(root.links).flat())) ids.add(id);
  return found(c, [...ids]).filter((record) => record.kind === kind && !over.has(record.state));
}

/** Suppliers that the system depends on, by itself or through the parts it is made of. */
export function suppliers(c: Context): TraceRecord[] {
  const direct = parts(c, 'supplier').map((record) => record.id);
  const made = [...parts(c, 'model'), ...parts(c, 'dataset'), ...parts(c, 'resource')];
  const through = made.flatMap((part) => linksOf(part, 'suppliedBy'));
  const agreed = ofKind(c, 'responsibility').flatMap((record) => linksOf(record, 'supplier'));
  return found(c, [...new Set([...direct, ...through, ...agreed])]).filter(
    (record) => record.kind === 'supplier' && record.state !== 'ended',
  );
}
