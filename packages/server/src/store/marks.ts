/**
 * How many changes may have turned a line, or the organisation's facts, as a transaction sees it: what was folded into
 * the number and the marks that still stand beside it. Folding moves marks in one step, so the sum never falls and is
 * the same for every transaction that sees the same changes. A mark is an inserted row: nobody waits for anybody.
 */

/** Marks of the organisation's facts. `organisation` is SQL for its id, such as `$1`. */
export const factsMarksOf = (organisation: string) =>
  `(coalesce((select f.marks from facts_changed f where f.organisation = ${organisation}), 0)
    + (select count(*) from facts_mark k where k.organisation = ${organisation}))`;

/** Marks of the line of a row of `system_line`. */
export const lineMarksOf = (row: string) => `(${row}.marks + (select count(*) from line_mark k
    where k.organisation = ${row}.organisation and k.system = ${row}.system))`;

/** Whether a row of `system_line` was marked since it was computed. */
export const markedSince = (
  row: string,
) => `(${row}.marks <> ${row}.settled or exists (select from line_mark k
    where k.organisation = ${row}.organisation and k.system = ${row}.system))`;
