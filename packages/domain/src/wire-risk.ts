/** The shapes of answers on the rating of risks. Conventions as in wire.ts. */
import type { RefWire } from './wire.ts';

/** Criteria as a form needs them: what can be chosen, and the level of each pair. */
export type CriteriaWire = {
  criteria: RefWire;
  version: number;
  /** How a risk names them, `RCR-1 v3`. */
  name: string;
  likelihoods: readonly StepWire[];
  scales: Readonly<Record<'organisation' | 'individuals' | 'society', ScaleWire>>;
};

export type StepWire = { step: string; meaning: string | null };

export type ScaleWire = {
  consequences: readonly StepWire[];
  /** Levels by the place of likelihood, then of consequence: `levels[0][1]` is that of the first with the second. */
  levels: readonly (readonly string[])[];
  /** The highest level borne without treatment. */
  threshold: string | null;
};

/** One point of one bearer: what stands on record, and what the criteria make of its steps. */
export type RatingWire = {
  likelihood: string | null;
  consequence: string | null;
  level: string | null;
  byCriteria: string | null;
};

type ByBearer = Readonly<Record<'organisation' | 'individuals' | 'society', RatingWire>>;

/** `GET /risks/{ref}/rating`. */
export type RiskRatingWire = {
  risk: RefWire;
  version: number;
  /** The criteria that rate today; `null` where none are in force. */
  criteria: CriteriaWire | null;
  /** What the risk says it was rated by. */
  ratedBy: string | null;
  points: Readonly<Record<'inherent' | 'current' | 'residual', ByBearer>>;
};
