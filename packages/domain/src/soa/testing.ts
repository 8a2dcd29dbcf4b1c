import { lastDay } from '../day.ts';
import { controlTest } from '../kinds/control-test.ts';
import { conclusive, newestTest, speaksOf } from '../trace/conclusive.ts';
import { dueAfter, nextDue } from '../trace/due.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { earliest } from '../trace/judge.ts';
import { byDay, byName } from '../trace/order.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { dayOf, linksOf, textOf } from '../trace/read.ts';
import type { SoaRecord, Tested, Testing } from './types.ts';

/** What the tests of a control say, with the records behind what is wrong. */
export type Tests = {
  readonly testing: Testing;
  /** Implementations whose newest test found them effective, with that test. */
  readonly effective: readonly { readonly implementation: SoaRecord; readonly test: SoaRecord }[];
  /** Implementations in place that no test by another person judged. */
  readonly untested: readonly SoaRecord[];
  /** Implementations that changed after their newest test, with that test: as they are now, none judged them. */
  readonly changed: readonly { readonly implementation: SoaRecord; readonly test: SoaRecord }[];
  /** The newest tests that found an implementation not to work. */
  readonly failed: readonly SoaRecord[];
};

/** Whose days and lengths count, and who is one person. */
type Tester = Pick<OrganisationFacts, 'samePerson' | 'zone' | 'inputs'>;

/** How long a test counts that names no next one, where the organisation adopted no length. */
const usual = controlTest.cadence ? `P${controlTest.cadence.months}M` : null;

/**
 * The day until which a test counts (9.1): by its own next test and by the length that the organisation adopted, whichever
 * is earlier; with neither, by the usual length, so that none counts for ever.
 */
export function testedUntil(organisation: Pick<OrganisationFacts, 'inputs'>, test: SoaRecord): string | null {
  const last = dayOf(test, 'testedOn');
  const due = nextDue(organisation, { interval: 'control_test', last, next: dayOf(test, 'nextTest') });
  return due ?? (last && usual ? dueAfter(organisation, lastDay(last), usual) : null);
}

/**
 * What tests say of implementations in place. Of each the newest conclusion counts; one without a conclusion, or by
 * somebody who owns the control or the implementation, is no test (9.1), nor is one of what changed since, the words of the
 * control among that.
 */
export function testsOf(
  organisation: Tester,
  control: Pick<TraceRecord, 'owner'> & Partial<Pick<TraceRecord, 'createdAt' | 'materialAt'>>,
  standing: readonly SoaRecord[],
  tests: readonly SoaRecord[],
): Tests {
  const concluded = tests.filter(conclusive);
  const named = new Map<string, SoaRecord[]>();
  const unnamed = new Map<string | null, SoaRecord[]>();
  for (const test of concluded) {
    const of = linksOf(test, 'implementation');
    for (const id of of) add(named, id, test);
    if (of.length === 0) add(unnamed, test.system, test);
  }
  const owners = (implementation: SoaRecord) =>
    [implementation.owner, control.owner].filter((owner) => owner !== null);
  const newest = standing.map((implementation) => {
    const all = [...(named.get(implementation.id) ?? []), ...(unnamed.get(implementation.system) ?? [])];
    const apart = all.filter((test) => independent(organisation, test, owners(implementation)));
    const speaking = apart.filter((test) =>
      [implementation, control].every((one) => speaksOf(organisation.zone, test, one)),
    );
    return { implementation, test: newestTest(speaking), outlived: newestTest(apart) };
  });
  const says = (conclusion: string) =>
    newest.filter(({ test }) => test !== null && textOf(test, 'conclusion') === conclusion);
  const found = newest.flatMap(({ test }) => test ?? []);
  const last = newestTest(found);
  const standingOn = [...new Set(found)].sort(
    (one, other) => byDay(dayOf(other, 'testedOn'), dayOf(one, 'testedOn')) || byName(one.ref, other.ref),
  );
  const failed = says('not-effective');
  const without = newest.filter(({ test }) => test === null);
  return {
    testing: {
      of: standing.length,
      effective: says('effective').length,
      partly: says('partly-effective').length,
      failed: failed.length,
      untested: without.length,
      last: last && testedIn(last),
      tests: { count: standingOn.length, first: standingOn.slice(0, shown).map(testedIn) },
      next: earliest(found.map((test) => testedUntil(organisation, test))),
    },
    effective: says('effective').flatMap(({ implementation, test }) =>
      test ? [{ implementation, test }] : [],
    ),
    untested: without.flatMap(({ implementation, outlived }) => (outlived ? [] : implementation)),
    changed: without.flatMap(({ implementation, outlived }) =>
      outlived ? [{ implementation, test: outlived }] : [],
    ),
    failed: [...new Set(failed.flatMap(({ test }) => test ?? []))],
  };
}

/** Tests that a statement names of a control: a published version says on which it stood. */
const shown = 20;

const testedIn = (test: SoaRecord): Tested => ({
  test,
  on: dayOf(test, 'testedOn') ?? '',
  conclusion: textOf(test, 'conclusion') ?? '',
  tester: textOf(test, 'tester') ?? '',
});

/** The tester owns neither the control nor the implementation, today or when it was tested. */
function independent(
  { samePerson }: Pick<OrganisationFacts, 'samePerson'>,
  test: SoaRecord,
  owners: readonly string[],
): boolean {
  const tester = textOf(test, 'tester');
  const then = textOf(test, 'ownerTested');
  if (tester === null) return false;
  return ![...owners, ...(then === null ? [] : [then])].some((owner) => samePerson(owner, tester));
}

function add<K>(map: Map<K, SoaRecord[]>, key: K, test: SoaRecord): void {
  const known = map.get(key);
  if (known) known.push(test);
  else map.set(key, [test]);
}
