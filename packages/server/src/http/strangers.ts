import { createHash } from 'node:crypto';
import { DomainError } from '@throughline/domain/errors.ts';
import type { FastifyRequest } from 'fastify';
import type { Identify } from './credentials.ts';
import { networkOf } from './network.ts';

const windowMs = 60_000;
/** Tokens and sessions that are none, from one network in a minute: more than all pages whose session ended ask. */
const mostUnknown = 3_000;
const mostNetworks = 50_000;
const mostKnown = 50_000;

/**
 * Bounds how often one network is looked up by tokens and sessions that nobody has: each costs a statement. What was good
 * in the last minute is looked up whatever comes beside it, so nobody is shut out by a neighbour.
 */
export function boundStrangers(identify: Identify, most = mostUnknown): Identify {
  const unknown = new Map<string, { readonly since: number; count: number }>();
  const known = new Map<string, number>();
  return async (request) => {
    const key = secretsOf(request);
    if (key === null) return identify(request);
    const network = networkOf(request.ip);
    const now = performance.now();
    const since = unknown.get(network);
    const counted = since && now - since.since < windowMs ? since : { since: now, count: 0 };
    if (counted.count >= most && now - (known.get(key) ?? -windowMs) >= windowMs)
      throw tooMany(Math.ceil((counted.since + windowMs - now) / 1000));
    const caller = await identify(request);
    if (caller) return remember(known, key, now, mostKnown, caller);
    counted.count += 1;
    return remember(unknown, network, counted, mostNetworks, null);
  };
}

/** What a request shows, as a digest: secrets are kept nowhere. */
function secretsOf({ headers }: FastifyRequest): string | null {
  const { authorization, cookie } = headers;
  const shown = authorization ?? cookie;
  return shown === undefined ? null : createHash('sha256').update(shown).digest('base64');
}

/** The oldest go first: a map keeps the order in which keys were set. */
function remember<K, V, A>(map: Map<K, V>, key: K, value: V, most: number, answer: A): A {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return answer;
}

const tooMany = (retryAfter: number): DomainError =>
  new DomainError(
    'too-many',
    `Too many tokens and sessions from here that are none. The next is looked at in ${retryAfter} s.`,
    [],
    { retryAfter },
  );
