import { conclusive, newestTest, speaksOf } from './conclusive.ts';
import { type Context, found, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, textOf } from './read.ts';

/**
 * Tests that speak of an implementation as it is, and of its control as it is asked for: what changed since one looked at
 * it, such as when the control counts as effective, that one did not see.
 */
export const testsOf = (c: Context, implementation: TraceRecord): TraceRecord[] =>
  everTestsOf(c, implementation).filter((test) => unseen(c, implementation, test).length === 0);

/** An implementation and its control, those of them that changed since a test. */
const unseen = (c: Context, implementation: TraceRecord, test: TraceRecord): TraceRecord[] =>
  [implementation, ...found(c, linksOf(implementation, 'control'))].filter(
    (one) => !speaksOf(c.organisation.zone, test, one),
  );

/**
 * Conclusive tests of an implementation by somebody who owns neither side (9.1): those that name it, and those of its
 * control at one home, which is this system where none is said.
 */
export function everTestsOf(
  c: Context,
  implementation: TraceRecord,
  home: string | null = c.system.record.id,
): TraceRecord[] {
  const [control] = found(c, linksOf(implementation, 'control'));
  const byControl = control ? inverse(c, control, 'control-test', 'control') : [];
  const owners = [implementation.owner, control?.owner ?? null].filter((owner) => owner !== null);
  return byControl.filter((test) => {
    const named = linksOf(test, 'implementation');
    const here = named.length > 0 ? named.includes(implementation.id) : test.system === home;
    const tester = textOf(test, 'tester');
    return (
      here &&
      conclusive(test) &&
      tester !== null &&
      !owners.some((owner) => c.organisation.samePerson(owner, tester))
    );
  });
}

/** The newest test of an implementation where none speaks of it as it is now, and what changed since that test. */
export function outlivedTest(
  c: Context,
  implementation: TraceRecord,
): { readonly test: TraceRecord; readonly changed: readonly TraceRecord[] } | null {
  if (testsOf(c, implementation).length > 0) return null;
  const test = newestTest(everTestsOf(c, implementation));
  return test && { test, changed: unseen(c, implementation, test) };
}
