import type { Persons } from '@throughline/domain/duties.ts';

/** Whether a member is the same person as the one who acts. */
export const actorTest =
  (who: Persons, member: string) =>
  (other: string): boolean =>
    who.person(other) === who.person(member);
