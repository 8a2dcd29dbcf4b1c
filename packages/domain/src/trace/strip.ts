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
