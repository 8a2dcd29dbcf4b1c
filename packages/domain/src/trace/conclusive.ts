import { byDay } from './order.ts';
import { dayOf, type Readable, textOf } from './read.ts';

const conclusions = ['effective', 'partly-effective', 'not-effective'];

type Test = Readable & { readonly state: string };

/** Whether a control test came to a conclusion, on a day that it names: only such a test says anything (9.1). */
export const conclusive = (test: Test): boolean =>
  test.state === 'concluded' &&
  conclusions.includes(textOf(test, 'conclusion') ?? '') &&
  dayOf(test, 'testedOn') !== null;

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
