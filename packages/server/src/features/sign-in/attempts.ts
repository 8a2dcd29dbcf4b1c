import { forgetAfterMs, freeRefusals, waitAfter } from '@throughline/domain/attempts.ts';
import { DomainError } from '@throughline/domain/errors.ts';

const freePerHost = 100;
const mostRemembered = 50_000;

/**
 * Where attempts come from: a host, or a browser that whoever is asked for signed in from before. Refusals elsewhere
 * never count against that browser, so guessing at somebody's address from next door does not keep them out.
 */
export type Place = { readonly host: string } | { readonly browser: string };

/**
 * Refused attempts to sign in, by who is asked for together with where the attempts come from. The wait grows with them
 * and ends by itself; nothing is locked for anybody elsewhere. Kept by each node for itself. An attempt counts as refused
 * from its beginning until it is accepted: many at once would else all pass before the first of them is known.
 */
export class Attempts {
  readonly #refused = new Map<string, { count: number; at: number }>();

  /** Counts an attempt on `whom`. Throws `too-many` while the next one has to wait at this place. */
  begin(whom: string, place: Place, now: Date): void {
    const until = Math.max(...keysOf(whom, place).map(({ key, free }) => this.#until(key, free, now)));
    if (until <= now.getTime()) {
      this.#refuse(whom, place, now);
      return;
    }
    const retryAfter = Math.ceil((until - now.getTime()) / 1000);
    throw new DomainError(
      'too-many',
      `Too many refused attempts from here. The next is possible in ${inWords(retryAfter)}.`,
      [],
      { retryAfter },
    );
  }

  /** The attempt got in: what was refused before it at its place is forgotten, and it counts against nobody. */
  accept(whom: string, place: Place): void {
    const [own, ...others] = keysOf(whom, place);
    if (own) this.#refused.delete(own.key);
    for (const { key } of others) {
      const known = this.#refused.get(key);
      if (known) this.#refused.set(key, { ...known, count: Math.max(0, known.count - 1) });
    }
  }

  #refuse(whom: string, place: Place, now: Date): void {
    for (const { key } of keysOf(whom, place)) {
      const count = this.#count(key, now) + 1;
      this.#refused.delete(key);
      this.#refused.set(key, { count, at: now.getTime() });
    }
    this.#forget();
  }

  #count(key: string, now: Date): number {
    const known = this.#refused.get(key);
    return known && now.getTime() - known.at < forgetAfterMs ? known.count : 0;
  }

  #until(key: string, free: number, now: Date): number {
    const known = this.#refused.get(key);
    return known ? known.at + waitAfter(this.#count(key, now), free) : 0;
  }

  /** The oldest go first: a map keeps the order in which keys were set. */
  #forget(): void {
    for (const key of this.#refused.keys()) {
      if (this.#refused.size <= mostRemembered) return;
      this.#refused.delete(key);
    }
  }
}

/** A host may not try many addresses either; a browser that is known is no stranger's. */
function keysOf(whom: string, place: Place): readonly { readonly key: string; readonly free: number }[] {
  if ('browser' in place) return [{ key: `${whom}\nbrowser ${place.browser}`, free: freeRefusals }];
  return [
    { key: `${whom}\nhost ${place.host}`, free: freeRefusals },
    { key: `host ${place.host}`, free: freePerHost },
  ];
}

const inWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
