import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import type { AnswerWire, ClassifiedWire, QuestionWire } from '@throughline/domain/wire-classification.ts';

export type Answers = Readonly<Record<string, AnswerWire>>;
export type Notes = Readonly<Record<string, string>>;
/** What a person has said in the interview, kept or not yet. */
export type Sheet = { answers: Answers; notes: Notes };

/** The answer that stands alone in a choice of several. */
export const none = 'none';

/**
 * Questions to show: those answered that matter, and those that are asked next; in the order of the law. What nobody knows
 * yet is shown while it is asked, and while answers that contradict each other leave open what is.
 */
export const asked = (
  questions: readonly QuestionWire[],
  answers: Answers,
  result: ClassifiedWire,
): readonly QuestionWire[] =>
  questions.filter(
    ({ fact }) =>
      result.needed.includes(fact) || (answers[fact] !== undefined && !isIdle(fact, answers, result)),
  );

/** Whether something was said to a fact that decides nothing as things stand. */
export const isIdle = (fact: string, answers: Answers, { needed, idle, status }: ClassifiedWire): boolean =>
  answers[fact] === notKnown ? status !== 'contradiction' && !needed.includes(fact) : idle.includes(fact);

/** Later answers that decide something before a change, and nothing after it. The answer that is changed is none of them. */
export const closedBy = (
  fact: string,
  before: { readonly answers: Answers; readonly result: ClassifiedWire },
  after: { readonly answers: Answers; readonly result: ClassifiedWire },
): readonly string[] =>
  Object.keys(after.answers).filter(
    (one) =>
      one !== fact &&
      before.answers[one] !== undefined &&
      !isIdle(one, before.answers, before.result) &&
      isIdle(one, after.answers, after.result),
  );

/** How far the interview is: answers that count, what nobody knows yet, and what is asked next. */
export type Progress = {
  readonly answered: number;
  readonly unknown: readonly string[];
  readonly left: number;
};

export const progressOf = (answers: Answers, result: ClassifiedWire): Progress => {
  const said = Object.keys(answers).filter((fact) => !isIdle(fact, answers, result));
  const unknown = said.filter((fact) => answers[fact] === notKnown);
  const left = result.needed.filter((fact) => answers[fact] === undefined).length;
  return { answered: said.length - unknown.length, unknown, left };
};

/** Questions under their headings, each heading once. */
export const grouped = (questions: readonly QuestionWire[]): readonly [string, readonly QuestionWire[]][] => [
  ...Map.groupBy(questions, ({ group }) => group),
];

/** Ticks or clears one value of several: none stands alone, and no value is no answer. */
export const toggled = (chosen: AnswerWire | undefined, value: string, on: boolean): AnswerWire | null => {
  const before = typeof chosen === 'object' ? chosen : [];
  if (!on) {
    const left = before.filter((one) => one !== value);
    return left.length === 0 ? null : left;
  }
  return value === none ? [none] : [...before.filter((one) => one !== none && one !== value), value];
};

/** The sheet with one answer put in, or taken away by `null`; its note goes with it. */
export const answered = ({ answers, notes }: Sheet, fact: string, answer: AnswerWire | null): Sheet => {
  const { [fact]: _old, ...others } = answers;
  if (answer !== null) return { answers: { ...others, [fact]: answer }, notes };
  const { [fact]: _note, ...left } = notes;
  return { answers: others, notes: left };
};

export const noted = ({ answers, notes }: Sheet, fact: string, note: string): Sheet => {
  const { [fact]: _old, ...others } = notes;
  return { answers, notes: note.trim() === '' ? others : { ...others, [fact]: note } };
};

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Facts whose answer or note is another in the two sheets. */
export const changedFacts = (before: Sheet, after: Sheet): readonly string[] =>
  [
    ...new Set(
      [before.answers, after.answers, before.notes, after.notes].flatMap((part) => Object.keys(part)),
    ),
  ].filter(
    (fact) =>
      differs(before.answers[fact], after.answers[fact]) || differs(before.notes[fact], after.notes[fact]),
  );

/** What somebody else kept meanwhile, with one's own changes on top: neither loses work. */
export const rebased = (mine: Sheet, before: Sheet, theirs: Sheet): Sheet =>
  changedFacts(before, mine).reduce((sheet, fact) => {
    const put = answered(sheet, fact, mine.answers[fact] ?? null);
    return mine.answers[fact] === undefined ? put : noted(put, fact, mine.notes[fact] ?? '');
  }, theirs);
