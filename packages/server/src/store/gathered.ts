/** Questions side by side, and keys in one of them. */
const atOnce = 2;
const mostKeys = 100;

type Waiting<V> = {
  readonly key: Buffer;
  readonly done: (value: V | undefined) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Looks keys up, many in one statement: what is asked while others are under way waits for the next one. Nothing is
 * kept, so each answer is as fresh as if it had been asked for alone; what a busy moment saves is the way to the database.
 */
export class Gathered<V> {
  readonly #ask: (keys: readonly Buffer[]) => Promise<ReadonlyMap<string, V>>;
  #waiting: Waiting<V>[] = [];
  #underWay = 0;

  /** `ask` answers what it found by the key in hexadecimal. */
  constructor(ask: (keys: readonly Buffer[]) => Promise<ReadonlyMap<string, V>>) {
    this.#ask = ask;
  }

  find(key: Buffer): Promise<V | undefined> {
    const found = new Promise<V | undefined>((done, failed) => this.#waiting.push({ key, done, failed }));
    if (this.#underWay < atOnce) void this.#next();
    return found;
  }

  /** Never rejects: what goes wrong is told to those who asked. */
  async #next(): Promise<void> {
    this.#underWay += 1;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, mostKeys);
      try {
        const found = await this.#ask(asked.map(({ key }) => key));
        for (const { key, done } of asked) done(found.get(key.toString('hex')));
      } catch (error) {
        for (const { failed } of asked) failed(error);
      }
    }
    this.#underWay -= 1;
  }
}
