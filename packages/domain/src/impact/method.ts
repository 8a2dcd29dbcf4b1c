import { firstDay, lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import type { MethodStanding } from '../wire-impact.ts';

/** The versions of a method as far as they count: those approved, and until when earlier ones stand. */
export type MethodNow = {
  /** Every version that was ever approved. */
  readonly approved: readonly number[];
  readonly inForce: number | null;
  /** Last day on which assessments by an earlier version stand (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`). */
  readonly transitionOn: string | null;
};

/**
 * How an assessment stands to its method. `older`: an earlier version, and no transition runs, or it has ended.
 * @param today the organisation's calendar day, `YYYY-MM-DD`
 */
export function methodStanding(
  named: number | null,
  method: MethodNow | null,
  today: string,
): { readonly standing: MethodStanding; readonly says: string } {
  if (method === null || named === null)
    return { standing: 'none', says: 'It names no version of a method.' };
  const { inForce, transitionOn } = method;
  if (!method.approved.includes(named))
    return { standing: 'unknown', says: `Version ${named} of the method was never approved.` };
  if (named === inForce)
    return { standing: 'current', says: `It follows version ${named}, which is in force.` };
  if (inForce === null)
    return { standing: 'older', says: `It follows version ${named}; no version is in force now.` };
  const since = `It follows version ${named}; version ${inForce} is in force`;
  if (transitionOn === null) return { standing: 'older', says: `${since}, without a day of transition.` };
  return firstDay(today) <= lastDay(transitionOn)
    ? { standing: 'in-transition', says: `${since}. The transition ends on ${dayText(transitionOn)}.` }
    : { standing: 'older', says: `${since}. The transition ended on ${dayText(transitionOn)}.` };
}
