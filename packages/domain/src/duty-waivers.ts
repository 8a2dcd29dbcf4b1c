import type { AuthorityDemand } from './authority.ts';
import { addDays } from './day.ts';

/**
 * A small organisation waives "another person approves" in writing, to a day (DESIGN 7): who wrote or submitted a version
 * may then approve it. What was approved meanwhile stands, and says that it was so.
 */
export type DutyWaiver = {
  readonly id: string;
  /** RFC 3339, UTC: from when it stands. */
  readonly at: string;
  /** YYYY-MM-DD, that day included, where the organisation is. */
  readonly lastDay: string;
  /** When it was ended early. */
  readonly endedAt: string | null;
};

/** What giving it takes: it lifts a duty from approvals of every level. */
export const waiverDemand: AuthorityDemand = { dimension: 'waiver', level: 'severe' };

/** A waiver is looked at again every year at the latest. */
export const waiverDaysAtMost = 366;

/** The last day that a waiver given on a day may have. */
export const latestLastDay = (today: string): string => addDays(today, waiverDaysAtMost);

/** Whether a waiver stood at a moment, which is on the day given where the organisation is. */
export function stood(waiver: DutyWaiver, at: string, day: string): boolean {
  return waiver.at <= at && day <= waiver.lastDay && (waiver.endedAt === null || at < waiver.endedAt);
}

/** The waiver under which an approval of that moment was given; the newest where several stood. */
export function waiverAt<Waiver extends DutyWaiver>(
  waivers: readonly Waiver[],
  at: string,
  day: string,
): Waiver | undefined {
  return waivers.findLast((waiver) => stood(waiver, at, day));
}
