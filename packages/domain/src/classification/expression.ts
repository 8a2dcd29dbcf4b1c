import type { LawRule } from '@throughline/catalogue/types.ts';
import { type Answer, type Answers, noneOfThem } from './answers.ts';
import { everyTrue, notOf, someTrue, type Truth } from './truth.ts';

/** A condition over answers, outcomes and named conditions, as the catalogue writes it. */
export type Expression = LawRule['when'];

/** What an expression is judged by: the answers, and how far each outcome has come. */
export type Facts = { readonly answers: Answers; readonly outcome: (id: string) => Truth };

/** An expression ready to be judged again and again. */
export type Test = (facts: Facts) => Truth;

/**
 * Makes an expression of the rules a test (eu-ai-act.yaml > semantics > expressions). `named` finds the test of a named
 * condition when it is first judged, so that conditions may stand in any order.
 */
export function testOf(expression: Expression, named: (condition: string) => Test): Test {
  if ('all' in expression) {
    const parts = expression.all.map((part) => testOf(part, named));
    return (facts) => everyTrue(parts, (part) => part(facts));
  }
  if ('any' in expression) {
    const parts = expression.any.map((part) => testOf(part, named));
    return (facts) => someTrue(parts, (part) => part(facts));
  }
  if ('not' in expression) {
    const part = testOf(expression.not, named);
    return (facts) => notOf(part(facts));
  }
  if ('cond' in expression) {
    let found: Test | undefined;
    return (facts) => {
      found ??= named(expression.cond);
      return found(facts);
    };
  }
  if ('outcome' in expression) return (facts) => facts.outcome(expression.outcome);
  if ('always' in expression) return () => true;
  if ('never' in expression) return () => false;
  const [fact, holds] = onAnswer(expression);
  return ({ answers }) => {
    const answer = answers.get(fact);
    return answer === undefined ? null : holds(answer);
  };
}

type OnAnswer = Exclude<
  Expression,
  | { all: unknown }
  | { any: unknown }
  | { not: unknown }
  | { cond: unknown }
  | { outcome: unknown }
  | { always: unknown }
  | { never: unknown }
>;

/** The fact that an expression asks about, and what its answer must be. */
function onAnswer(expression: OnAnswer): readonly [fact: string, holds: (answer: Answer) => boolean] {
  if ('is' in expression) return [expression.is, (answer) => answer === true];
  if ('is_false' in expression) return [expression.is_false, (answer) => answer === false];
  if ('nonempty' in expression)
    return [expression.nonempty, (answer) => listed(answer).some((value) => value !== noneOfThem)];
  if ('has' in expression) {
    const [fact, value] = expression.has;
    return [fact, (answer) => listed(answer).includes(value)];
  }
  if ('any_of' in expression) {
    const [fact, values] = expression.any_of;
    return [fact, (answer) => listed(answer).some((value) => values.includes(value))];
  }
  if ('any_except' in expression) {
    const [fact, values] = expression.any_except;
    const others = (value: string) => value !== noneOfThem && !values.includes(value);
    return [fact, (answer) => listed(answer).some(others)];
  }
  if ('any_of_enum' in expression) {
    const [fact, values] = expression.any_of_enum;
    return [fact, (answer) => typeof answer === 'string' && values.includes(answer)];
  }
  if ('gt' in expression) {
    const [fact, bound] = expression.gt;
    return [fact, (answer) => typeof answer === 'number' && answer > bound];
  }
  if ('before' in expression) {
    const [fact, day] = expression.before;
    return [fact, (answer) => isDay(answer) && answer < day];
  }
  const [fact, day] = expression.on_or_after;
  return [fact, (answer) => isDay(answer) && answer >= day];
}

const listed = (answer: Answer): readonly string[] =>
  typeof answer === 'object' ? answer : typeof answer === 'string' ? [answer] : [];

/** A special value such as `not_yet` lies neither before nor after any day. */
const isDay = (answer: Answer): answer is string => typeof answer === 'string' && /^\d/.test(answer);
