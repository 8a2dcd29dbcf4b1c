import { dayIn } from '@throughline/domain/day.ts';
import type { Membership } from '../../store/people.ts';

/** The last day counts whole, wherever the organisation is: the earliest zone is twelve hours behind UTC. */
export const isOver = (lastDay: string | null, now: Date): boolean =>
  lastDay !== null && dayIn(now, 'Etc/GMT+12') > lastDay;

/** Memberships that let somebody in today. */
export const openMemberships = (memberships: readonly Membership[], now: Date): Membership[] =>
  memberships.filter(({ active, left_on: lastDay }) => active && !isOver(lastDay, now));

/** The membership of one organisation, or of the first that lets somebody in. */
export function chosenMembership(
  memberships: readonly Membership[],
  now: Date,
  organisation?: string,
): Membership | undefined {
  const open = openMemberships(memberships, now);
  return organisation ? open.find((one) => one.organisation === organisation) : open[0];
}
