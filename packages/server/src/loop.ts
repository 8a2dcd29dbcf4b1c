/**
 * Work that is done again and again: when nudged, and every so often for what nobody nudges for. One round runs at a
 * time; a failure is reported and the next round comes after a pause. Nudges that come within `restMs` of a round's end
 * are answered together by the next one. Disposing waits for the round.
 */
export class Loop {
  readonly #work: () => Promise<unknown>;
  readonly #everyMs: number;
  readonly #restMs: number;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #ended = false;
  #restedFrom = Number.NEGATIVE_INFINITY;

  constructor(options: {
    work: () => Promise<unknown>;
    everyMs: number;
    restMs?: number;
    onError: (error: unknown) => void;
  }) {
    this.#work = options.work;
    this.#everyMs = options.everyMs;
    this.#restMs = options.restMs ?? 0;
    this.#onError = options.onError;
  }

  /** Asks for a round as soon as the last one has rested; while one runs, for another after it. */
  nudge(): void {
    if (this.#ended) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    const rest = this.#restedFrom + this.#restMs - performance.now();
    if (rest > 0) this.#beginIn(rest);
    else this.#begin();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    if (this.#ended || this.#running) return;
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
      this.#restedFrom = performance.now();
      if (this.#again) this.nudge();
      else this.#beginIn(this.#everyMs);
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

  #beginIn(ms: number): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), ms);
    this.#timer.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
