/**
 * Ratings that people give one risk apart from each other (6.1.2: results that can be compared). Each keeps its own, with
 * a reason; nobody sees another's until two persons have given theirs. What is then kept on the risk is settled by a
 * person, with a reason. Pure.
 */
import { rank } from '../authority.ts';
import type { Persons } from '../duties.ts';
import { sameStep } from '../grid.ts';
import { type Bearer, bearers } from './criteria.ts';
import type { Point, Rating } from './rate.ts';

/** One person's rating of one point of a risk, with the level that the criteria of that moment gave each bearer. */
export type Opinion = {
  readonly id: string;
  readonly member: string;
  readonly point: Point;
  /** Ref and version of the criteria, `RCR-1 v3`. */
  readonly criteria: string;
  readonly rating: Rating;
  readonly levels: Readonly<Record<Bearer, string>>;
  readonly reason: string;
};

/** So many persons have to have rated before anybody sees what another said. */
export const ratersNeeded = 2;

const personsIn = (opinions: readonly Opinion[], who: Persons): Set<string> =>
  new Set(opinions.map(({ member }) => who.person(member)));

/** Whether what was said may be seen: two persons, not two accounts of one, have rated. */
export const isOpen = (opinions: readonly Opinion[], who: Persons): boolean =>
  personsIn(opinions, who).size >= ratersNeeded;

/** What of a round somebody may read: everything once it is open, before that their own alone. */
export const readableBy = (
  opinions: readonly Opinion[],
  member: string | null,
  who: Persons,
): readonly Opinion[] =>
  isOpen(opinions, who)
    ? opinions
    : opinions.filter((one) => member !== null && who.person(one.member) === who.person(member));

/** Why this person may not add a rating to those that wait; nothing where they may. */
export function givingObstacle(
  opinions: readonly Opinion[],
  member: string,
  who: Persons,
): string | undefined {
  if (isOpen(opinions, who))
    return 'These ratings can be seen by now, so a further one would not be given apart. Settle them first.';
  return personsIn(opinions, who).has(who.person(member))
    ? 'You rated this point already. Take yours back to give another.'
    : undefined;
}

/** Why a rating may not be taken back; nothing where it may. */
export function takingBackObstacle(
  opinion: Opinion,
  opinions: readonly Opinion[],
  member: string,
  who: Persons,
): string | undefined {
  if (who.person(opinion.member) !== who.person(member))
    return 'Somebody else gave this rating, so they alone take it back.';
  return isOpen(opinions, who) ? 'Others have seen this rating by now, so it stays.' : undefined;
}

/** Why ratings may not be settled; nothing where they may. */
export const settlingObstacle = (opinions: readonly Opinion[], who: Persons): string | undefined =>
  isOpen(opinions, who)
    ? undefined
    : 'Two persons have not rated this point yet, so there is nothing to settle.';

/** Where ratings differ: parts whose steps are not all the same, and how many levels lie between for each bearer. */
export type Differences = {
  readonly likelihood: boolean;
  readonly consequences: Readonly<Record<Bearer, boolean>>;
  /** 0 where all come to the same level. */
  readonly apart: Readonly<Record<Bearer, number>>;
  /** They were given by different versions of the criteria, so that steps may not mean the same. */
  readonly criteria: boolean;
};

export function differencesOf(opinions: readonly Opinion[]): Differences {
  const differ = (values: readonly string[]) => values.some((one) => !sameStep(one, values[0] ?? one));
  const each = <T>(of: (bearer: Bearer) => T): Record<Bearer, T> => ({
    organisation: of('organisation'),
    individuals: of('individuals'),
    society: of('society'),
  });
  return {
    likelihood: differ(opinions.map(({ rating }) => rating.likelihood)),
    consequences: each((bearer) => differ(opinions.map(({ rating }) => rating.consequences[bearer]))),
    apart: each((bearer) => {
      const ranks = opinions.map(({ levels }) => rank(levels[bearer]));
      return ranks.length === 0 ? 0 : Math.max(...ranks) - Math.min(...ranks);
    }),
    criteria: new Set(opinions.map(({ criteria }) => criteria)).size > 1,
  };
}

/** Whether all say the same of everything. */
export const agree = ({ likelihood, consequences }: Differences): boolean =>
  !likelihood && bearers.every((bearer) => !consequences[bearer]);
