/**
 * Three values: what no answer has decided yet is neither true nor false (strong Kleene logic). `null` is unknown, and
 * makes a whole unknown only where it could still decide it.
 */
export type Truth = boolean | null;

export function allOf(parts: Iterable<Truth>): Truth {
  let whole: Truth = true;
  for (const part of parts) {
    if (part === false) return false;
    if (part === null) whole = null;
  }
  return whole;
}

export function anyOf(parts: Iterable<Truth>): Truth {
  let whole: Truth = false;
  for (const part of parts) {
    if (part === true) return true;
    if (part === null) whole = null;
  }
  return whole;
}

export const notOf = (part: Truth): Truth => (part === null ? null : !part);
