import type { Actor } from '@throughline/domain/actor.ts';
import type { Persons } from '@throughline/domain/duties.ts';

/** Whether a member is the same person as the one who acts, or as one of those whom they stand in for. */
export function actorTests(who: Persons, { member, standsFor = [] }: Actor & { type: 'person' }) {
  const test =
    (...these: readonly string[]) =>
    (other: string): boolean =>
      these.some((one) => who.person(one) === who.person(other));
  return { isActor: test(member), isAbsent: test(...standsFor.map((one) => one.member)) };
}
