import type { ProofMethod } from '@throughline/domain/factors.ts';
import { newId } from '../../store/ids.ts';
import { newSecret, secretHash } from '../../store/secret.ts';
import type { NewSession } from '../../store/sessions.ts';
import { cookieEnd, sessionLimits } from './limits.ts';

/** A request of the door, as far as signing in asks about it. */
export type Requested = {
  readonly at: Date;
  readonly id: string;
  readonly ip: string;
  /** What the browser says of itself. */
  readonly agent?: string | undefined;
  /** What the browser kept from an earlier session, so that it is known again. */
  readonly browser?: string | undefined;
  /** Makes what a browser that is not known keeps from now on. */
  readonly newBrowser: () => string;
  /** Does something once the answer has left, so that how long it took does not show in it. */
  readonly afterwards: (work: () => Promise<void>) => void;
};

/** A session that began. The cookie may stand as long as a session can last; the server ends it earlier. */
export type Started = {
  readonly token: string;
  readonly cookieUntil: Date;
  readonly organisation: string;
  /** What the browser keeps, so that it is known again; worth nothing by itself. */
  readonly browser: string;
};

/** A new session with its secret: the row goes into the change that lets somebody in, the rest to whoever asked. */
export function newSession(
  organisation: string,
  who: { readonly person: string; readonly member: string },
  request: Requested,
  methods: readonly ProofMethod[],
): { readonly started: Started; readonly row: NewSession } {
  const secret = newSecret();
  const browser = request.browser ?? request.newBrowser();
  const expiresAt = new Date(request.at.getTime() + sessionLimits.slideMs);
  const from = {
    browser: secretHash(browser),
    agent: request.agent?.slice(0, 300) ?? null,
    host: request.ip,
  };
  return {
    started: { token: secret.text, cookieUntil: cookieEnd(request.at), organisation, browser },
    row: { id: newId(), hash: secret.hash, ...who, expiresAt, methods, from },
  };
}
