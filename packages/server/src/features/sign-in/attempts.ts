import { DomainError } from '@throughline/domain/errors.ts';

const windowMs = 15 * 60_000;
const perAddressAndHost = 10;
const perHost = 100;
const mostRemembered = 50_000;

/**
 * Refused attempts to sign in, by address together with the host they come from: guessing from one place stops there,
 * and the address's owner still gets in from elsewhere. Kept by each node for itself.
 */
export class Attempts {
  readonly #refused = new Map<string, { count: number; until: number }>();

  /** Throws `too-many` while the address or the host has used up its attempts. */
  ensureAllowed(email: string, ip: string, now: Date): void {
    const until = Math.max(
      this.#blockedUntil(pair(email, ip), perAddressAndHost, now),
      this.#blockedUntil(ip, perHost, now),
    );
    if (until === 0) return;
    const retryAfter = Math.ceil((until - now.getTime()) / 1000);
    throw new DomainError(
      'too-many',
      `Too many refused attempts from here. The next is possible in ${Math.ceil(retryAfter / 60)} minutes.`,
      [],
      { retryAfter },
    );
  }

  refuse(email: string, ip: string, now: Date): void {
    for (const key of [pair(email, ip), ip]) {
      const known = this.#refused.get(key);
      const count = known && known.until > now.getTime() ? known.count + 1 : 1;
      this.#refused.delete(key);
      this.#refused.set(key, { count, until: now.getTime() + windowMs });
    }
    this.#forget();
  }

  accept(email: string, ip: string): void {
    this.#refused.delete(pair(email, ip));
  }

  #blockedUntil(key: string, most: number, now: Date): number {
    const known = this.#refused.get(key);
    return known && known.count >= most && known.until > now.getTime() ? known.until : 0;
  }

  /** The oldest go first: a map keeps the order in which keys were set. */
  #forget(): void {
    for (const key of this.#refused.keys()) {
      if (this.#refused.size <= mostRemembered) return;
      this.#refused.delete(key);
    }
  }
}

function pair(email: string, ip: string): string {
  return `${email}\n${ip}`;
}
