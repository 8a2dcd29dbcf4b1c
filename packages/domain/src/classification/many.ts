/** Several uses that share answers: each keeps its own, and has its own result from both. Pure. */
import { answerText } from './answer-text.ts';
import type { Answers } from './answers.ts';

export type Merged = {
  readonly answers: Answers;
  /** Facts that the use answered otherwise before: its own answer stands. */
  readonly otherwise: readonly string[];
};

/** What nobody knows yet of a use: what was said of it or of all, save where one of the two gave an answer. */
export const mergedUnknown = (
  answers: Answers,
  own: ReadonlySet<string>,
  shared: ReadonlySet<string>,
): ReadonlySet<string> => new Set([...own, ...shared].filter((fact) => !answers.has(fact)));

/** Shared answers beside those that a use has: what it said itself stays, because somebody looked at it alone. */
export function mergedAnswers(own: Answers, shared: Answers): Merged {
  const otherwise = [...shared].flatMap(([fact, answer]) => {
    const said = own.get(fact);
    return said !== undefined && answerText(said) !== answerText(answer) ? [fact] : [];
  });
  return { answers: new Map([...shared, ...own]), otherwise };
}
