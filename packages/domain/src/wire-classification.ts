/** The shapes of answers on the interview of a classification. Conventions as in wire.ts. */
import type { RefWire } from './wire.ts';

/**
 * What may be answered to a question: `true` or `false`, a value, several, a day (`YYYY-MM-DD`), a number; or `not-known`
 * where it was asked and nobody knows yet, which decides as little as no answer.
 */
export type AnswerWire = boolean | number | string | readonly string[];

export type QuestionWire = {
  fact: string;
  /** Heading that it stands under. */
  group: string;
  /** Where the answer belongs: `organisation`, `system`, `model` or `use_case`; the same there for every use. */
  level: string;
  type: 'bool' | 'enum' | 'multi' | 'date' | 'number';
  /** Article of Regulation (EU) 2024/1689. */
  article: string | null;
  ask: string;
  help: string | null;
  /** A case or two in plain words. */
  example: string | null;
  /** Values of a choice, or words that stand for no day, in order; `label` where the law gives the value its words. */
  values: readonly { id: string; label: string | null }[];
};

export type ListedObligationWire = {
  id: string;
  article: string;
  title: string;
  summary: string;
  /** `applies`, `upcoming`, `dormant` (held back without a date) or `open` (answers are missing). */
  status: 'applies' | 'upcoming' | 'dormant' | 'open';
  from: string | null;
  formalFrom: string | null;
  because: string | null;
  /** Kinds of records that discharge it. */
  dischargedBy: readonly string[];
  /** Where another law stands in its place, in words. */
  carveOut: string | null;
};

/** `POST /classification/evaluate`, and the part of an interview that comes of its answers. */
export type ClassifiedWire = {
  ruleSet: string;
  /** Day that the law was read for. */
  on: string;
  status: 'final' | 'undetermined' | 'contradiction';
  outcomes: readonly { id: string; label: string }[];
  /** Where a practice that was named is banned from a later day: the first such day. */
  prohibitedFrom: string | null;
  atLeast: readonly { id: string; label: string }[];
  alerts: readonly { id: string; label: string }[];
  /** Facts to be answered next, in order. */
  needed: readonly string[];
  /** Facts that were answered and matter no more. */
  idle: readonly string[];
  /** Checks that the answers fail, each with the questions whose answers clash. */
  contradictions: readonly { id: string; says: string; facts: readonly string[] }[];
  path: readonly {
    rule: string;
    article: string;
    truth: boolean | null;
    set: readonly string[];
    note: string | null;
  }[];
  obligations: readonly ListedObligationWire[];
};

/** `POST /classification/many`: what uses that share answers come to, each with its own. */
export type ManyClassifiedWire = {
  questions: readonly QuestionWire[];
  /** What the shared answers lead to alone, with the questions to ask next. */
  shared: ClassifiedWire;
  rows: readonly {
    useCase: RefWire;
    classification: RefWire | null;
    status: ClassifiedWire['status'] | null;
    outcomes: ClassifiedWire['outcomes'];
    /** How many questions are left to answer for it. */
    left: number;
    /** Shared facts that it answers otherwise itself. */
    otherwise: readonly string[];
    /** Why nothing is kept for it. */
    why: string | null;
  }[];
};

/** `GET /classifications/{ref}/interview`. */
export type InterviewWire = {
  classification: RefWire;
  useCase: RefWire | null;
  version: number;
  questions: readonly QuestionWire[];
  answers: Readonly<Record<string, AnswerWire>>;
  notes: Readonly<Record<string, string>>;
  /** Answers of other classifications to facts of the organisation or of the same system, to be confirmed here. */
  known: readonly { fact: string; answer: AnswerWire; from: RefWire }[];
  /** Answers kept here to such facts that stand otherwise in another classification. */
  elsewhere: readonly { fact: string; answer: AnswerWire; from: RefWire }[];
  /** Text kept as an answer that these rules do not take, such as that of an import. */
  unread: readonly { fact: string; text: string }[];
  result: ClassifiedWire;
  /** The rule set that the kept result came of; `null` where none is kept. */
  keptRuleSet: string | null;
  /** The day that it stands as classified on, as precise as it is known. */
  classifiedOn: string | null;
  /** Outcomes that are kept and that the rules of now do not lead to, or the other way round. */
  differs: boolean;
};
