import type { LawFact } from '@throughline/catalogue/types.ts';
import type { Json } from '../json.ts';
import { answerOf, notKnownText } from './answer-text.ts';
import { type Answer, type Answers, answerProblem, factsById, isAnswered } from './answers.ts';

/** What a record keeps of its interview. */
export type Kept = {
  readonly answers: Answers;
  /** Facts that were asked and of which nobody knew the answer yet. */
  readonly notKnown: ReadonlySet<string>;
  readonly notes: ReadonlyMap<string, string>;
  /** Rows that these rules do not take: of an import, or of rules that asked something else. */
  readonly unread: readonly { readonly fact: string; readonly text: string }[];
};

/** Reads the rows of the field `answers` back. Nothing is guessed: what is no answer of these rules is told apart. */
export function readKept(
  facts: readonly LawFact[],
  annexIII: readonly string[],
  rows: Json | undefined,
): Kept {
  const byId = factsById(facts);
  const answers = new Map<string, Answer>();
  const notKnown = new Set<string>();
  const notes = new Map<string, string>();
  const unread: { fact: string; text: string }[] = [];
  for (const row of Array.isArray(rows) ? rows : []) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) continue;
    const [id, text, note] = [wordsOf(row.fact), wordsOf(row.answer), wordsOf(row.note)];
    const fact = byId.get(id);
    const value = fact && answerOf(fact, text);
    if (fact && isAnswered(value) && answerProblem(fact, annexIII, value) === null) {
      answers.set(id, value);
    } else if (fact && text.trim() === notKnownText) notKnown.add(id);
    else {
      unread.push({ fact: id, text });
      continue;
    }
    if (note) notes.set(id, note);
  }
  return { answers, notKnown, notes, unread };
}

const wordsOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
