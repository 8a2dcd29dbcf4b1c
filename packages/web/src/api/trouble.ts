import type { Trouble } from '../ui/problem.tsx';
import { Problem } from './problem.ts';

/** What an error shows in place; null where there is none. A fault of the page itself is thrown on, to the page that says so. */
export const troubleOf = (error: unknown): Trouble | null => {
  if (error === null || error === undefined) return null;
  if (!(error instanceof Problem)) throw error;
  return error;
};
