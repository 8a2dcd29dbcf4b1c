import { secretHash } from '../../store/secret.ts';
import { knowsBrowser } from '../../store/sessions.ts';
import type { Store } from '../../store/store.ts';
import type { Place } from './attempts.ts';
import type { Requested } from './begin.ts';

/** Where an attempt on an address comes from: a browser that its owner signed in from before, else the host. */
export async function placeOf(store: Store, email: string, request: Requested): Promise<Place> {
  if (request.browser === undefined) return { host: request.ip };
  const hash = secretHash(request.browser);
  return (await knowsBrowser(store, email, hash)) ? { browser: hash.toString('hex') } : { host: request.ip };
}
