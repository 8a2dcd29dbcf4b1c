/** The shapes of answers on `/api/v1/readiness` below the page itself: coverage, gaps, trend. Conventions as in wire.ts. */
import type { RefWire, SourceWire } from './wire.ts';

/** `GET /readiness/coverage?by=clause|control|unit|owner`. */
export type CoverageWire = {
  by: string;
  /** Of how many there is a row where it has a gap: clauses or controls; `null` where every unit or owner has one. */
  of: number | null;
  /** `organisationGaps`: those among `gaps` that stand on the organisation itself, on none of its systems. */
  rows: readonly {
    key: string;
    label: string;
    systems: number;
    gaps: number;
    organisationGaps: number;
    systemsWithGaps: number;
    /** Of a unit that others stand below: their names. Its counts hold theirs, so rows of units do not add up. */
    below?: readonly string[];
  }[];
};
/** `GET /readiness/gaps`: gaps over the register, worst first. */
export type GapRowWire = {
  system: RefWire | null;
  station: string;
  rule: string;
  ruleText: string;
  source: SourceWire;
  weight: string;
  since: string | null;
  owner: string | null;
};
/** `GET /readiness/trend`: one row a day. */
export type TrendWire = {
  days: readonly {
    day: string;
    systems: number;
    withGaps: number;
    gaps: number;
    holds: number;
    accepted: number;
    unverifiable: number;
    notStarted: number;
  }[];
};
