/**
 * The shapes of answers on `/api/v1`. Types alone: the server's presenters return them, the web application reads them,
 * tests check real answers against the OpenAPI document. Moments are RFC 3339 UTC, days are as in day.ts.
 */
import type { ChosenScope } from './acting.ts';
import type { ActorRef } from './actor.ts';
import type { Json } from './json.ts';
import type { Field } from './kinds/fields.ts';
import type { RelationType, StateShape } from './kinds/kind.ts';
import type { Role } from './permissions.ts';
import type { ApprovalStatus, ApprovalWire } from './wire-approval.ts';
import type { NamedMember, RecusalWire } from './wire-duties.ts';
import type { OutsideWire } from './wire-outside.ts';
import type { StepWire } from './wire-step.ts';
import type { NamedWire, ThroughWire } from './wire-through.ts';

/** `GET /kinds`: everything the web application needs to draw a register without bundling a declaration. */
export type KindWire = {
  name: string;
  prefix: string;
  collection: string;
  label: string;
  plural: string;
  purpose: string;
  regime: 'factual' | 'versioned';
  title: string;
  owner: string | null;
  fields: Readonly<Record<string, Field>>;
  relations: Readonly<
    Record<
      string,
      {
        type: RelationType;
        to: readonly string[];
        many: boolean;
        required: boolean;
        label: string;
        inverse: string;
        byAct?: true;
      }
    >
  >;
  index: readonly string[];
  material: readonly string[];
  stateLabel: string;
  states: Readonly<Record<string, { label: string; shape: StateShape; live?: true; ended?: true }>>;
  /** The state a new record begins in where none is named. */
  initial: string;
  /** All states in which a new record may begin, that one first: steps that bind nobody lead to them. */
  beginnings: readonly string[];
  /** `requires`: fields and relations that must hold something before the step. */
  transitions: Readonly<
    Record<string, { label: string; from: readonly string[]; to: string; requires: readonly string[] }>
  >;
  approvable: boolean;
  /** What approving is called here: a residual risk is accepted. */
  approving: 'approve' | 'accept';
  serves: readonly string[];
  /** What the caller may ever do with this kind. */
  abilities: AbilitiesWire;
};

export type AbilityWire =
  | ({ allowed: true } & ThroughWire)
  | {
      allowed: false;
      reason: string;
      /** Roles that could. */
      who: readonly string[];
      /** Members who could on this very record, at most five; absent where only roles can be named. */
      people?: readonly NamedWire[];
    };
export type AbilitiesWire = Readonly<Record<string, AbilityWire>>;

export type RefWire = {
  id: string;
  ref: string;
  kind: string;
  title: string;
  state: string;
  archived?: true;
};
export type MemberWire = {
  id: string;
  name: string;
  roles: readonly Role[];
  active: boolean;
  /** Last day with access (YYYY-MM-DD), where there is one. */
  until?: string;
  /** To administrators alone: what an external auditor reads, where it is not everything; ids of records. */
  scope?: ChosenScope;
  /** The systems and audits that the scope names. */
  scopeRecords?: readonly RefWire[];
  you?: true;
  /** A service account, which acts by tokens alone; without owner once the person who answered for it left. */
  service?: { owner: { id: string; name: string } | null };
  /** An identity provider manages this person: name and access come from there. */
  provisioned?: true;
  /** The name was erased, for good. */
  erased?: true;
  /**
   * To administrators alone: one of them alone opened the account, so that it decides nothing until another vouches.
   * `linked`: they set the provider that an address alone linked to it, and whoever comes by that decides nothing.
   */
  opened?: { at: string; by: string; vouch: boolean; linked: boolean };
  /** To administrators alone: accounts elsewhere that are linked to them, and the roles that came by each. */
  outside?: readonly OutsideWire[];
  /** To administrators alone: the address, and until when an invitation that nobody accepted yet is open. */
  email?: string;
  invitedUntil?: string;
  /** How the open invitation went out, where it goes by mail. */
  mail?: { state: 'sending' | 'sent' | 'failed'; message: string };
};

/** One row of a register. `fields` holds only the columns asked for (`?cols=`), or the declaration's own columns. */
export type RowWire = RefWire & {
  version: number;
  fields: Readonly<Record<string, Json>>;
  links?: Readonly<Record<string, readonly RefWire[]>>;
  approval?: ApprovalStatus;
  updatedAt: string;
  /** Systems only, as of now. */
  line?: LineWire;
};

