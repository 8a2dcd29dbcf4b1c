import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@throughline/domain/errors.ts';
import type { FromWorker, ToWorker } from './guess-worker.ts';

/** Whose password it is to be, as far as others know it. */
export type About = {
  readonly email: string;
  /** Of the person and of the organisation. */
  readonly names: readonly string[];
};

/** Whoever guesses at a stolen hash makes this many guesses in weeks rather than days; sentences are far beyond. */
const fewestGuesses = 1e10;
/** What is strong so far is strong. The time to estimate grows faster than the length. */
const mostRead = 80;
const shortestWord = 3;
const mostWords = 100;
/** The list takes some 50 MB of memory, and people choose passwords seldom: it goes when nobody asked for so long. */
const idleMs = 60_000;
const patienceMs = 60_000;

/**
 * True for a password that is among the first somebody would try: on a list of widely used ones, put together of such
 * words, of keys side by side, of rows and dates, or of the address, the names and the product (OWASP ASVS 5, 6.2.4 and
 * 6.2.11; NIST SP 800-63B). In a thread of its own: a hostile one takes long to look through.
 */
export async function isGuessable(password: string, about: About): Promise<boolean> {
  const read = [...password.normalize('NFC')].slice(0, mostRead).join('');
  return (await guessing.guesses(read, wordsAbout(about))) < fewestGuesses;
}

/** Whole and in parts, as people put them together. */
export function wordsAbout({ email, names }: About): string[] {
  const [local = '', host = ''] = email.split('@');
  const whole = ['throughline', email, local, host, ...names];
  const parts = whole.flatMap((one) => one.split(/[\s\p{P}\p{S}]+/u));
  const words = [...whole, ...names.map((name) => name.replace(/\s+/g, '')), ...parts];
  return [...new Set(words.map((word) => word.toLowerCase()))]
    .filter((word) => word.length >= shortestWord)
    .slice(0, mostWords);
}

type Waiting = { readonly resolve: (guesses: number) => void; readonly reject: (error: unknown) => void };

/** The thread that estimates: begun by the first question, ended when none came for a while. */
class Guessing {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();

  guesses(password: string, words: readonly string[]): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#last += 1;
    const id = this.#last;
    this.#waiting.set(id, { resolve, reject });
    clearTimeout(this.#idle);
    const timer = setTimeout(() => this.#end(busy()), patienceMs);
    this.#worker ??= this.#begin();
    this.#worker.postMessage({ id, password, words } satisfies ToWorker);
    return promise.finally(() => {
      clearTimeout(timer);
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    });
  }

  #begin(): Worker {
    const url = new URL(`./guess-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
    const worker = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    worker.on('message', ({ id, guesses }: FromWorker) => {
      this.#waiting.get(id)?.resolve(guesses);
      this.#waiting.delete(id);
    });
    // After the listener, which would hold the process again: a server that stops does not wait for it.
    worker.unref();
    worker.once('error', (error) => this.#end(error));
    return worker;
  }

  /** Whoever waits still is told; the next question begins another thread. */
  #end(error?: unknown): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** What is read of a password is looked at in a second: more than that is a machine that has no time. */
const busy = (): DomainError =>
  new DomainError('too-many', 'The server is too busy to look at a password. Try again in ten seconds.', [], {
    retryAfter: 10,
  });

const guessing = new Guessing();
