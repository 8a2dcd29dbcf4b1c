import { DomainError } from '@throughline/domain/errors.ts';

export type Full = {
  /** Seconds after which whoever was refused may come again. */
  readonly retryAfter: number;
  /** What they are told, by how many run or wait. */
  readonly words: (busy: number) => string;
};

/**
 * Lets `most` pieces of work run at once; others wait in their order, `waiting` of them at most. Whoever comes when these
 * wait is refused with `too-many` and when to ask again, before anything is done.
 */
export function queue(most: number, waiting: number, full: Full) {
  const turns: (() => void)[] = [];
  let running = 0;
  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (running >= most) {
        if (turns.length >= waiting)
          throw new DomainError('too-many', full.words(running + turns.length), [], {
            retryAfter: full.retryAfter,
          });
        const turn = Promise.withResolvers<void>();
        turns.push(turn.resolve);
        await turn.promise;
      } else running += 1;
      try {
        return await work();
      } finally {
        // The place goes to the next in line as it is, so that nobody who comes in between takes it.
        const next = turns.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
