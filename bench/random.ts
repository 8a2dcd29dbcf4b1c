/** A small seeded generator (mulberry32): the same seed gives the same organisation on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 to 1, 1 not included. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to `below`, `below` not included. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }

  /** Some of the items, each at most once, in the order of their texts. */
  some<T>(items: readonly T[], count: number): T[] {
    const picked = new Set<T>();
    for (let tries = 0; picked.size < Math.min(count, items.length) && tries < count * 4; tries += 1)
      picked.add(this.pick(items));
    return [...picked].sort();
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** A day between two years, both included. */
  day(from: number, to: number): string {
    const year = from + this.below(to - from + 1);
    return `${year}-${String(1 + this.below(12)).padStart(2, '0')}-${String(1 + this.below(28)).padStart(2, '0')}`;
  }
}
