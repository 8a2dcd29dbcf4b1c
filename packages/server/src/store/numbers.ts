import type { Pool } from 'pg';
import { connect, connectionOn, type Statement } from './connection.ts';

/** How many new records of each kind. */
export type Wanted = ReadonlyMap<string, number>;
/** The first of the numbers that are free, by kind; as many follow it as were wanted. */
export type Taken = ReadonlyMap<string, number>;
export type TakeNumbers = (wanted: Wanted) => Promise<Taken>;

type Row = { readonly kind: string; readonly next: number };
type Waiting = {
  readonly wanted: Wanted;
  readonly taken: (taken: Taken) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Its commit does not wait for the disk (`synchronous_commit` is off for it alone): a record that is written with such a
 * number is committed later in the same journal, so what is on disk never holds a number that its counter does not know.
 */
const takeText = `
insert into counter (organisation, kind, next)
select $1, k.kind, k.many + 1 from jsonb_to_recordset($2) as k(kind text, many integer) order by k.kind
on conflict (organisation, kind) do update set next = counter.next + excluded.next - 1
returning kind, next, set_config('synchronous_commit', 'off', true)`;

function takeStatement(organisation: string, wanted: Wanted): Statement {
  const rows = [...wanted].map(([kind, many]) => ({ kind, many }));
  return { name: 'take-numbers', text: takeText, values: [organisation, JSON.stringify(rows)] };
}

/** Takes numbers in the transaction that `run` belongs to. It holds their counters to its end: a dry run leaves none taken. */
export async function takeInside(
  run: (statement: Statement) => Promise<Row[]>,
  organisation: string,
  wanted: Wanted,
): Promise<Map<string, number>> {
  const rows = await run(takeStatement(organisation, wanted));
  return new Map(rows.map(({ kind, next }) => [kind, next - (wanted.get(kind) ?? 0)]));
}

/**
 * Hands out the numbers of new records, each once. They are taken in a transaction of their own, as from a sequence of
 * PostgreSQL: a counter's row that was held until a change is on disk let one change of a kind pass at a time. Changes
 * that ask while one question is out share the next. A number taken by a change that then fails stays away.
 */
export class Numbers {
  readonly #owner: Pool;
  readonly #waiting = new Map<string, Waiting[]>();

  /** `owner` is a pool that no change draws its own connection from: with their last one, changes would wait for themselves. */
  constructor(owner: Pool) {
    this.#owner = owner;
  }

  take(organisation: string, wanted: Wanted): Promise<Taken> {
    const { promise, resolve: taken, reject: failed } = Promise.withResolvers<Taken>();
    const one = { wanted, taken, failed };
    const waiting = this.#waiting.get(organisation);
    if (waiting) waiting.push(one);
    else {
      this.#waiting.set(organisation, [one]);
      void this.#serve(organisation);
    }
    return promise;
  }

  async #serve(organisation: string): Promise<void> {
    for (;;) {
      const served = this.#waiting.get(organisation) ?? [];
      if (served.length === 0) break;
      this.#waiting.set(organisation, []);
      try {
        this.#share(served, await this.#ask(organisation, sumOf(served)));
      } catch (error) {
        for (const { failed } of served) failed(error);
      }
    }
    this.#waiting.delete(organisation);
  }

  async #ask(organisation: string, wanted: Wanted): Promise<Map<string, number>> {
    const client = await connect(this.#owner);
    try {
      return await takeInside((statement) => connectionOn(client).run<Row>(statement), organisation, wanted);
    } finally {
      client.release();
    }
  }

  #share(served: readonly Waiting[], free: Map<string, number>): void {
    for (const { wanted, taken } of served) {
      const own = new Map<string, number>();
      for (const [kind, many] of wanted) {
        const first = free.get(kind);
        if (first === undefined) throw new Error(`No number was taken for ${kind}`);
        own.set(kind, first);
        free.set(kind, first + many);
      }
      taken(own);
    }
  }
}

function sumOf(served: readonly Waiting[]): Wanted {
  const sum = new Map<string, number>();
  for (const { wanted } of served)
    for (const [kind, many] of wanted) sum.set(kind, (sum.get(kind) ?? 0) + many);
  return sum;
}
