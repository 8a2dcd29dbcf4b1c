/** The shapes of answers on crosswalk, coverage, overlapping requirements and gap analyses. Conventions as in wire.ts. */
import type { CoverageRow } from './crosswalk/coverage.ts';
import type { Framework, Target } from './crosswalk/frameworks.ts';
import type { Ground, Overlapping } from './crosswalk/overlaps.ts';
import type { ItemProgress } from './crosswalk/progress.ts';
import type { Carried, CarriedCounts } from './crosswalk/standings.ts';
import type { AbilityWire, RefWire } from './wire.ts';

export type CrosswalkRowWire = {
  id: string;
  /** The record of a row that the organisation wrote; `null` for one of the catalogue. */
  own: RefWire | null;
  /** What it leads to; an own row may lead to a control of the organisation's own. */
  framework: Target;
  fromFramework: Target;
  /** Clause or control of ISO/IEC 42001; of an own row the item of its framework. */
  from: string;
  fromTitle: string | null;
  to: string;
  toTitle: string | null;
  relation: string;
  /** What the relation means. */
  means: string;
  confidence: string;
  /** Ids of the sources that the row rests on. */
  basis: readonly string[];
  /** What an own row rests on, in words. */
  says: string | null;
  note: string | null;
  /** Evidence on record that names the control; a suggestion to look at it, never a verdict. */
  evidence: number;
};

/** `GET /crosswalk`, and `GET /evidence/{ref}/reuse` for what one piece of evidence may also speak to. */
export type CrosswalkWire = {
  rule: string;
  warnings: readonly string[];
  frameworks: readonly { id: Framework; name: string }[];
  sources: readonly { id: string; title: string }[];
  rows: readonly CrosswalkRowWire[];
  abilities: { write: AbilityWire };
};

/** `GET /coverage`. */
export type FrameworkCoverageWire = {
  framework: Framework;
  name: string;
  /** Running systems. */
  systems: number;
  rows: readonly CoverageRow[];
};

/** `GET /coverage/standings`: nothing of it says that an item is met. */
export type FrameworkStandingsWire = {
  framework: Framework;
  name: string;
  /** Running systems. */
  systems: number;
  items: readonly {
    item: string;
    title: string | null;
    controls: readonly string[];
    /** `null` where no adopted control leads there. */
    counts: CarriedCounts | null;
  }[];
};

/** `GET /coverage/systems`. */
export type SystemStandingsWire = {
  total: number;
  /** The next page. */
  next: number | null;
  items: readonly {
    system: { id: string; ref: string; title: string };
    controls: readonly { control: string; stands: Carried }[];
    frameworks: readonly (CarriedCounts & { framework: Framework })[];
  }[];
};

/** `GET /obligations/overlaps`. */
export type OverlapsWire = {
  groups: readonly (Pick<Overlapping, 'open'> & {
    primary: RefWire | null;
    members: readonly { record: RefWire; source: string; owner: string | null; refersTo: string | null }[];
    grounds: readonly (Pick<Ground, 'type' | 'confidence'> & {
      between: readonly [string, string];
      by: string;
    })[];
  })[];
};

/** `GET /gap-analyses/{ref}/progress`. */
export type GapProgressWire = {
  analysis: RefWire;
  version: number;
  measures: string;
  baselineOn: string | null;
  /** Place in the log at which the baseline was counted. */
  baselineAt: number | null;
  counts: {
    targets: number;
    reached: number;
    over: number;
    unplanned: number;
    forward: number;
    back: number;
  };
  items: readonly (Pick<ItemProgress, 'item' | 'before' | 'now' | 'stands' | 'moved'> & {
    title: string | null;
    target: { state: string; due: string | null; owner: string | null } | null;
    tasks: readonly { record: RefWire; owner: string | null; due: string | null; done: boolean }[];
  })[];
};
