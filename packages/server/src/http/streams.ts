import type { Writable } from 'node:stream';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Caller } from './caller.ts';

/** A browser keeps one for each tab that is looked at; a page that is refused one asks now and then instead. */
const mostPerSession = 20;
const mostPerPerson = 50;

/** Answers that do not end by themselves; they are ended when the server stops, so that it can. */
export class Streams {
  readonly #open = new Map<Writable, readonly string[]>();

  /** Throws `too-many` where a session, a token or a person has as many open as are kept for one. */
  ensureRoom(caller: Caller): void {
    const kept = [...this.#open.values()];
    for (const { key, most } of keysOf(caller)) {
      const open = kept.filter((keys) => keys.includes(key)).length;
      if (open < most) continue;
      throw new DomainError('too-many', `${open} streams of yours are open. Close one first.`, [], {
        retryAfter: 60,
      });
    }
  }

  /** Answers how to forget it again. */
  add(stream: Writable, caller: Caller): () => void {
    this.#open.set(
      stream,
      keysOf(caller).map(({ key }) => key),
    );
    return () => this.#open.delete(stream);
  }

  end(): void {
    for (const stream of this.#open.keys()) stream.end();
  }
}

function keysOf({ by }: Caller): readonly { readonly key: string; readonly most: number }[] {
  if (by.type === 'token') return [{ key: `token ${by.token}`, most: mostPerSession }];
  return [
    { key: `session ${by.session}`, most: mostPerSession },
    { key: `person ${by.person}`, most: mostPerPerson },
  ];
}
