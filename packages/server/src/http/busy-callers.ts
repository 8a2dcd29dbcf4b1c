import { createHash } from 'node:crypto';
import { DomainError } from '@throughline/domain/errors.ts';
import type { FastifyRequest } from 'fastify';
import type { Identify } from './credentials.ts';

const windowMs = 10_000;
const mostCallers = 50_000;

type Counted = { readonly since: number; count: number };

/**
 * Bounds how often one session or one token asks, so that no program takes the server from everybody else. It counts by
 * what lets somebody in, not by addresses: a proxy in front, or one that a sender makes up, changes nothing. What is
 * beyond is refused before anything is looked up. A request counts once, however often it is asked whose it is.
 * @param shown the session or token that a request shows; `null` for none
 * @param most in ten seconds, on this node; 0 for no bound
 */
export function boundCallers(
  identify: Identify,
  shown: (request: FastifyRequest) => string | null,
  most: number,
): Identify {
  if (most === 0) return identify;
  const counts = new Map<string, Counted>();
  const seen = new WeakSet<FastifyRequest>();
  return async (request) => {
    const secret = seen.has(request) ? null : shown(request);
    if (secret === null) return identify(request);
    seen.add(request);
    // Secrets are kept nowhere.
    const key = createHash('sha256').update(secret).digest('base64');
    const counted = count(counts, key);
    if (counted.count > most) throw tooMany(Math.ceil((counted.since + windowMs - performance.now()) / 1000));
    let known = false;
    try {
      const caller = await identify(request);
      known = caller !== null;
      return caller;
    } finally {
      // What lets nobody in is bounded by itself, and takes no room from those who are.
      if (!known) counts.delete(key);
    }
  };
}

function count(counts: Map<string, Counted>, key: string): Counted {
  const now = performance.now();
  const before = counts.get(key);
  if (before && now - before.since < windowMs) {
    before.count += 1;
    return before;
  }
  const begun = { since: now, count: 1 };
  counts.delete(key);
  counts.set(key, begun);
  for (const oldest of counts.keys()) {
    if (counts.size <= mostCallers) break;
    counts.delete(oldest);
  }
  return begun;
}

const tooMany = (retryAfter: number): DomainError =>
  new DomainError(
    'too-many',
    `Too many requests with this session or token. The next is possible in ${retryAfter} s.`,
    [],
    { retryAfter },
  );
