/**
 * Work that is done again and again: at once when nudged, and every so often for what nobody nudges for. One round
 * runs at a time; a failure is reported and the next round comes after a pause. Disposing waits for the round.
 */
export class Loop {
  readonly #work: () => Promise<unknown>;
  readonly #everyMs: number;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #ended = false;

  constructor(options: { work: () => Promise<unknown>; everyMs: number; onError: (error: unknown) => void }) {
    this.#work = options.work;
    this.#everyMs = options.everyMs;
    this.#onError = options.onError;
  }

  /** Asks for a round now; while one runs, for another right after it. */
  nudge(): void {
    if (this.#ended) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
      if (this.#again) this.nudge();
      else this.#wait();
    });
  }

  async #round(): Promise<void> {
    this.#again = false;
    try {
      await this.#work();
    } catch (error) {
      this.#onError(error);
    }
  }

  #wait(): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => this.nudge(), this.#everyMs);
    this.#timer.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
