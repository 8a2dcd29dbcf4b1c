import type { LawFact } from '@throughline/catalogue/types.ts';
import type { Answer } from './answers.ts';

/**
 * What is sent where the question was put and nobody knows yet. The rules read it as no answer at all; it is kept, so that
 * what is being found out is told from what nobody asked.
 */
export const notKnown = 'not-known';

/** How that stands in a record. */
export const notKnownText = 'not known yet';

/** An answer as it stands in a record and is read by people: `yes`, `provider, deployer`, `2026-08-02`. */
export function answerText(answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  return typeof answer === 'object' ? answer.join(', ') : String(answer);
}

/** What a record says to a fact, as it would be sent; text that is no such answer is left as it is, to be refused by name. */
export function answerOf(fact: LawFact, text: string): unknown {
  const said = text.trim();
  switch (fact.type) {
    case 'bool':
      return said === 'yes' ? true : said === 'no' ? false : said;
    case 'number':
      return said === '' ? null : Number(said);
    case 'multi':
      return said === '' ? [] : said.split(',').map((value) => value.trim());
    default:
      return said === '' ? null : said;
  }
}
