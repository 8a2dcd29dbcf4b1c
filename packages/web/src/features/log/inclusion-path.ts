import { inclusionRanges } from '@throughline/tlog/inclusion.ts';

/** On which side of the path each hash of an inclusion proof stands, from the leaf up (RFC 6962 §2.1.1). */
export const pathSides = (index: number, size: number): readonly ('left' | 'right')[] =>
  inclusionRanges(index, { start: 0, end: size }).map(({ start }) => (start > index ? 'right' : 'left'));
