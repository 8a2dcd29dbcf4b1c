/** The shapes of answers about what takes two hands. Conventions as in wire.ts. */
import type { StepUpRule } from './factors.ts';
import type { Role } from './permissions.ts';
import type { ProposalEnd, ProposalMatter } from './proposals.ts';
import type { FactorDemand } from './second-factor.ts';
import type { AbilityWire } from './wire.ts';
import type { NamedMember } from './wire-duties.ts';
import type { NamedWire } from './wire-through.ts';

/** One line of the table of authority, with the dimension by its name. */
export type ProposedGrantWire = {
  level: string;
  dimension: string;
  holder: { role: Role } | NamedMember;
  delegate: NamedMember | null;
  until: string | null;
};

/** What changes about who administers, of a member or a group. */
export type ProposedRightsWire = {
  gains: readonly Role[];
  loses: readonly Role[];
  joins: readonly NamedMember[];
  leaves: readonly NamedMember[];
  access: 'begins' | 'ends' | null;
  /** The last day that a member gets; `null` for none; missing where it stays. */
  until?: string | null;
  /** Who answers for a service account from then on; missing where that stays. */
  answers?: NamedMember;
  /** The group is ended. */
  ended: boolean;
};

/** Rules of showing who one is that would demand less, each as it stood and as it was asked for. */
export type ProposedProofWire = {
  stepUp?: { from: StepUpRule; to: StepUpRule };
  secondFactor?: { from: DemandedFactor; to: DemandedFactor };
};
type DemandedFactor = { of: FactorDemand; days: number };

/** Rules of classification that wait, or took effect: what they would change, as it was counted when they were proposed. */
export type ProposedRulesWire = {
  version: string;
  /** Version that was in force then. */
  inForce: string;
  /** Blob with the text of the rules; `null` for whatever each release brings. */
  file: string | null;
  /** Stored results that were looked at, and how many of them change. */
  looked: number;
  changed: number;
  /** Ids of the test cases that expect something else. */
  cases: readonly string[];
  /** Blob with a row for each result and case that changes. */
  comparison: string;
};

export type ProposalWire = {
  id: string;
  matter: ProposalMatter;
  state: ProposalEnd | 'waits' | 'lapsed';
  /** `null` for a token. */
  by: NamedMember | null;
  at: string;
  reason: string | null;
  /** Whose account it is about. */
  about: NamedMember | null;
  /** Which group it is about. */
  group: NamedWire | null;
  /** Whom it would part: two accounts that are known as one person. */
  pair: readonly NamedMember[];
  /** While it waits. */
  rights: ProposedRightsWire | null;
  /** What less would be demanded. */
  proof: ProposedProofWire | null;
  /** Which rules of classification would be in force. */
  rules: ProposedRulesWire | null;
  /** Last day of a waiver (YYYY-MM-DD). */
  lastDay: string | null;
  /** Of a table of authority that waits: what it adds to the one in force, and takes out of it. */
  added: readonly ProposedGrantWire[];
  removed: readonly ProposedGrantWire[];
  /** Who could confirm it; nobody once it is over. */
  confirmers: readonly NamedMember[];
  ended?: { at: string; by: NamedMember; reason: string | null };
  abilities: { confirm: AbilityWire; end: boolean };
};

/** Instead of the usual answer: nothing took effect, and this waits for another person. */
export type WaitsWire = { waits: string };

/** What came of confirming; a link to hand over is shown this once. */
export type ConfirmedWire = {
  matter: ProposalMatter;
  link: string | null;
  until: string | null;
  mailed: boolean;
};
