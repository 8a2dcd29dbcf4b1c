import type { Actor } from './actor.ts';

/**
 * An account that one administrator alone opened, by a link that they held or by ending its second factors: whoever signs
 * in by it may be that administrator. It works, and decides nothing, until the person set their password by a link in
 * their mail, showed a second factor as the link was used, or another administrator confirmed that it is them.
 */
export const isOpened = (actor: Actor): boolean => actor.type === 'person' && actor.openedBy !== undefined;

/** Why such an account approves, accepts, grants and administers nothing, and what lifts that. */
export const openedWords =
  'One administrator alone opened this account, so it decides nothing for now: set your password by a link that is mailed to you, or have another administrator confirm under People that it is you.';
