import { availableParallelism } from 'node:os';

/**
 * Lets so many readings be at work at once, the others in the order in which they came. Where the database shares the
 * machine, more of them than its cores take each other's time: all end late instead of most early. One that waited for the
 * patience begins all the same, so that long readings, a file or a whole register, hold nobody up for longer.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #patienceMs: number;
  /** What lets each of them begin, in their order. */
  readonly #waiting = new Set<() => void>();
  #working = 0;

  constructor({ atOnce, patienceMs }: { readonly atOnce: number; readonly patienceMs: number }) {
    this.#atOnce = atOnce;
    this.#patienceMs = patienceMs;
  }

  /** Does the work in its turn, and lets the next begin whatever comes of it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#working < this.#atOnce) this.#working += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (this.#working < this.#atOnce) this.#waiting.values().next().value?.();
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const begin = (): void => {
        clearTimeout(patience);
        this.#waiting.delete(begin);
        this.#working += 1;
        resolve();
      };
      const patience = setTimeout(begin, this.#patienceMs);
      this.#waiting.add(begin);
    });
  }
}

/** For a database on this machine: one more than the cores, so that none is idle while an answer is on its way. */
export const turnsOfThisMachine = (): Turns =>
  new Turns({ atOnce: availableParallelism() + 1, patienceMs: 25 });
