import { firstDay, lastDay } from '../day.ts';
import { byDay } from './order.ts';
import { dayOf, type Readable, textOf } from './read.ts';
import type { Zone } from './zone.ts';

const conclusions = ['effective', 'partly-effective', 'not-effective'];

type Test = Readable & { readonly state: string };

/** Whether a control test came to a conclusion, on a day that it names: only such a test says anything (9.1). */
export const conclusive = (test: Test): boolean =>
  test.state === 'concluded' &&
  conclusions.includes(textOf(test, 'conclusion') ?? '') &&
  dayOf(test, 'testedOn') !== null;

/** What says whether an implementation changed since a test: moments are RFC 3339, absent where nothing changed. */
type Changing = { readonly createdAt?: string; readonly materialAt?: string };

/**
 * Whether a test still speaks of an implementation: what changed in substance after the test was recorded and last written,
 * or on a day after the one it was tested on, is not what the test looked at (8.3, 9.1). An implementation that was not on
 * record yet on that day says nothing of how it was then.
 */
export function speaksOf(
  { dayOf: dayAt }: Pick<Zone, 'dayOf'>,
  test: Test & Changing,
  { createdAt, materialAt }: Changing,
): boolean {
  if (createdAt === undefined || materialAt === undefined) return true;
  const changed = Date.parse(materialAt);
  if (changed <= Date.parse(createdAt)) return true;
  if (test.materialAt !== undefined && changed > Date.parse(test.materialAt)) return false;
  const on = dayOf(test, 'testedOn');
  return on === null || dayAt(createdAt) > firstDay(on) || dayAt(materialAt) <= lastDay(on);
}

/** The newest by the day of the test; of one day the worst, so that a good word does not cover a bad one. */
export function newestTest<Of extends Test>(tests: readonly Of[]): Of | null {
  const worse = (test: Of) => -conclusions.indexOf(textOf(test, 'conclusion') ?? '');
  let found: Of | null = null;
  for (const test of tests) {
    const order =
      found === null
        ? -1
        : byDay(dayOf(found, 'testedOn'), dayOf(test, 'testedOn')) || worse(test) - worse(found);
    if (order < 0) found = test;
  }
  return found;
}
