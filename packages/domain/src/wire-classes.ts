/** The shapes of answers on the schemes of classification beside the law. Conventions as in wire.ts. */
import type { TierOpen } from './classification/judge-tier.ts';
import type { Asked } from './classification/side-by-side.ts';
import type { Overlap } from './classification/tier-findings.ts';
import type { Condition, Hits, TierLevel } from './classification/tier-table.ts';
import type { RefWire } from './wire.ts';

export type TierFactWire = {
  id: string;
  label: string;
  many: boolean;
  values: readonly { id: string; label: string }[];
};

export type TierRowWire = { row: string; level: string; because: string | null; when: readonly Condition[] };

type ExampleWire = readonly { fact: string; values: readonly string[] }[];

/** `GET /classification-schemes/{ref}/table`: the table as it is written now, approved or not. */
export type SchemeTableWire = {
  scheme: RefWire;
  version: number;
  /** Version that is in force; `null` while none is approved. */
  inForce: number | null;
  hits: Hits;
  levels: readonly TierLevel[];
  rows: readonly TierRowWire[];
  /** Facts that its conditions ask, in the order of its columns. */
  asked: readonly string[];
  /** Everything that a condition could ask, own questions at the end. */
  facts: readonly TierFactWire[];
  questions: readonly { id: string; key: string; ask: string; answers: readonly string[] }[];
  findings: {
    /** Combinations of answers that were tried; `null` where there are too many. */
    tried: number | null;
    holes: { count: number; examples: readonly ExampleWire[] };
    overlaps: readonly (Omit<Overlap, 'example'> & { example: ExampleWire })[];
    idle: readonly string[];
    unreached: readonly string[];
  };
};

/** `GET /classification-schemes/{ref}/changes`: stored classes that the scheme as it is written would change, tiers or levels of others. */
export type TierComparisonWire = {
  scheme: RefWire;
  version: number;
  inForce: number | null;
  looked: number;
  changed: readonly {
    record: RefWire;
    before: string | null;
    after: string | null;
    open: TierOpen | null;
    asked: readonly string[];
  }[];
};

export type ClassOfUseWire = {
  record: RefWire;
  /** In words; `null` where it says none, or no answers lead to what it says. */
  outcome: string | null;
  /** What a file stated of the law without answers, in words: it is no class. */
  stated: string | null;
  /** Of what becomes prohibited: from which day. */
  prohibitedFrom: string | null;
  signedOff: boolean;
  on: string | null;
  /** Who gave it, where it comes from outside. */
  givenBy: string | null;
  validatedOn: string | null;
  due: string | null;
  /** A later day that was written since the sign-off, and counts once somebody signs it off. */
  waits: string | null;
  over: boolean;
  /** It says a level that the version in force of its scheme does not have. */
  levelGone: boolean;
  /** Where its sign-off was taken back, or it was withdrawn: what it said then, by whom, on which day and why. */
  takenBack: {
    said: string | null;
    signedOff: boolean;
    /** A name. */
    by: string | null;
    on: string;
    reason: string | null;
  } | null;
};

export type TierOfUseWire = {
  level: { level: string; meaning: string | null } | null;
  atLeast: string | null;
  open: TierOpen | null;
  /** Facts that are not known and could still change the tier, in words; own questions are among the questions. */
  needed: readonly string[];
  /** What the registers say to what the table asks. */
  known: readonly { label: string; values: readonly string[] }[];
  questions: readonly {
    id: string;
    ask: string;
    values: readonly { id: string; label: string }[];
    /** Id of the value, `not-known` where nobody knows yet, `null` where nobody was asked. */
    answer: string | null;
    needed: boolean;
  }[];
  fits: readonly { row: string; level: string; because: string | null }[];
  /** What is kept is another tier than the table in force gives. */
  differs: boolean;
};

/** `GET /use-cases/{ref}/classes`: every scheme beside the others. */
export type UseClassesWire = {
  useCase: RefWire;
  system: RefWire | null;
  schemes: readonly {
    method: 'law' | 'table' | 'given';
    /** `null` for the law. */
    scheme: RefWire | null;
    name: string;
    version: number | null;
    askedWhere: readonly string[];
    asked: Asked;
    classes: readonly ClassOfUseWire[];
    /** They count for nothing, and were there. */
    withdrawn: readonly ClassOfUseWire[];
    /** Under the law: its signed-off classes contradict each other, and the stricter counts. */
    apart: boolean;
    tier: TierOfUseWire | null;
  }[];
  loose: readonly ClassOfUseWire[];
  stated: readonly { scheme: string; value: string }[];
};

/** `GET /classification/due`. */
export type DueClassesWire = {
  today: string;
  /** Classes that are signed off. */
  of: number;
  over: number;
  undated: number;
  rows: readonly { record: RefWire; scheme: string; owner: string | null; due: string; over: boolean }[];
};
