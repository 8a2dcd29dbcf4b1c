/** The shapes of answers on the rules of classification. Conventions as in wire.ts. */
import type { CaseChange } from './classification/kept-cases.ts';
import type { AbilityWire, RefWire } from './wire.ts';
import type { NamedWire } from './wire-through.ts';

/** `GET /classification/rules`. */
export type RulesWire = {
  /** Rules by which interviews run now. */
  inForce: { version: string; law: string };
  /** Who proposed and who confirmed them, and when (RFC 3339); `null` while the organisation follows each release. */
  adopted: {
    by: NamedWire | null;
    /** `null` where it took effect by one hand alone. */
    confirmedBy: NamedWire | null;
    at: string;
    file: string;
  } | null;
  /** Version that this release brings. */
  release: string;
  abilities: { adopt: AbilityWire };
};

export type ChangedResultWire = {
  record: RefWire;
  /** Outcomes in words, as they are stored and as the other rules lead to. */
  before: readonly string[];
  after: readonly string[];
  /** What changes, a sentence for each. */
  says: readonly string[];
};

/** `POST /classification/rules/compare`. */
export type ComparisonWire = {
  inForce: string;
  candidate: string;
  /** Stored results that were held against the candidate. */
  looked: number;
  changed: readonly ChangedResultWire[];
  /** Test cases in which the candidate differs from the rules in force. */
  cases: readonly CaseChange[];
};
