/** Rating one risk by criteria, and what a rating on record says beside them (6.1.2, 8.2). Pure. */

import { sameStep } from '../grid.ts';
import type { Json } from '../json.ts';
import { likelihoods } from '../kinds/vocabulary/scales.ts';
import { cellText, type Row, rowsOf, textOf } from '../trace/read.ts';
import { type Bearer, bearers, type Criteria, canRate, type Fields, levelOf } from './criteria.ts';

/** What of a risk is rated: before controls, as it stands, after treatment, and up to where it is borne. */
export const points = ['inherent', 'current', 'residual', 'target'] as const;
export type Point = (typeof points)[number];

/** A rating in steps of the criteria. */
export type Rating = {
  readonly likelihood: string;
  readonly consequences: Readonly<Record<Bearer, string>>;
};

export type Rated =
  | {
      readonly fields: Readonly<Record<string, Json>>;
      readonly levels: Readonly<Record<Bearer, string>>;
      /** The rating in the words of the criteria. */
      readonly steps: Rating;
    }
  | { readonly problems: Readonly<Record<string, string>> };

/** Name of a field such as `currentIndividuals`. */
export const levelField = (point: Point, bearer: Bearer): string =>
  `${point}${bearer.charAt(0).toUpperCase()}${bearer.slice(1)}`;

/** How a risk names the version of criteria that rated it, or of an assessment whose findings its rating looked at. */
export const versionName = (ref: string, version: number): string => `${ref} v${version}`;

/**
 * The fields that a rating sets: the steps, and the level that the matrix gives each bearer. The likelihood of the
 * usual words is set with them where the criteria speak the same word, and taken away where they do not. Other points of the risk stay as they are. Steps that the criteria do not have are answered by part.
 */
export function rate(
  criteria: Criteria,
  o: { readonly point: Point; readonly rating: Rating; readonly before: Fields; readonly name: string },
): Rated {
  const { point, rating } = o;
  if (!canRate(criteria)) return { problems: { criteria: 'These criteria have no whole matrix yet.' } };
  const likelihood = criteria.likelihoods.find((step) => sameStep(step, rating.likelihood));
  const problems: Record<string, string> = {};
  if (likelihood === undefined)
    problems.likelihood = `"${rating.likelihood}" is no step of likelihood: ${criteria.likelihoods.join(', ')}.`;
  const steps = new Map<Bearer, string>();
  for (const bearer of bearers) {
    const known = criteria.scales[bearer].consequences;
    const step = known.find((one) => sameStep(one, rating.consequences[bearer]));
    if (step !== undefined) steps.set(bearer, step);
    else
      problems[`consequences.${bearer}`] =
        `"${rating.consequences[bearer]}" is no step of consequence: ${known.join(', ')}.`;
  }
  if (likelihood === undefined || Object.keys(problems).length > 0) return { problems };
  const level = (bearer: Bearer): string =>
    levelOf(criteria, bearer, { likelihood, consequence: steps.get(bearer) ?? '' }) ?? '';
  const levels = {
    organisation: level('organisation'),
    individuals: level('individuals'),
    society: level('society'),
  };
  const kept = rowsOf({ fields: o.before, links: {} }, 'rated')
    .filter((row) => cellText(row, 'point') !== point)
    .map((row): Row => {
      const by = ratedRowBy(o.before, row);
      return by === null ? row : { ...row, criteria: by };
    });
  const rated: Row[] = [...steps].map(([bearer, consequence]) => ({
    point,
    bearer,
    likelihood,
    consequence,
    criteria: o.name,
  }));
  const usual = likelihoods.find(({ label }) => sameStep(label, likelihood))?.id ?? null;
  const step = (bearer: Bearer): string => steps.get(bearer) ?? '';
  return {
    levels,
    steps: {
      likelihood,
      consequences: {
        organisation: step('organisation'),
        individuals: step('individuals'),
        society: step('society'),
      },
    },
    fields: {
      [`${point}Likelihood`]: usual,
      ...Object.fromEntries(bearers.map((bearer) => [levelField(point, bearer), levels[bearer]])),
      rated: [...kept, ...rated].sort(byPoint),
      criteriaVersion: o.name,
    },
  };
}

/** By which criteria a row of steps was read: rows of earlier releases went by those that the risk named. */
export function ratedRowBy(fields: Fields, row: Row): string | null {
  return cellText(row, 'criteria') ?? textOf({ fields, links: {} }, 'criteriaVersion');
}

/** Every version of criteria that steps of a risk were read by, as it names them. */
export const criteriaNamedIn = (fields: Fields): string[] => [
  ...new Set(rowsOf({ fields, links: {} }, 'rated').flatMap((row) => ratedRowBy(fields, row) ?? [])),
];

/** Points whose steps were read from other criteria than those named. */
export function pointsByOthers(fields: Fields, name: string): Point[] {
  const rows = rowsOf({ fields, links: {} }, 'rated').filter((row) => ratedRowBy(fields, row) !== name);
  return points.filter((point) => rows.some((row) => cellText(row, 'point') === point));
}

const byPoint = (one: Row, other: Row): number =>
  position(points, cellText(one, 'point')) - position(points, cellText(other, 'point')) ||
  position(bearers, cellText(one, 'bearer')) - position(bearers, cellText(other, 'bearer'));
const position = (among: readonly string[], item: string | null): number => among.indexOf(item ?? '');

/** What stands on record of one point and bearer, and what the criteria make of its steps. */
export type Standing = {
  readonly likelihood: string | null;
  readonly consequence: string | null;
  readonly level: string | null;
  /** The level that the criteria give these steps; `null` where a step is missing or is none of theirs. */
  readonly byCriteria: string | null;
};

export function ratingOf(fields: Fields, criteria: Criteria | null, point: Point, bearer: Bearer): Standing {
  const record = { fields, links: {} };
  const row = rowsOf(record, 'rated').find(
    (one) => cellText(one, 'point') === point && cellText(one, 'bearer') === bearer,
  );
  const [likelihood, consequence] = row
    ? [cellText(row, 'likelihood'), cellText(row, 'consequence')]
    : [null, null];
  return {
    likelihood,
    consequence,
    level: textOf(record, levelField(point, bearer)),
    byCriteria:
      criteria && likelihood && consequence ? levelOf(criteria, bearer, { likelihood, consequence }) : null,
  };
}

/** Points and bearers whose level on record is not what the criteria give the steps beside it. */
export function differing(fields: Fields, criteria: Criteria): { point: Point; bearer: Bearer }[] {
  return points.flatMap((point) =>
    bearers.flatMap((bearer) => {
      const { level, byCriteria } = ratingOf(fields, criteria, point, bearer);
      return byCriteria !== null && byCriteria !== level ? [{ point, bearer }] : [];
    }),
  );
}
