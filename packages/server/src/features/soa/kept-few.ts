/** Organisations whose facts are kept at once: those of ten thousand systems are some hundred megabytes. */
const keptAtMost = 3;

/** What was read of a few organisations, each with the place in the log that it was read at; the newest kept stay. */
export class KeptFew<T extends { readonly index: number }> {
  readonly #kept = new Map<string, T>();

  get(organisation: string): T | undefined {
    return this.#kept.get(organisation);
  }

  /** An older snapshot that took longer does not take the place of a newer one. */
  keep(organisation: string, fresh: T): void {
    const now = this.#kept.get(organisation);
    if (now && now.index > fresh.index) return;
    this.#kept.delete(organisation);
    this.#kept.set(organisation, fresh);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= keptAtMost) return;
      this.#kept.delete(oldest);
    }
  }
}
