import type { Actor } from '@throughline/domain/actor.ts';
import { type AuthorityRow, meets, standsInFor } from '@throughline/domain/authority.ts';
import { waiverDemand } from '@throughline/domain/duty-waivers.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { canHandOn, type Role, whoAdministers } from '@throughline/domain/permissions.ts';

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
        who: [],
      }
    : { may: true, onBehalfOf: place };
}
