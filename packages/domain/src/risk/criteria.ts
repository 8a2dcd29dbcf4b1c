/**
 * Risk criteria as a scale to rate by (6.1.2). Criteria are kept as rows of a record; here they are read into steps,
 * cells and thresholds. What contradicts itself is found by criteria-faults.ts and never kept, so that one pair of
 * steps has one level.
 */
import { rank } from '../authority.ts';
import { sameStep } from '../grid.ts';
import type { Json } from '../json.ts';
import { cellText, type Row, rowsOf } from '../trace/read.ts';

export type Fields = Readonly<Record<string, Json>>;

/** Whoever bears a consequence: a risk is rated for each of the three (6.1.2, 6.1.4). */
export const bearers = ['organisation', 'individuals', 'society'] as const;
export type Bearer = (typeof bearers)[number];
export const bearerWords: Readonly<Record<Bearer, string>> = {
  organisation: 'the organisation',
  individuals: 'individuals',
  society: 'society',
};

/** One cell of the matrix, in the steps' own words. */
export type Cell = { readonly likelihood: string; readonly consequence: string; readonly level: string };

export type BearerScale = {
  /** The mildest first. */
  readonly consequences: readonly string[];
  readonly cells: readonly Cell[];
  /** The highest level borne without treatment; `null` where the criteria name none. */
  readonly threshold: string | null;
};

export type Criteria = {
  /** The least likely first. */
  readonly likelihoods: readonly string[];
  readonly scales: Readonly<Record<Bearer, BearerScale>>;
};

/** Rows for one bearer: its own where it has any, else those that are for all three. */
export function rowsFor(rows: readonly Row[], bearer: Bearer): readonly Row[] {
  const own = rows.filter((row) => cellText(row, 'bearer') === bearer);
  return own.length > 0 ? own : rows.filter((row) => (cellText(row, 'bearer') ?? 'all') === 'all');
}

const words = (rows: readonly Row[], column: string): string[] =>
  rows.flatMap((row) => cellText(row, column) ?? []);

/** Reads the fields of a criteria record. Whatever it lacks is absent here too: a half-written record rates nothing. */
export function criteriaOf(fields: Fields): Criteria {
  const of = (part: string) => rowsOf({ fields, links: {} }, part);
  const scale = (bearer: Bearer): BearerScale => ({
    consequences: words(rowsFor(of('consequences'), bearer), 'step'),
    cells: rowsFor(of('matrix'), bearer).flatMap(cellOf),
    threshold: words(rowsFor(of('thresholds'), bearer), 'level')[0] ?? null,
  });
  return {
    likelihoods: words(of('likelihoods'), 'step'),
    scales: {
      organisation: scale('organisation'),
      individuals: scale('individuals'),
      society: scale('society'),
    },
  };
}

function cellOf(row: Row): Cell[] {
  const [likelihood, consequence] = [cellText(row, 'likelihood'), cellText(row, 'consequence')];
  const level = cellText(row, 'level');
  return likelihood && consequence && level ? [{ likelihood, consequence, level }] : [];
}

/** The level of a likelihood with a consequence for a bearer; `null` where the criteria have no such pair. */
export function levelOf(
  criteria: Criteria,
  bearer: Bearer,
  o: { readonly likelihood: string; readonly consequence: string },
): string | null {
  const cell = criteria.scales[bearer].cells.find(
    (one) => sameStep(one.likelihood, o.likelihood) && sameStep(one.consequence, o.consequence),
  );
  return cell?.level ?? null;
}

/** Whether a risk can be rated by these criteria at all. */
export const canRate = (criteria: Criteria): boolean =>
  criteria.likelihoods.length > 0 &&
  bearers.every(
    (bearer) => criteria.scales[bearer].consequences.length > 0 && criteria.scales[bearer].cells.length > 0,
  );

/**
 * Whether levels stand above what the criteria bear without treatment; `null` where no level is given for which a
 * threshold is named. One bearer above its threshold is enough: what is borne for the organisation says nothing of people.
 */
export function aboveCriteria(
  criteria: Criteria,
  levels: Readonly<Partial<Record<Bearer, string | null>>>,
): boolean | null {
  const judged = bearers.flatMap((bearer) => {
    const [level, threshold] = [levels[bearer], criteria.scales[bearer].threshold];
    return level && threshold ? [rank(level) > rank(threshold)] : [];
  });
  return judged.length === 0 ? null : judged.includes(true);
}
