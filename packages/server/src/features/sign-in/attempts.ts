import { forgetAfterMs, freeRefusals, waitAfter } from '@throughline/domain/attempts.ts';
import { DomainError } from '@throughline/domain/errors.ts';

const freePerHost = 100;
const freeAnywhere = 20;
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
  readonly #refused = new Map<string, Refused>();
  /**
   * What anybody adds to is forgotten by the flood that anybody can send; so what is counted for an account's own sake
   * stands apart. Only whoever has its password, or a browser that it was used from, adds to that.
   */
  readonly #own = new Map<string, Refused>();

  /** Counts an attempt on `whom`. Throws `too-many` while the next one has to wait at this place. */
  begin(whom: string, place: Place, now: Date): void {
    this.#begin(keysOf(whom, place), now);
  }

  /**
   * Counts a guess at what has few values, by somebody who got as far as only the owner should. However many hosts they
   * come from, guesses of strangers are bounded together; a browser that is known is none. Answers how many of them there
   * were, with this one; 0 from a known browser.
   */
  beginGuess(whom: string, place: Place, now: Date): number {
    const strangers = anywhere(whom);
    const stranger = 'host' in place;
    this.#begin(stranger ? [...keysOf(whom, place), strangers] : keysOf(whom, place), now);
    return stranger ? this.#count(strangers, now) : 0;
  }

  /** The attempt got in: what was refused before it at its place is forgotten, and it counts against nobody. */
  accept(whom: string, place: Place): void {
    const [own, ...others] = keysOf(whom, place);
    this.#of(own).delete(own.key);
    this.#giveBack(others);
  }

  /** The attempt was not looked at: it counts against nobody. */
  withdraw(whom: string, place: Place): void {
    this.#giveBack(keysOf(whom, place));
  }

  /** As `accept`, of a guess: what other strangers guessed at goes on counting. */
  acceptGuess(whom: string, place: Place): void {
    this.accept(whom, place);
    if ('host' in place) this.#giveBack([anywhere(whom)]);
  }

  #giveBack(counted: readonly Counted[]): void {
    for (const one of counted) {
      const known = this.#of(one).get(one.key);
      if (known) this.#of(one).set(one.key, { ...known, count: Math.max(0, known.count - 1) });
    }
  }

  #of({ own }: Counted): Map<string, Refused> {
    return own ? this.#own : this.#refused;
  }

  #begin(keys: readonly Counted[], now: Date): void {
    const waits = keys.map((key) => ({ key, until: this.#until(key, now) }));
    const { key, until } = waits.reduce((last, one) => (one.until > last.until ? one : last));
    if (until <= now.getTime()) {
      for (const one of keys) this.#refuse(one, now);
      this.#forget(now);
      return;
    }
    const retryAfter = Math.ceil((until - now.getTime()) / 1000);
    throw new DomainError(
      'too-many',
      `Too many refused attempts ${key.whence}. The next is possible in ${inWords(retryAfter)}.`,
      [],
      { retryAfter },
    );
  }

  #refuse(counted: Counted, now: Date): void {
    const count = this.#count(counted, now) + 1;
    this.#of(counted).delete(counted.key);
    this.#of(counted).set(counted.key, { count, at: now.getTime() });
  }

  #count(counted: Counted, now: Date): number {
    const known = this.#of(counted).get(counted.key);
    return known && now.getTime() - known.at < counted.forgetMs ? known.count : 0;
  }

  #until(counted: Counted, now: Date): number {
    const known = this.#of(counted).get(counted.key);
    return known ? known.at + waitAfter(this.#count(counted, now), counted.free) : 0;
  }

  /** The oldest go first: a map keeps the order in which keys were set. */
  #forget(now: Date): void {
    for (const [key, { at }] of this.#own) {
      if (now.getTime() - at < longestForgetMs) break;
      this.#own.delete(key);
    }
    for (const key of this.#refused.keys()) {
      if (this.#refused.size <= mostRemembered) return;
      this.#refused.delete(key);
    }
  }
}

type Refused = { readonly count: number; readonly at: number };

/** What is counted under a key: how many refusals are free, and after how long without one it begins anew. */
type Counted = {
  readonly key: string;
  /** Of an account, and not of whoever knocks. */
  readonly own: boolean;
  readonly free: number;
  readonly forgetMs: number;
  readonly whence: string;
};

const here = { forgetMs: forgetAfterMs, whence: 'from here' } as const;
const longestForgetMs = 24 * forgetAfterMs;

/** All strangers together: whoever has the password and many hosts waits an hour for nothing. */
const anywhere = (whom: string): Counted => ({
  key: `${whom}\nanywhere`,
  own: true,
  free: freeAnywhere,
  forgetMs: longestForgetMs,
  whence: 'from browsers that are not known here',
});

/** A host may not try many addresses either; a browser that is known is no stranger's. */
function keysOf(whom: string, place: Place): readonly [Counted, ...Counted[]] {
  if ('browser' in place)
    return [{ key: `${whom}\nbrowser ${place.browser}`, own: true, free: freeRefusals, ...here }];
  return [
    { key: `${whom}\nhost ${place.host}`, own: false, free: freeRefusals, ...here },
    { key: `host ${place.host}`, own: false, free: freePerHost, ...here },
  ];
}

const inWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
