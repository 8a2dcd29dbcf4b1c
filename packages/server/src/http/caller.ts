import type { Actor } from '@throughline/domain/actor.ts';
import type { Presence } from '@throughline/domain/factors.ts';

/** Who sends a request, known before anything of it is read. */
export type Caller = {
  readonly organisation: string;
  readonly actor: Actor;
  /** How they proved it: a cookie's session or a token. */
  readonly by:
    | {
        readonly type: 'session';
        readonly session: string;
        readonly person: string;
        readonly member: string;
        readonly presence: Presence;
        /** When a second factor is demanded of this person; `null` where it is not. */
        readonly factorDue: Date | null;
      }
    | { readonly type: 'token'; readonly token: string; readonly name: string };
};
