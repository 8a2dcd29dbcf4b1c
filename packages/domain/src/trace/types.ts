/**
 * What the line says. Ids instead of refs: the presenter turns a record id into a ref and a member id into a name,
 * so that nothing here can leak a title to somebody who may not read it.
 */
import type { StationId, Verdict } from '@throughline/catalogue/vocabulary.ts';
import type { Day } from '../day.ts';
import type { Json } from '../json.ts';

export type Part = string | { readonly record: string } | { readonly day: Day } | { readonly member: string };
/** A sentence as parts, written by one catalogue (sentences.ts). */
export type Sentence = readonly Part[];

/** What pressing a button does; record ids, and values filled in for what is created. */
export type Deed =
  | { readonly type: 'open'; readonly record: string; readonly part?: string }
  | {
      readonly type: 'create';
      readonly kind: string;
      readonly fields: Readonly<Record<string, Json>>;
      readonly links: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly type: 'edit'; readonly record: string; readonly part: string }
  | { readonly type: 'step'; readonly record: string; readonly transition: string }
  | { readonly type: 'approve'; readonly record: string }
  /** Saying of a signed-off class that it was looked at again. */
  | { readonly type: 'validate'; readonly record: string };
/** What a button says: as a sentence, records stay ids until somebody looks; `title` is a record by its title. */
export type Label = string | readonly (string | { readonly record: string } | { readonly title: string })[];
export type Action = { readonly label: Label; readonly do: Deed };

/** What a gap falls with: then it has no action of its own. */
export type Cause = { readonly station: StationId } | { readonly organisation: string };

/** One gap per rule and cause, with all the records it names, worst first. */
export type Gap = {
  readonly sentence: Sentence;
  readonly records: readonly string[];
  /** Best honest day since when it stands; `null` where no date on record says it. */
  readonly since: Day | null;
  readonly causedBy: Cause | null;
  readonly action: Action | null;
};

/**
 * What a rule finds. "Not started" is none of its findings: the stage decides that for a whole station.
 `until` is the last day on which it holds when nothing else changes.
 */
export type Judgement =
  | { readonly verdict: 'holds'; readonly records: readonly string[]; readonly until: string | null }
  | { readonly verdict: 'gap'; readonly gaps: readonly Gap[] }
  | {
      readonly verdict: 'accepted';
      readonly gaps: readonly Gap[];
      /** Member id of who accepted it. */
      readonly by: string;
      readonly until: string | null;
    }
  | { readonly verdict: 'unverifiable'; readonly why: Sentence; readonly records: readonly string[] }
  | { readonly verdict: 'not-applicable'; readonly why: Sentence };

export type RuledGap = Gap & {
  readonly rule: string;
  /** Set where the gap stands under a waiver or an accepted risk: by whom and until when. */
  readonly accepted?: { readonly by: string; readonly until: string | null };
};
export type Unjudged = { readonly rule: string; readonly why: Sentence };
/** A rule that is judged from a later release: named, never counted. */
export type Later = { readonly rule: string; readonly waitsFor: readonly string[] };

export type StationResult = {
  readonly id: StationId;
  readonly verdict: Verdict;
  /** What holds, or why it does not apply, is not started or cannot be judged: one line. */
  readonly statement: Sentence;
  /** Last day on which the station holds; `null` when time alone cannot turn it, or it does not hold. */
  readonly holdsUntil: string | null;
  /** Holds, and ends within thirty days. */
  readonly soon: boolean;
  readonly gaps: readonly RuledGap[];
  /** Rules that hold, with the last day on which time alone lets them. */
  readonly holding: readonly { readonly rule: string; readonly until: string | null }[];
  readonly unverifiable: readonly Unjudged[];
  readonly notApplicable: readonly Unjudged[];
  readonly later: readonly Later[];
  /** Rules judged in part: what is named here is judged from a later release. */
  readonly partly: readonly Later[];
  /** Records that the judgements name, the worst first, with what they were found in. */
  readonly records: readonly {
    readonly record: string;
    readonly verdict: Verdict;
    readonly rules: readonly string[];
  }[];
};

export type Trace = {
  readonly system: string;
  /** RFC 3339, UTC: verdicts are true as of this moment. */
  readonly asOf: string;
  readonly stations: readonly StationResult[];
  readonly strip: string;
  readonly summary: {
    readonly gaps: number;
    readonly holds: number;
    /** Stations that apply and have started. */
    readonly applies: number;
    readonly notStarted: number;
    /** Nearest day on which a station that holds ends; `null` where a gap stands or nothing ends by time. */
    readonly holdsUntil: string | null;
    readonly next: { readonly station: StationId; readonly day: string } | null;
  };
  /** RFC 3339, UTC: the first moment at which time alone could turn any rule; `null` when none can. */
  readonly recheckAt: string | null;
};

/** One clause or control of the organisation's own line. */
export type QuestionResult = Omit<StationResult, 'id'> & {
  readonly id: string;
  readonly type: 'clause' | 'control';
};
export type OrganisationLine = {
  readonly asOf: string;
  readonly questions: readonly QuestionResult[];
  readonly recheckAt: string | null;
};
