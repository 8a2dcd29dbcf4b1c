import type { Writable } from 'node:stream';

/** Answers that do not end by themselves; they are ended when the server stops, so that it can. */
export class Streams {
  readonly #open = new Set<Writable>();

  /** Answers how to forget it again. */
  add(stream: Writable): () => void {
    this.#open.add(stream);
    return () => this.#open.delete(stream);
  }

  end(): void {
    for (const stream of this.#open) stream.end();
  }
}
