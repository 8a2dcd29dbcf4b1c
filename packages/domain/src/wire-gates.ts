/** The shapes of answers on gates. Conventions as in wire.ts. */
import type { Finding, Origin } from './gates/derive.ts';
import type { GateType } from './gates/stages.ts';
import type { Entered } from './gates/standing.ts';
import type { GateException } from './kinds/gate-rows.ts';
import type { ActionWire, RefWire, SentenceWire } from './wire.ts';

/** What a person may say of a criterion, as the gate keeps it; `null` where nobody said anything. */
export type CriterionAnswer = 'met' | 'not-met' | 'not-applicable';

export type GateCriterionWire = {
  /** With the text it tells one criterion from another. */
  key: string;
  text: string;
  source: 'standard' | 'law' | 'contract' | 'house' | 'advice';
  /** A rule of the line, the catalogue's own list of this gate, or a document of the organisation. */
  from: {
    type: Origin['type'];
    /** Clauses, controls and articles that it rests on; none for the organisation's own. */
    refs: readonly { id: string; title: string }[];
    document: RefWire | null;
  };
  finding: Finding;
  says: readonly SentenceWire[];
  records: readonly RefWire[];
  action: ActionWire | null;
  /** How the gate has it; `null` before it was taken into one. */
  row: {
    /** What the line said when it was taken; another finding by now has to be taken again. */
    finding: Finding | null;
    seen: string | null;
    answer: CriterionAnswer | null;
    checked: string | null;
    answerToMiss: string | null;
    /** Member id. */
    missOwner: string | null;
    missBy: string | null;
  } | null;
};

export type GateConditionWire = {
  gate: RefWire;
  criterion: string;
  what: string;
  /** A name. */
  owner: string | null;
  by: string | null;
  fulfilledOn: string | null;
  how: string;
  /** Past its day, and not fulfilled. */
  over: boolean;
  /** Who could say that it is fulfilled, the first few by name: neither its owner nor who asked for the gate. */
  people: readonly string[];
  /** For whoever asks to say so, where it is theirs. */
  action: ActionWire | null;
};

export type GateExceptionWire = {
  type: GateException;
  until: string;
  over: boolean;
  gate: RefWire;
  /** It falls like any gate, also before its end: with what fell since. */
  stands: boolean;
  fallen: readonly RefWire[];
};

/** `GET /gates/{ref}/criteria`: what a gate asks, what the records say of it, and how people answered. */
export type GateSheetWire = {
  gate: RefWire;
  version: number;
  type: GateType;
  system: RefWire;
  criteria: readonly GateCriterionWire[];
  /** Whether rows and line agree; where not, the criteria are taken again before it is passed. */
  current: boolean;
  /** All that keeps it from being passed as it stands; empty where nothing stands in the way of a decision. */
  obstacles: readonly string[];
  /** Passed, and still standing; with what fell since where it does not. `null` while it is not passed. */
  standing: { stands: boolean; fallen: readonly RefWire[] } | null;
  exception: GateExceptionWire | null;
  /** Where its day of decision lies before the day on which it was put on record here; else `null`. */
  entered: Entered | null;
};

/** `GET /systems/{ref}/gates`: where a system is in its life cycle, and what is missing for the next gate. */
export type SystemGatesWire = {
  system: RefWire;
  stage: string;
  /** The stages in their order, by id. */
  stages: readonly { id: string; label: string }[];
  next: {
    type: GateType;
    label: string;
    /** The open gate of that type, where one was asked for. */
    asked: RefWire | null;
    /** One that stands and lets the step be taken. */
    open: RefWire | null;
    criteria: readonly GateCriterionWire[];
  } | null;
  /** Gates that were passed, each with whether it stands. */
  passed: readonly { gate: RefWire; type: string; stands: boolean; fallen: readonly RefWire[] }[];
  exceptions: readonly GateExceptionWire[];
  /** What was not met at gates that were passed: who sees to it until when, and since when it is fulfilled. */
  conditions: readonly GateConditionWire[];
};

/** `GET /gates/exceptions`: releases by emergency or admitted afterwards, fallen and overdue first. */
export type GateExceptionsWire = {
  overdue: number;
  items: readonly {
    gate: RefWire;
    system: RefWire;
    /** Stage of the system, by its label. */
    stage: string;
    type: GateException;
    reason: string | null;
    missing: string | null;
    decidedBy: string | null;
    decidedOn: string | null;
    until: string;
    over: boolean;
    stands: boolean;
    fallen: readonly RefWire[];
  }[];
};
