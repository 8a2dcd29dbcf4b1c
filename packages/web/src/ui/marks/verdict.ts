import { type PlainTextKey, t } from '../../text/t.ts';

export const verdicts = [
  'holds',
  'gap',
  'accepted',
  'unverifiable',
  'not-started',
  'not-applicable',
] as const;
export type Verdict = (typeof verdicts)[number];

/** A line in one short text, a letter per station: `s` holds and ends within 30 days. */
export const letters = {
  h: 'holds',
  s: 'holds',
  g: 'gap',
  a: 'accepted',
  u: 'unverifiable',
  n: 'not-started',
  '-': 'not-applicable',
} as const;

const isLetter = (letter: string): letter is keyof typeof letters => letter in letters;

/** The verdict a letter stands for; a letter of a newer server is shown as not judged, never as holding. */
export const verdictOf = (letter: string): Verdict => (isLetter(letter) ? letters[letter] : 'unverifiable');

export const verdictWord = (verdict: Verdict): string => {
  const key: PlainTextKey = `verdict.${verdict}`;
  return t(key);
};
