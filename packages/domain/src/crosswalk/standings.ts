/**
 * Systems by controls by frameworks: on which running systems what a framework asks for is carried by controls that are
 * in place, tested and evidenced. Read through the crosswalk; nothing here says that an item is met.
 */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { EvidenceFound } from '../soa/evidence.ts';
import { type Groups, noRecords } from '../soa/groups.ts';
import type { Matrix, MatrixRow } from '../soa/matrix.ts';
import { type Around, open } from '../soa/placing.ts';
import { testedUntil, testsOf } from '../soa/testing.ts';
import type { SoaRecord } from '../soa/types.ts';
import { standsInPlace } from '../trace/in-place.ts';
import { crosswalkTo, type Framework, itemsOf, sharing } from './frameworks.ts';

/**
 * `carried`: in place, found effective by somebody else's test that is not overdue, with current evidence. `unproven`:
 * in place without one of the two. `missing`: not in place. `not-asked`: the statement asks it of nobody.
 */
export const carriedStates = ['carried', 'unproven', 'missing', 'not-asked'] as const;
export type Carried = (typeof carriedStates)[number];
/** The best first: of several controls for one item the worst counts, of several records of one control the best. */
const letters = 'cum-';
const letterOf: Readonly<Record<Carried, string>> = {
  carried: 'c',
  unproven: 'u',
  missing: 'm',
  'not-asked': '-',
};
export const carriedBy = (letter: string | undefined): Carried =>
  carriedStates[letters.indexOf(letter ?? '-')] ?? 'not-asked';

/** A letter for each running system, by item of the standard; an item that no adopted control has is not there. */
export type ControlLetters = ReadonlyMap<string, string>;
type Proof = Around & { readonly groups: Groups; readonly evidence: Pick<EvidenceFound, 'homesOf'> };

/** Linear in the cells of the matrix, in implementations and in tests. */
export function controlLetters(proof: Proof, matrix: Matrix): ControlLetters {
  const found = new Map<string, string>();
  for (const row of matrix.rows) {
    const { item, control } = row.row;
    if (item === null || control === null) continue;
    const own = lettersOf(proof, matrix, row, control);
    const known = found.get(item);
    found.set(item, known === undefined ? own : merged([known, own], best));
  }
  return found;
}

function lettersOf(
  proof: Proof,
  { systems }: Matrix,
  { cells }: MatrixRow,
  control: NonNullable<MatrixRow['row']['control']>,
): string {
  const { implementations, tests } = proof.groups.get(control.id) ?? noRecords;
  const standing = implementations.filter((one) => open(one) && standsInPlace(one, proof.clock));
  const { effective } = testsOf(proof.organisation, control, standing, tests);
  const works = effective.filter(({ test }) => {
    const until = testedUntil(proof.organisation, test);
    return until === null || !proof.clock.over(until);
  });
  const working = new Set(
    works.map(({ implementation }: { implementation: SoaRecord }) => implementation.system),
  );
  const homes = proof.evidence.homesOf(control.id);
  const found: string[] = [];
  for (const [at, { id, running }] of systems.entries()) {
    if (!running) continue;
    const cell = cells[at] ?? '-';
    const place = cell === 'I' ? null : id;
    if (cell === '-') found.push('-');
    else if (cell !== 'i' && cell !== 'I') found.push('m');
    else found.push(working.has(place) && (homes.has(id) || homes.has(null)) ? 'c' : 'u');
  }
  return found.join('');
}

/** How a framework's item stands on each running system; `null` where no adopted control leads there. */
export type ItemLetters = {
  readonly item: string;
  readonly title: string | null;
  readonly controls: readonly string[];
  readonly letters: string | null;
};

/** Rows that say only that subjects are near are left out. */
export function itemLetters(
  catalogue: Catalogue,
  framework: Framework,
  controls: ControlLetters,
): ItemLetters[] {
  const leading = Map.groupBy(
    crosswalkTo(catalogue, framework).filter(({ relation }) => sharing.has(relation)),
    ({ to }) => to,
  );
  return itemsOf(catalogue, framework).map(({ id, title }) => {
    const named = framework === 'iso42001' ? [id] : (leading.get(id) ?? []).map(({ from }) => from);
    const adopted = [...new Set(named)].filter((control) => controls.has(control));
    const each = adopted.map((control) => controls.get(control) ?? '');
    return { item: id, title, controls: adopted, letters: each.length === 0 ? null : merged(each, worst) };
  });
}

export type CarriedCounts = Readonly<Record<Carried, number>>;

export function countsOf(text: string): CarriedCounts {
  const count = (state: Carried): number => text.split(letterOf[state]).length - 1;
  return {
    carried: count('carried'),
    unproven: count('unproven'),
    missing: count('missing'),
    'not-asked': count('not-asked'),
  };
}

/** One system over the items of a framework. */
export function ofSystem(items: readonly ItemLetters[], at: number): CarriedCounts {
  return countsOf(items.map(({ letters: text }) => text?.[at] ?? '-').join(''));
}

type Choice = (one: string, other: string) => string;
const best: Choice = (one, other) => (letters.indexOf(one) <= letters.indexOf(other) ? one : other);
/** What is not asked stands in nobody's way. */
const worst: Choice = (one, other) => {
  if (one === '-') return other;
  return other === '-' || letters.indexOf(one) >= letters.indexOf(other) ? one : other;
};

function merged(texts: readonly string[], choose: Choice): string {
  const [first = '', ...rest] = texts;
  return rest.length === 0
    ? first
    : [...first]
        .map((letter, at) => rest.reduce((one, text) => choose(one, text[at] ?? '-'), letter))
        .join('');
}
