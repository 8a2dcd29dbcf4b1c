/** What a kind declares about its days, beside when something happened or was over. */

/** Days that nobody moves on or clears by hand in these states: an act that looks again does, where nothing else is said. */
export type NotPutOff = {
  readonly fields: readonly string[];
  readonly in: readonly string[];
  /** What is said behind the name of the day. */
  readonly says?: string;
  /** The day of a look: left by a step, the days stand as they stood in these states until one came later. */
  readonly look?: string;
};

/**
 * What was to happen on a day, and the day, a whole one: once that has come, the two stay as they are until somebody
 * approved them, so that nobody puts off afterwards what was not looked at in time (8.4).
 */
export type Comes = { readonly day: string; readonly what: string };

/** A decision and its day: another decision was not made on the day of the one before. */
export type Decided = { readonly day: string; readonly what: string };
