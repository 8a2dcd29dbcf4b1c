import type { Verdict } from '@throughline/catalogue/vocabulary.ts';

const letters: Readonly<Record<Verdict, string>> = {
  holds: 'h',
  gap: 'g',
  accepted: 'a',
  unverifiable: 'u',
  'not-started': 'n',
  'not-applicable': '-',
};

/** The line in fifteen letters: h holds, s holds but soon no more, g gap, a accepted, u unverifiable, n not started, - not applicable. */
export function strip(trace: {
  readonly stations: readonly { readonly verdict: Verdict; readonly soon: boolean }[];
}): string {
  return trace.stations
    .map(({ verdict, soon }) => (verdict === 'holds' && soon ? 's' : letters[verdict]))
    .join('');
}

const verdicts: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['h', 'holds'],
  ['s', 'holds'],
  ['g', 'gap'],
  ['a', 'accepted'],
  ['u', 'unverifiable'],
  ['n', 'not-started'],
  ['-', 'not-applicable'],
]);

/** The verdict that a letter of a strip stands for. Throws `TypeError` for one that no strip has. */
export function verdictOf(letter: string): Verdict {
  const verdict = verdicts.get(letter);
  if (!verdict) throw new TypeError(`No verdict has the letter "${letter}"`);
  return verdict;
}
