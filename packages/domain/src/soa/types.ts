/** The Statement of Applicability as a derivation: what it is read from, and what comes out (6.1.3). */
import type { InputsNow } from '../approvals.ts';
import type { SoaDecision } from '../trace/applicability.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import type { Readable } from '../trace/read.ts';
import type { Action, Sentence } from '../trace/types.ts';
import type { Groups } from './groups.ts';

/**
 * A record of a system or of the organisation, as far as the statement needs it: there are a hundred thousand of them.
 * Of a versioned kind with an approved version, `fields` and `links` are those of that version.
 */
export type SoaRecord = Readable & {
  readonly id: string;
  readonly ref: string;
  readonly kind: string;
  readonly state: string;
  readonly system: string | null;
  readonly owner: string | null;
  /** A version of it stands approved. */
  readonly approved: boolean;
  /** RFC 3339: when its material content last changed; of implementations and control tests alone. */
  readonly materialAt?: string;
  /** RFC 3339; of implementations alone whose material content changed since. */
  readonly createdAt?: string;
};

/** Kinds whose records call for controls, put them in place, or test them. */
export const callingKinds = [
  'treatment',
  'impact-assessment',
  'obligation',
  'classification',
  'gate',
] as const;
export const soaKinds = [...callingKinds, 'implementation', 'control-test'] as const;

export type SoaFacts = {
  /** With every registered system: which of them run decides how many places a control has. */
  readonly organisation: OrganisationFacts;
  readonly groups: Groups;
  /**
   * What interim acceptances are judged by, by id: risks that implementations name as borne until they are in place, with
   * their acts, and the assessments whose findings these carry.
   */
  readonly interim: ReadonlyMap<string, TraceRecord>;
  /** What the approvals of lines stood on, as it is now: lines draw on records of systems too. */
  readonly inputs: InputsNow;
};

/** Why a control is called for; the ids that a line of the statement uses for its reasons. */
export const reasons = ['treatment', 'impact', 'law', 'contract', 'house-rule', 'good-practice'] as const;
export type Reason = (typeof reasons)[number];

/** Several records of which a row names the first few. */
export type Several = { readonly count: number; readonly first: readonly SoaRecord[] };

/** Records that call for a control for one reason. */
export type Source = Several & { readonly reason: Reason };

export type PlaceState = 'in-place' | 'partly' | 'planned' | 'missing' | 'no-systems';

/** How a control is put in place, over the running systems or once for the organisation. */
export type Placing = {
  readonly at: 'organisation' | 'system';
  readonly state: PlaceState;
  /** Running systems that need it, or 1 for the organisation; the four that follow add up to it. */
  readonly of: number;
  readonly inPlace: number;
  readonly partly: number;
  readonly planned: number;
  readonly missing: number;
  /** Systems that put an organisation's control in place in a way of their own. */
  readonly deviations: number;
};

/** A concluded test by somebody else; `tester` is a member's id. */
export type Tested = {
  readonly test: SoaRecord;
  readonly on: string;
  readonly conclusion: string;
  readonly tester: string;
};

/** What tests say of the implementations that are in place; the numbers add up to `of`. */
export type Testing = {
  readonly of: number;
  readonly effective: number;
  readonly partly: number;
  readonly failed: number;
  /** Without a conclusion by anybody who owns neither the control nor the implementation (9.1). */
  readonly untested: number;
  readonly last: Tested | null;
  /** Tests that the numbers stand on, each once: how many, and the newest of them. */
  readonly tests: { readonly count: number; readonly first: readonly Tested[] };
  readonly next: string | null;
};

/** `contradiction`: two things on record cannot both be right. `gap`: something is missing or late. */
export type Fault = {
  readonly code: string;
  readonly type: 'contradiction' | 'gap';
  readonly sentence: Sentence;
  readonly records: readonly string[];
  readonly action: Action | null;
};

export type SoaRow = {
  /** Id in the standard (`A.6.2.4`), or the code of an own control. */
  readonly id: string;
  readonly item: string | null;
  readonly topic: string | null;
  readonly title: string;
  readonly objective: string | null;
  readonly control: TraceRecord | null;
  readonly line: TraceRecord | null;
  readonly decided: SoaDecision;
  /** What the line says, approved or not. */
  readonly says: 'applicable' | 'excluded' | null;
  readonly reasons: readonly string[];
  readonly justification: string | null;
  /** The line says on what it rests: in words, or by records that it names as calling for the control. */
  readonly justified: boolean;
  readonly decidedOn: string | null;
  readonly sources: readonly Source[];
  /** Roles that typically need the control and that the organisation holds: a suggestion, never a ground (6.1.3). */
  readonly typicalFor: readonly string[];
  /** Who answers for the control as such: a member's id. */
  readonly owner: string | null;
  /** Implementations that count: on running systems, or for the organisation. */
  readonly implementedBy: Several;
  /** Of a control that is excluded or not decided nothing is asked, so both are `null`. */
  readonly placing: Placing | null;
  readonly testing: Testing | null;
  readonly faults: readonly Fault[];
  readonly action: Action | null;
};

export type Statement = {
  readonly today: string;
  readonly rows: readonly SoaRow[];
  readonly counts: {
    /** Controls of Annex A, and how many of them have an approved decision. */
    readonly annexA: number;
    readonly annexADecided: number;
    readonly own: number;
    readonly applicable: number;
    readonly excluded: number;
    readonly open: number;
    readonly contradictions: number;
    /** Applicable controls that nothing puts in place and nobody plans. */
    readonly withoutPlan: number;
    /** Controls that something calls for and that the statement leaves out: excluded, or not decided. */
    readonly leftOut: number;
    readonly runningSystems: number;
  };
};
