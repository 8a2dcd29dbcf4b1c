import { rank } from '../authority.ts';
import { bearers } from '../risk/criteria.ts';
import { levelField } from '../risk/rate.ts';
import { type Acceptance, acceptanceBy } from './acceptance.ts';
import { approvedOf, type Context, inverse, ownOf } from './context.ts';
import { countsOf } from './counting.ts';
import type { TraceRecord } from './inputs.ts';
import { cellDay, cellText, linksOf, type Row, rowsOf, textOf } from './read.ts';
import { type UnseenFinding, unseenUnder } from './unseen-findings.ts';

/** Risks of the system that are not closed. */
export function openRisks(c: Context): TraceRecord[] {
  return ownOf(c, 'risk').filter((record) => record.state !== 'closed');
}

/** Treatments of a risk that were not given up: plans in force that name it, and those that never were approved. */
export function treatmentsOf(c: Context, risk: TraceRecord): TraceRecord[] {
  return inverse(c, risk, 'treatment', 'risks').filter((record) => record.state !== 'given-up');
}

/** Plans in force that name a risk only in a later draft, which nobody approved: they do not treat it yet. */
export function draftedFor(c: Context, risk: TraceRecord): TraceRecord[] {
  return inverse(c, risk, 'treatment').filter(
    (record) =>
      record.state !== 'given-up' &&
      linksOf(record, 'risks').includes(risk.id) &&
      !linksOf(countsOf(record), 'risks').includes(risk.id),
  );
}

/** All treatments of the system, the given up aside. */
export function treatments(c: Context): TraceRecord[] {
  return ownOf(c, 'treatment').filter((record) => record.state !== 'given-up');
}

/**
 * Whether a risk stands above the target it is measured against, for one of the three at least: what is borne for the
 * organisation says nothing of people. A target stated for all three is held against the worst. `null` without either.
 */
export function aboveThreshold(risk: TraceRecord): boolean | null {
  const own = bearers.some((bearer) => textOf(risk, levelField('target', bearer)) !== null);
  const pairs = own
    ? bearers.map((bearer) => [levelField('current', bearer), levelField('target', bearer)] as const)
    : [['currentLevel', 'targetLevel'] as const];
  const judged = pairs.flatMap(([current, target]) => {
    const [level, borne] = [textOf(risk, current), textOf(risk, target)];
    return level === null || borne === null ? [] : [rank(level) > rank(borne)];
  });
  return judged.length === 0 ? null : judged.includes(true);
}

/**
 * Open actions of a treatment: those that lack owner or day, those past their day, and how many a later draft leaves out.
 * The plan in force says what is to be done and until when; that it was done is put on record later, and needs nobody's
 * approval.
 */
export function actionsOf(c: Context, treatment: TraceRecord) {
  const planned = rowsOf(countsOf(treatment), 'actions');
  const open = openActions(c, planned, rowsOf(treatment, 'actions'));
  const due = (row: Row) => cellDay(row, 'due') ?? cellDay(row, 'firstDue');
  return {
    none: planned.length === 0,
    putAway: countsOf(treatment) === treatment ? 0 : openWithout(open, treatment),
    bare: open.filter((row) => cellText(row, 'owner') === null || due(row) === null).length,
    late: open.flatMap((row) => {
      const day = due(row);
      return day !== null && c.clock.over(day) ? [day] : [];
    }),
    next: open.flatMap((row) => due(row) ?? []),
  };
}

/** What is planned and not done: an action is known again by its words, as often as it stands there. */
function openActions(c: Context, planned: readonly Row[], now: readonly Row[]): Row[] {
  const isDone = (row: Row): boolean => {
    const day = cellDay(row, 'doneOn');
    return day !== null && c.clock.reached(day);
  };
  const doneBy = (rows: readonly Row[]) => Map.groupBy(rows.filter(isDone), wordsOf);
  const [before, since] = [doneBy(planned), doneBy(now)];
  const left = new Map(
    [...since].map(([words, rows]) => [words, rows.length - (before.get(words)?.length ?? 0)]),
  );
  return planned.filter((row) => {
    if (isDone(row)) return false;
    const words = wordsOf(row);
    const done = words === null ? 0 : (left.get(words) ?? 0);
    left.set(words, done - 1);
    return done <= 0;
  });
}

/** How many of them the draft does not name. */
function openWithout(open: readonly Row[], treatment: TraceRecord): number {
  const drafted = new Set(rowsOf(treatment, 'actions').map(wordsOf));
  return open.filter((row) => !drafted.has(wordsOf(row))).length;
}

const wordsOf = (row: Row): string | null => cellText(row, 'action')?.replace(/\s+/g, ' ').trim() ?? null;

/** How the acceptance of one of the system's risks stands. */
export const acceptanceOf = (c: Context, risk: TraceRecord): Acceptance =>
  acceptanceBy(c.organisation, c.clock, risk, approvedOf(c, risk), assessmentsBehind(c, risk));

/** Findings that whoever approved a risk of the system, or a plan for its risks, did not see. */
export const unseenOn = (c: Context, record: TraceRecord): UnseenFinding[] =>
  unseenUnder(record, { assessments: assessmentsBehind(c, record), risks: ownOf(c, 'risk') });

/**
 * Assessments whose findings an approval is held against: a risk of the whole organisation, which a plan of the system may
 * name until a control is in place, carries those of any system.
 */
const assessmentsBehind = (c: Context, { system }: TraceRecord): readonly TraceRecord[] =>
  system === null ? (c.organisation.inputs.carried ?? []) : ownOf(c, 'impact-assessment');
