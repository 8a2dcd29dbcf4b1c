import { isMainThread, parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export type ToWorker = {
  readonly id: number;
  readonly password: string;
  /** Words that somebody who knows whose password it is would try first. */
  readonly words: readonly string[];
};

/** How many guesses it takes somebody who tries the likely ones first. */
export type FromWorker = { readonly id: number; readonly guesses: number };

const port = parentPort;
if (!isMainThread && port) {
  const estimate = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  port.on('message', ({ id, password, words }: ToWorker) => {
    const { guesses } = estimate.check(password, [...words]);
    port.postMessage({ id, guesses } satisfies FromWorker);
  });
}
