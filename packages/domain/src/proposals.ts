import { isObject } from './json.ts';

/**
 * What one administrator does not do alone: give the table of authority, let authors approve, demand less of people
 * to show who they are, open or strip the account of another administrator, make somebody an administrator by a role or a group, raise what they
 * themselves may do, fill a role that the table names with whom they let in, end the last other administrator, take
 * back that two accounts are one person, or put other rules of classification in force. It is proposed, and takes effect as another person confirms it. Where nobody else could, it
 * takes effect at once, with a reason in writing that everybody sees: the small organisation is told, not stopped.
 */
export const proposalMatters = [
  'authority',
  'waiver',
  'proof-rules',
  'password-reset',
  'factors-reset',
  'administrator',
  'administrator-end',
  'administrator-group',
  'same-person-end',
  'classification-rules',
] as const;
export type ProposalMatter = (typeof proposalMatters)[number];

/** How a proposal ended. `alone`: it took effect by one hand, as nobody else could confirm it. */
export const proposalEnds = ['confirmed', 'refused', 'withdrawn', 'alone'] as const;
export type ProposalEnd = (typeof proposalEnds)[number];

/** Days that a proposal waits: what nobody wanted for so long is proposed anew, by who still wants it. */
export const proposalDays = 14;

export const readMatter = (value: unknown): ProposalMatter | undefined =>
  proposalMatters.find((one) => one === value);
export const readEnd = (value: unknown): ProposalEnd | undefined => proposalEnds.find((one) => one === value);

/** What was made before this moment, and is not ended, lapsed. */
export const waitingSince = (now: Date): Date => new Date(now.getTime() - proposalDays * 86_400_000);

/** Where a proposal stands. `at` is when it was made (RFC 3339). */
export function proposalState(
  { at, end }: { readonly at: string; readonly end: ProposalEnd | null },
  now: Date,
): ProposalEnd | 'waits' | 'lapsed' {
  if (end !== null) return end;
  return Date.parse(at) < waitingSince(now).getTime() ? 'lapsed' : 'waits';
}

/** Whether a hand is a second one: no person behind it is behind the first. Both name persons, never accounts. */
export const isSecondHand = (first: readonly string[], second: readonly string[]): boolean =>
  second.length > 0 && !second.some((person) => first.includes(person));

/** The group that a proposal is about, as what is carried out names it; nothing for any other. */
export const groupIn = (what: unknown): string | undefined =>
  isObject(what) && typeof what.group === 'string' ? what.group : undefined;

/** The pair that are one person, which a proposal would part, and its members; nothing for any other. */
export function pairIn(
  what: unknown,
): { readonly pair: string; readonly members: readonly string[] } | undefined {
  if (!isObject(what) || typeof what.pair !== 'string' || !Array.isArray(what.members)) return undefined;
  const members = what.members.flatMap((one: unknown) =>
    isObject(one) && typeof one.member === 'string' ? [one.member] : [],
  );
  return { pair: what.pair, members };
}
