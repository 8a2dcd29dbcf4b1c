import type { Actor } from '@throughline/domain/actor.ts';
import { type AuthorityRow, inForceOn, meets, namedFor, standsInFor } from '@throughline/domain/authority.ts';
import { waiverDemand } from '@throughline/domain/duty-waivers.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { canHandOn, knownRoles, type Role, whoAdministers } from '@throughline/domain/permissions.ts';

/** Who may waive: whom the table of authority names for it or, where it names nobody, whoever keeps the settings. */
export type WaivingRight =
  | { readonly may: true; readonly onBehalfOf: string | null }
  | { readonly may: false; readonly reason: string; readonly who: readonly Role[] };

/** Whether somebody may waive a duty on a day (YYYY-MM-DD), by the whole table of authority. */
export function waivingRight(rows: readonly AuthorityRow[], actor: Actor, today: string): WaivingRight {
  if (actor.type !== 'person')
    return { may: false, reason: 'Only a person waives a duty; a token cannot.', who: [] };
  if (isOpened(actor)) return { may: false, reason: openedWords, who: [] };
  if (meets(rows, actor, waiverDemand, today) === null)
    return canHandOn(actor, 'settings')
      ? { may: true, onBehalfOf: null }
      : { may: false, reason: 'Your roles do not allow this.', who: whoAdministers('settings') };
  const [place] = standsInFor(rows, actor, waiverDemand, today);
  return place === undefined
    ? {
        may: false,
        reason: 'The table of authority names somebody else for waivers of every level.',
        who: rolesNamed(rows, today),
      }
    : { may: true, onBehalfOf: place };
}

/** Whether it is the table of authority that says whether somebody waives. */
export const tableNames = (
  rows: readonly AuthorityRow[],
  person: Extract<Actor, { type: 'person' }>,
  today: string,
): boolean => !isOpened(person) && meets(rows, person, waiverDemand, today) !== null;

/** Roles that the table names for waivers of every level. */
const rolesNamed = (rows: readonly AuthorityRow[], today: string): Role[] =>
  knownRoles(
    rows.flatMap((row) => {
      const { role } = row;
      const gives =
        role !== null && meets([row], { member: '', roles: [role] }, waiverDemand, today) === true;
      return gives && inForceOn(row, today) ? [role] : [];
    }),
  );

/**
 * Whether somebody's place in a waiver does not hang on one administrator alone: administrators, whom two hands make, and
 * whom the table of authority names by name, which two hands put in force. Any role but that is given by one.
 */
export const standsForWaivers = (rows: readonly AuthorityRow[], actor: Actor, today: string): boolean =>
  actor.type === 'person' &&
  (actor.roles.includes('admin') || namedFor(rows, waiverDemand, actor.member, today));
