/** Holes, overlaps and rows that never decide, found by trying every combination of answers that the rows tell apart. */
import { stepKey } from '../grid.ts';
import { rowFits } from './judge-tier.ts';
import type { TierFact } from './tier-facts.ts';
import { type Condition, severityOf, type TierRow, type TierTable } from './tier-table.ts';

/** Answers by the label of their fact, as words. */
export type Example = readonly { readonly fact: string; readonly values: readonly string[] }[];

export type Overlap = {
  readonly rows: readonly [string, string];
  /** The row that decides where both fit; `null` where exactly one may. */
  readonly decides: string | null;
  readonly example: Example;
};

export type TierFindings = {
  /** Combinations of answers that were tried; `null` where there are too many to try. */
  readonly tried: number | null;
  /** Combinations that no row covers: how many, and the first of them. */
  readonly holes: { readonly count: number; readonly examples: readonly Example[] };
  /** Pairs of rows that fit the same answers and give different levels. */
  readonly overlaps: readonly Overlap[];
  /** Rows that decide for no combination. */
  readonly idle: readonly string[];
  /** Levels that no row gives. */
  readonly unreached: readonly string[];
};

/** More would hold a request; such a table is too wide to survey for people as well. */
const triedAtMost = 50_000;
/** Pairs of rows are compared at every combination, so that long tables are tried less often. */
const comparedAtMost = 5_000_000;
const shownHoles = 8;

/** One way to answer a fact that rows tell apart from others. */
type Way = { readonly values: readonly string[] };

export function tierFindings(table: TierTable): TierFindings {
  const facts = [...table.facts.values()];
  const ways = facts.map((fact) => waysOf(fact, conditionsOn(table, fact.id)));
  const unreached = table.levels
    .map(({ level }) => level)
    .filter((level) => table.rows.every((row) => stepKey(row.level) !== stepKey(level)));
  const tried = ways.reduce((product, some) => product * some.length, 1);
  const most = Math.min(triedAtMost, comparedAtMost / table.rows.length ** 2);
  const none = { holes: { count: 0, examples: [] }, overlaps: [], idle: [], unreached };
  if (table.rows.length === 0) return { tried: 0, ...none };
  if (tried > most) return { tried: null, ...none };
  const holes: Example[] = [];
  let count = 0;
  const overlaps = new Map<string, Overlap>();
  const deciding = new Set<string>();
  for (const answers of combinations(facts, ways)) {
    const fits = table.rows.filter((row) => rowFits(row, answers) === true);
    const decides = deciderOf(table, fits);
    if (decides !== null) deciding.add(decides.row);
    if (fits.length === 0) {
      count += 1;
      if (holes.length < shownHoles) holes.push(exampleOf(facts, answers));
    }
    for (const pair of clashing(fits)) {
      const key = JSON.stringify(pair.map(({ row }) => row));
      if (overlaps.has(key)) continue;
      const decider = table.hits === 'one' ? null : deciderOf(table, pair);
      overlaps.set(key, {
        rows: [pair[0].row, pair[1].row],
        decides: decider?.row ?? null,
        example: exampleOf(facts, answers),
      });
    }
  }
  const order = table.rows.map(({ row }) => row);
  const place = ({ rows: [one, other] }: Overlap) => order.indexOf(one) * order.length + order.indexOf(other);
  const inOrder = [...overlaps.values()].sort((a, b) => place(a) - place(b));
  const idle = order.filter((row) => !deciding.has(row));
  return { tried, holes: { count, examples: holes }, overlaps: inOrder, idle, unreached };
}

const conditionsOn = ({ rows }: TierTable, fact: string): Condition[] =>
  rows.flatMap(({ when }) => when.filter((condition) => condition.fact === fact));

/**
 * The ways to answer a fact that some condition tells apart. Of one choice: a value for each pattern of conditions. Of
 * several: every pattern that values together can make, and none of them.
 */
function waysOf(fact: TierFact, conditions: readonly Condition[]): Way[] {
  const pattern = (values: readonly string[]): string =>
    conditions.map(({ values: listed }) => (values.some((one) => listed.includes(one)) ? '1' : '0')).join('');
  const found = new Map<string, Way>();
  if (fact.many) found.set(pattern([]), { values: [] });
  for (const { id } of fact.values) {
    const before = fact.many ? [...found.values()] : [];
    for (const values of [[id], ...before.map((way) => [...way.values, id])])
      if (!found.has(pattern(values))) found.set(pattern(values), { values });
    if (found.size > triedAtMost) break;
  }
  return [...found.values()];
}

function* combinations(
  facts: readonly TierFact[],
  ways: readonly (readonly Way[])[],
): Generator<ReadonlyMap<string, readonly string[]>> {
  const places = ways.map(() => 0);
  for (;;) {
    yield new Map(facts.map(({ id }, at) => [id, ways[at]?.[places[at] ?? 0]?.values ?? []]));
    let at = 0;
    while (at < places.length && (places[at] ?? 0) + 1 >= (ways[at]?.length ?? 0)) {
      places[at] = 0;
      at += 1;
    }
    if (at >= places.length) return;
    places[at] = (places[at] ?? 0) + 1;
  }
}

function deciderOf(table: TierTable, fits: readonly TierRow[]): TierRow | null {
  const [first = null, ...others] = fits;
  if (first === null || table.hits === 'first') return first;
  const clash = others.some((row) => stepKey(row.level) !== stepKey(first.level));
  if (table.hits === 'one') return clash ? null : first;
  return others.reduce(
    (most, row) => (severityOf(table, row.level) > severityOf(table, most.level) ? row : most),
    first,
  );
}

function* clashing(fits: readonly TierRow[]): Generator<readonly [TierRow, TierRow]> {
  for (const [place, one] of fits.entries())
    for (const other of fits.slice(place + 1))
      if (stepKey(one.level) !== stepKey(other.level)) yield [one, other];
}

const exampleOf = (facts: readonly TierFact[], answers: ReadonlyMap<string, readonly string[]>): Example =>
  facts.map(({ id, label, values }) => ({
    fact: label,
    values: (answers.get(id) ?? []).map((said) => values.find((one) => one.id === said)?.label ?? said),
  }));
