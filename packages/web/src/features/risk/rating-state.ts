import { asksWhy } from '@throughline/domain/risk/lowered.ts';
import type { CriteriaWire, MeasureWire, RiskRatingWire } from '@throughline/domain/wire-risk.ts';

export const bearers = ['organisation', 'individuals', 'society'] as const;
export type Bearer = (typeof bearers)[number];
export const points = ['inherent', 'current', 'residual', 'target'] as const;
export type Point = (typeof points)[number];

/** What a person has chosen of one point; `null` where nothing is. */
export type Choice = {
  readonly likelihood: string | null;
  readonly consequences: Readonly<Record<Bearer, string | null>>;
};

/** The steps on record that the criteria of now still have: a step that is gone is chosen anew. */
export function choiceOf(rating: RiskRatingWire, criteria: CriteriaWire, point: Point): Choice {
  const known = (steps: readonly { step: string }[], step: string | null) =>
    steps.some((one) => one.step === step) ? step : null;
  const of = rating.points[point];
  const consequence = (bearer: Bearer) => known(criteria.scales[bearer].consequences, of[bearer].consequence);
  const likelihoods = bearers.flatMap((bearer) => of[bearer].likelihood ?? []);
  return {
    likelihood: known(criteria.likelihoods, likelihoods[0] ?? null),
    consequences: {
      organisation: consequence('organisation'),
      individuals: consequence('individuals'),
      society: consequence('society'),
    },
  };
}

/** Where a choice stands in a bearer's matrix; -1 where nothing is chosen. */
export const placeOf = (criteria: CriteriaWire, choice: Choice, bearer: Bearer): [number, number] => [
  criteria.likelihoods.findIndex(({ step }) => step === choice.likelihood),
  criteria.scales[bearer].consequences.findIndex(({ step }) => step === choice.consequences[bearer]),
];

/** The level that a choice gives a bearer; `null` until both steps are chosen. */
export function levelOf(criteria: CriteriaWire, choice: Choice, bearer: Bearer): string | null {
  const [row, column] = placeOf(criteria, choice, bearer);
  return criteria.scales[bearer].levels[row]?.[column] ?? null;
}

export const isWhole = (choice: Choice): boolean =>
  choice.likelihood !== null && bearers.every((bearer) => choice.consequences[bearer] !== null);

/** Whether keeping would change nothing: the steps are on record, by these criteria, with the levels they give. */
export function isKept(
  rating: RiskRatingWire,
  criteria: CriteriaWire,
  point: Point,
  choice: Choice,
): boolean {
  if (!isWhole(choice) || rating.ratedBy !== criteria.name) return false;
  return bearers.every((bearer) => {
    const stands = rating.points[point][bearer];
    return (
      stands.likelihood === choice.likelihood &&
      stands.consequence === choice.consequences[bearer] &&
      stands.level === levelOf(criteria, choice, bearer)
    );
  });
}

type Chosen = {
  readonly rating: RiskRatingWire;
  readonly criteria: CriteriaWire;
  readonly point: Point;
  readonly choice: Choice;
};

/** What a choice comes out below: a decision or what findings lead to, for whom, and the level that stands there. */
export type Lowered = {
  readonly measure: MeasureWire;
  readonly of: readonly { readonly bearer: Bearer; readonly from: string }[];
};

/** What a choice rates lower than somebody decided on, or than a finding leads to: it is said why. */
export function loweredIn({ rating, criteria, point, choice }: Chosen): readonly Lowered[] {
  if (point === 'inherent' || point === 'target') return [];
  return rating.measures.flatMap((measure) => {
    const of = bearers.flatMap((bearer) => {
      const from = measure.levels[point][bearer];
      const to = levelOf(criteria, choice, bearer);
      // A rating far below a finding says why each time, whatever stood before it.
      const before = measure.as === 'found' ? null : rating.points[point][bearer].level;
      const lowered = to !== null && asksWhy(measure.as, from, { before, next: to });
      return from !== null && lowered ? [{ bearer, from }] : [];
    });
    return of.length === 0 ? [] : [{ measure, of }];
  });
}

/** Points that say how a risk stands, or what remains of it. */
const standing = ['current', 'residual'] as const;

/** Levels that the criteria in force make of the steps on record, where another stands there: by point, for whom. */
export const readAnew = (rating: RiskRatingWire) =>
  standing.flatMap((point) =>
    bearers.flatMap((bearer) => {
      const { level, byCriteria } = rating.points[point][bearer];
      return byCriteria === null || byCriteria === level ? [] : [{ point, bearer, level: byCriteria }];
    }),
  );

/** Whether steps on record are none of the criteria in force, so that those make no level of them. */
export const hasOtherSteps = (rating: RiskRatingWire): boolean =>
  standing.some((point) =>
    bearers.some((bearer) => {
      const { likelihood, byCriteria } = rating.points[point][bearer];
      return likelihood !== null && byCriteria === null;
    }),
  );

/** A level that stands for a point, with the point. */
export type Stands = { readonly point: 'inherent' | 'current'; readonly level: string };

/**
 * What a treatment would make worse: the points whose level is milder than that after it, with both levels. Of the
 * point that is open counts what is chosen. It is a contradiction to be said, and nothing is refused for it.
 */
export function worsenedIn(
  { rating, criteria, point, choice }: Chosen,
  bearer: Bearer,
  rank: (level: string) => number,
): { readonly after: string; readonly milder: readonly Stands[] } | null {
  const at = (of: Point): string | null =>
    (of === point ? levelOf(criteria, choice, bearer) : null) ?? rating.points[of][bearer].level;
  const after = at('residual');
  if (after === null) return null;
  // Each page speaks of its own point: the one after treatment of both others.
  const compared = (['inherent', 'current'] as const).filter((of) => point === 'residual' || point === of);
  const milder = compared.flatMap((of) => {
    const level = at(of);
    return level !== null && rank(level) < rank(after) ? [{ point: of, level }] : [];
  });
  return milder.length === 0 ? null : { after, milder };
}