/** The line of one system in a table cell. */
export type LineWire = {
  /** 15 letters: h holds, s holds but soon, g gap, a accepted, u unverifiable, n not started, - not applicable. `null` while never computed. */
  strip: string | null;
  gaps: number;
  holdsUntil: string | null;
  /** Being recomputed: what is shown may be older than the newest change. */
  stale: boolean;
};

export type ListWire<Item> = {
  items: readonly Item[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
  /** Rows that match. `10001` is never said: `{ count: 10000, more: true }`. */
  total?: { count: number; more: boolean };
};

/** An answer of an earlier moment states the place in the log that it was read at; -1 before the first entry. */
export type AsOfWire = { at: string; index: number };

/** `GET /{collection}`: a page, uncounted. `members` names the people in its rows. */
export type RegisterWire = Omit<ListWire<RowWire>, 'total'> & {
  members: Readonly<Record<string, string>>;
  asOf?: AsOfWire;
};

/** `GET /{collection}/count`: rows that match; for systems also how many of them have a gap at each station, in order. */
export type CountWire = {
  total: NonNullable<ListWire<RowWire>['total']>;
  gapsByStation?: readonly number[];
  asOf?: AsOfWire;
};

/** `GET /{collection}/{ref}`. The ETag is the version in quotes. */
export type RecordWire = RefWire & {
  /** What every version said was erased, for good. */
  erased?: true;
  version: number;
  fields: Readonly<Record<string, Json>>;
  links: Readonly<Record<string, readonly RefWire[]>>;
  /** Records that point here, by relation, at most 50 each with the whole count. */
  inverse: readonly {
    kind: string;
    relation: string;
    label: string;
    count: number;
    items: readonly RefWire[];
  }[];
  /** How linked records stand, by id: their approval, or for a system the gaps of its line. */
  marks: Readonly<Record<string, { approval?: ApprovalStatus; gaps?: number }>>;
  home: RefWire | null;
  approval: ApprovalWire | null;
  recusals?: readonly RecusalWire[];
  line?: LineWire;
  createdAt: string;
  updatedAt: string;
  updatedBy: ActorRef;
  /** Hex digest of the current version's content, and the log index of its entry once sequenced. */
  proof: { digest: string; entry: number | null };
  external: readonly { source: string; key: string }[];
  /** The file that says its state, where others rely on that and nobody decided it here. */
  broughtIn?: { file: string; at: string };
  /**
   * What a judgement found before it was opened again: the word and the day of it, in which version, who opened it, when
   * and why; and whether it counts until it is concluded anew.
   */
  foundBefore?: {
    version: number;
    word: string | null;
    on: string | null;
    counts: boolean;
    because: string | null;
    by: ActorRef;
    at: string;
  };
  /** That it binds although somebody said its end, which another person takes. */
  stillBinds?: string;
  /** Why nobody could approve it as it stands, and the fields and relations where that is put right. */
  lack?: { says: string; parts: readonly string[] };
  /** A legal hold that stands: the field that says why, and whether whoever asks lifts it, with a reason. */
  held?: { part: string; lift: AbilityWire };
  abilities: AbilitiesWire;
  transitions: readonly StepWire[];
  /** Names of the members that the fields mention. */
  members: Readonly<Record<string, string>>;
  /** Set when the answer is of an earlier moment. */
  asOf?: AsOfWire;
};

/** Answer of a change or of its dry run (`?dryRun=true`): what it did, and what it reopens. */
export type ChangeWire = {
  record: RecordWire;
  changed: readonly string[];
  material: readonly string[];
  /** Approvals that the change takes away or makes stale. */
  voided: readonly RefWire[];
  stale: readonly RefWire[];
};

export type VerdictWire = 'holds' | 'gap' | 'accepted' | 'unverifiable' | 'not-applicable' | 'not-started';
export type SourceWire = 'standard' | 'law' | 'contract' | 'house' | 'advice';

/**
 * A sentence as parts, written by the server from one catalogue: page, command line and print show the same words.
 * A part is plain text, a record, a day, or a person.
 */
export type SentenceWire = readonly (
  | string
  | { ref: RefWire }
  | { day: string }
  | { member: string; name: string }
)[];

export type ActionWire = {
  label: string;
  /** What pressing it does: open a record, create one with values filled in, edit a field, or take a step. */
  do:
    | { type: 'open'; ref: string; part?: string; tab?: 'comments' }
    | {
        type: 'create';
        kind: string;
        fields: Readonly<Record<string, Json>>;
        links: Readonly<Record<string, readonly RefWire[]>>;
      }
    | { type: 'edit'; ref: string; part: string }
    | { type: 'step'; ref: string; transition: string }
    | { type: 'approve'; ref: string }
    | { type: 'validate'; ref: string };
  ability: AbilityWire;
};

export type GapWire = {
  rule: string;
  ruleText: string;
  source: SourceWire;
  weight: 'major' | 'minor' | 'opportunity';
  sentence: SentenceWire;
  records: readonly RefWire[];
  /** Day since when it stands, where that is known. */
  since: string | null;
  /** Falls with another station, or with the organisation's line: then it has no action of its own. */
  causedBy: { station: string } | { organisation: string } | null;
  refs: readonly { id: string; title: string }[];
  action: ActionWire | null;
  task: (RefWire & { assignee: string | null; due: string | null }) | null;
  /** Under a waiver or accepted risk: by whom and until when. */
  accepted?: { by: string; until: string | null };
};

export type StationWire = {
  id: string;
  order: number;
  name: string;
  question: string;
  verdict: VerdictWire;
  /** What holds, or why it does not apply, in one line. */
  statement: SentenceWire;
  holdsUntil: string | null;
  soon: boolean;
  gaps: readonly GapWire[];
  /** Rules that could not be judged, with why. */
  unverifiable: readonly { rule: string; ruleText: string; why: string }[];
  /** What sealed records add, for whoever is their party alone: in no verdict and no count of anybody's line. */
  sealed?: {
    gaps: readonly GapWire[];
    unverifiable: readonly { rule: string; ruleText: string; why: string }[];
  };
  /** Rules judged of a later release: named, never counted. */
  records: readonly (RefWire & { note: string; verdict: VerdictWire | null })[];
  recordCount: number;
  serves: readonly { id: string; title: string }[];
};

/** `GET /systems/{ref}/trace`. */
export type TraceWire = {
  system: RefWire & { owner: string | null };
  /** RFC 3339; verdicts are true as of this moment and, where asked, of the log index. */
  asOf: { at: string; index: number };
  summary: {
    gaps: number;
    holds: number;
    applies: number;
    notStarted: number;
    holdsUntil: string | null;
    next: { station: string; day: string } | null;
  };
  strip: string;
  stations: readonly StationWire[];
};

/** `GET /readiness`. */
export type ReadinessWire = {
  asOf: string;
  /** Systems whose standing is being recomputed, of all. */
  stale: { count: number; of: number };
  /** `demo`: how many of all are demo systems; they count like any other, and are said to. */
  systems: { total: number; running: number; withGaps: number; runningWithGaps: number; demo: number };
  stations: readonly {
    id: string;
    name: string;
    holds: number;
    gap: number;
    accepted: number;
    unverifiable: number;
    notStarted: number;
    notApplicable: number;
  }[];
  organisation: readonly {
    id: string;
    title: string;
    question: string;
    rule: string;
    type: 'clause' | 'control';
    verdict: VerdictWire;
    statement: SentenceWire;
    gaps: readonly GapWire[];
  }[];
  mandatory: readonly MandatoryWire[];
  supporting: readonly MandatoryWire[];
};

export type CheckWire = { state: 'yes' | 'no' | 'not-yet-judged'; why: string };

export type MandatoryWire = {
  id: string;
  title: string;
  clause: string;
  nature: 'document' | 'record';
  record: RefWire | null;
  /** The version in force, whose document it is, since when approved, and by when it is looked at again. */
  version: number | null;
  owner: { id: string; name: string } | null;
  approvedOn: string | null;
  /** Who approved the version in force, for whom, and whether it was its author under a waiver; documents only. */
  approval: { by: NamedMember; onBehalfOf?: NamedMember; waived: boolean } | null;
  due: string | null;
  exists: CheckWire;
  approved: CheckWire;
  current: CheckWire;
  /** Records only: whether the condition is true today for all it names. */
  holds: CheckWire | null;
  ownerCanSpeak: CheckWire;
  passes: boolean;
  action: ActionWire | null;
};

export type JobWire = {
  id: string;
  type: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  message: string;
  startedAt: string | null;
  endedAt: string | null;
  result: Json;
};
