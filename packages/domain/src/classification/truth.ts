/**
 * Three values: what no answer has decided yet is neither true nor false (strong Kleene logic). `null` is unknown, and
 * makes a whole unknown only where it could still decide it.
 */
export type Truth = boolean | null;

/** True where every part is. Parts are judged one after the other, and no further than is needed. */
export function everyTrue<Part>(parts: readonly Part[], judge: (part: Part) => Truth): Truth {
  let whole: Truth = true;
  for (const part of parts) {
    const truth = judge(part);
    if (truth === false) return false;
    if (truth === null) whole = null;
  }
  return whole;
}

/** True where at least one part is, judged likewise. */
export function someTrue<Part>(parts: readonly Part[], judge: (part: Part) => Truth): Truth {
  let whole: Truth = false;
  for (const part of parts) {
    const truth = judge(part);
    if (truth === true) return true;
    if (truth === null) whole = null;
  }
  return whole;
}

const itself = (truth: Truth): Truth => truth;

export const allOf = (parts: readonly Truth[]): Truth => everyTrue(parts, itself);
export const anyOf = (parts: readonly Truth[]): Truth => someTrue(parts, itself);
export const notOf = (part: Truth): Truth => (part === null ? null : !part);
