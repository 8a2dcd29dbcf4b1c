import type { Actor } from '@throughline/domain/actor.ts';
import type { Presence } from '@throughline/domain/factors.ts';
import type { Once } from './idempotency.ts';

/** Who changes what organisation, when, in answer to what: every change carries one. */
export type Context = {
  readonly organisation: string;
  readonly actor: Actor;
  /** The member in whose place an act on the organisation itself is done. */
  readonly onBehalfOf?: string | null;
  readonly at: Date;
  /** Id of what the change answers to (a record, an import), or a person's words kept beside the revision; never in the log as words. */
  readonly because: string | null;
  readonly request: string | null;
  /** Set when the client named the request, so that it happens once however often it is sent. */
  readonly once?: Once | undefined;
  /** Of a session: when whoever holds it last showed who they are. Programs and rules have none. */
  readonly presence?: Presence | undefined;
};
