/** The shapes of answers on the rating of risks. Conventions as in wire.ts. */
import type { Considered, LeftInVain } from './risk/answered.ts';
import type { RefWire } from './wire.ts';
import type { NamedMember } from './wire-duties.ts';

type Bearer = 'organisation' | 'individuals' | 'society';
type Point = 'inherent' | 'current' | 'residual' | 'target';

/** Criteria as a form needs them: what can be chosen, and the level of each pair. */
export type CriteriaWire = {
  criteria: RefWire;
  version: number;
  /** How a risk names them, `RCR-1 v3`. */
  name: string;
  /** Last day on which ratings by older criteria count; `null` where they name none. */
  transitionUntil: string | null;
  likelihoods: readonly StepWire[];
  scales: Readonly<Record<Bearer, ScaleWire>>;
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

type ByBearer = Readonly<Record<Bearer, RatingWire>>;

/** `GET /risks/{ref}/rating`. */
export type RiskRatingWire = {
  risk: RefWire;
  version: number;
  /** The criteria that rate today; `null` where none are in force. */
  criteria: CriteriaWire | null;
  /** What the risk says it was rated by. */
  ratedBy: string | null;
  points: Readonly<Record<Point, ByBearer>>;
  /** The levels at which it was last accepted, or a plan for it approved, and what findings lead to that it carries. Below them a rating says why. */
  measures: readonly MeasureWire[];
  /** Effects of assessments that it carries, as they are judged today. */
  carried: readonly CarriedWire[];
};

export type MeasureWire = {
  as: 'accepted' | 'planned' | 'found';
  at: string;
  levels: Readonly<Record<'current' | 'residual', Readonly<Record<Bearer, string | null>>>>;
};

/** An effect by its number, in words; those are `null` where the assessment names it no more. */
export type CarriedWire = {
  assessment: RefWire;
  number: number;
  /** Id of the part of the assessment in which it stands, and what that is called. */
  part: string | null;
  dimension: string | null;
  effect: string | null;
  severity: string | null;
  /** What is judged otherwise since the risk was rated; empty where nothing is. */
  changes: readonly string[];
  /** The risk was closed before the assessment was approved for the first time. */
  closedBefore: boolean;
};

/** What one person rated apart from others. */
export type OpinionWire = {
  id: string;
  by: NamedMember;
  at: string;
  criteria: string;
  likelihood: string;
  consequences: Readonly<Record<Bearer, string>>;
  levels: Readonly<Record<Bearer, string>>;
  reason: string;
};

/** Where ratings differ: steps that are not the same, and how many levels lie between. */
export type DifferencesWire = {
  likelihood: boolean;
  consequences: Readonly<Record<Bearer, boolean>>;
  apart: Readonly<Record<Bearer, number>>;
  /** By different versions of the criteria. */
  criteria: boolean;
};

/** Ratings of one point that wait to be settled. Until two persons have rated, each reads their own alone. */
export type RoundWire = {
  open: boolean;
  raters: readonly NamedMember[];
  opinions: readonly OpinionWire[];
  /** The one of whoever asks, which they take back while it is not open. */
  own: string | null;
  /** `null` until it is open. */
  differences: DifferencesWire | null;
  /** Why whoever asks adds none; `null` where they may, as far as the ratings go. */
  obstacle: string | null;
};

/** Ratings that were settled together. */
export type SettledWire = {
  point: Point;
  version: number;
  by: NamedMember;
  at: string;
  reason: string | null;
  opinions: readonly OpinionWire[];
  differences: DifferencesWire;
};

/** `GET /risks/{ref}/opinions`. */
export type RiskOpinionsWire = {
  risk: RefWire;
  version: number;
  criteria: CriteriaWire | null;
  rounds: Readonly<Record<Point, RoundWire>>;
  settled: readonly SettledWire[];
};

/** How many risks stand at each level; `none` has no level. */
export type LevelCountsWire = Readonly<Record<string, number>>;

/** `GET /risks/matrix`: open risks on the matrix of one version of the criteria. */
export type RiskMatrixWire = {
  point: Point;
  bearer: Bearer;
  /** `null` where none are in force and none were named. */
  criteria: CriteriaWire | null;
  /** Name of those in force today. */
  inForce: string | null;
  cells: readonly { likelihood: string; consequence: string; level: string; risks: number }[];
  /** Rated by these criteria, without a place on the matrix. */
  unplaced: number;
  /** Rated by other criteria, or by none that is named. */
  others: readonly { criteria: string | null; risks: number }[];
  unrated: number;
  total: number;
  levels: Readonly<Record<Point, LevelCountsWire>>;
};

/** `GET /risks/trend`: a point a day, oldest first. */
export type RiskTrendWire = {
  days: readonly { day: string; levels: LevelCountsWire; total: number }[];
};

/** One thing to consider in a run of the risk assessment. */
export type SuggestionWire = {
  /** `C.3.1`, `LLM01:2026`, `AML.T0051`, `IA-31/4`: what a row of the run names in `from`. */
  id: string;
  from: 'annex-c' | 'owasp-llm' | 'owasp-ml' | 'mitre-atlas' | 'impact';
  title: string;
  words: string;
  /** Facts of the system that led to it. */
  because: readonly string[];
  sources: readonly string[];
  objectives: readonly string[];
  considered: Considered;
  /** Risks of the system that say they were made of it. */
  risks: readonly RefWire[];
  /** Of a finding that no risk carries: why leaving it with a reason does not settle it. */
  asks: LeftInVain | null;
};

/** `GET /risk-assessments/{ref}/suggestions`. */
export type SuggestionsWire = {
  run: RefWire;
  version: number;
  /** Facts of the library that hold of the system, with their words. */
  facts: readonly { id: string; words: string }[];
  suggestions: readonly SuggestionWire[];
};
