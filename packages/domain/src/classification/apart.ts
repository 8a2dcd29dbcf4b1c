import { listOf, type Readable } from '../trace/read.ts';

/**
 * Whether classes of one use under one law say different things. Each is held against the first as a set of outcomes: a
 * class that says more contradicts one that says less, for one of them is wrong about this use.
 */
export function outcomesDiffer(classes: readonly Readable[]): boolean {
  const [first, ...others] = classes.map((content) => [...listOf(content, 'outcomes')].sort().join(' '));
  return others.some((said) => said !== first);
}
