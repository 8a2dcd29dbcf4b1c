import type { BandStation } from '../ui/marks/band.tsx';
import type { Verdict } from '../ui/marks/verdict.ts';
import { verdictOf } from '../ui/marks/verdict.ts';

const names = [
  'Scope',
  'Policy',
  'Ownership',
  'Use cases',
  'Supply',
  'Classification',
  'Impact',
  'Risk',
  'Controls',
  'Release',
  'Information',
  'Operation',
  'Evidence',
  'Assurance',
  'Correction',
];

export const stationsOf = (line: string): readonly (BandStation & { verdict: Verdict })[] =>
  [...line].map((letter, index) => ({
    number: index + 1,
    name: names[index] ?? '',
    verdict: verdictOf(letter),
    soon: letter === 's',
  }));
