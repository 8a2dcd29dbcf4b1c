import { DomainError } from '@throughline/domain/errors.ts';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** A statement that is prepared once per connection under its name. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** One connection inside one transaction: a query builder for what is dynamic, named statements for what is hot. */
export type Connection = {
  readonly db: Db;
  run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]>;
};

/** A connection as the store begins transactions on it. */
type Begun = Connection & {
  /**
   * Sends what begins a transaction and does not wait for its answer: the first statement goes out right behind it. What
   * a statement answers is handed on only once the beginning has succeeded, so nothing is told that was read outside it.
   * For reading alone: what is written must not go out before its transaction stands.
   */
  beginAhead(text: string): void;
  /** The transaction is over: what is sent next belongs to another. */
  over(): void;
};

const made = new WeakMap<PoolClient, Begun>();

/** The wrapper of a pooled connection: made once, because making a query builder costs more than a small query. */
export function connectionOn(client: PoolClient): Begun {
  const known = made.get(client) ?? wrap(client);
  made.set(client, known);
  return known;
}

function wrap(client: PoolClient): Begun {
  let begun: Promise<unknown> | undefined;
  const behind = async <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    (await Promise.all([begun, answer]))[1];
  const wrapped = {
    query: asKyselyAsks((text, values) => behind(ask(client, { text, values: [...values] }))),
    release: () => undefined,
  };
  const pool = { connect: async () => wrapped, end: async () => undefined, options: {} };
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    run: async <Row extends QueryResultRow>({ name, text, values }: Statement) =>
      (await behind(ask<Row>(client, { name, text, values: [...values] }))).rows,
    beginAhead: (text) => {
      begun = ask(client, text);
      // Heard here, so that it is never unheard: it is told by every statement behind it, and without one nothing was read.
      void Promise.allSettled([begun]);
    },
    over: () => {
      begun = undefined;
    },
  };
}

/**
 * What a connection answers. It is told by a callback that holds nothing of the question: the promise that pg makes holds
 * it, and every answer was then carried into the old heap, in collections that stood still for 12 to 35 ms.
 */
export async function ask<Row extends QueryResultRow>(
  client: PoolClient,
  question: string | QueryConfig,
): Promise<QueryResult<Row>> {
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult<Row>>();
  client.query<Row>(question, settling(resolve, reject));
  try {
    return await promise;
  } catch (error) {
    // It leads to whoever asked, not to the socket that the answer came by.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

/** Made apart from the question, so that it can hold nothing of it. */
const settling =
  <Answer>(resolve: (answer: Answer) => void, reject: (error: Error) => void) =>
  (error: Error | null, answer: Answer): void =>
    error ? reject(error) : resolve(answer);

/** What answers a text with values, as Kysely declares it: cursors, which it declares too, are never asked for here. */
function asKyselyAsks(
  ask: (text: string, values: readonly unknown[]) => Promise<QueryResult>,
): PostgresPoolClient['query'] {
  return ask as object as PostgresPoolClient['query'];
}

/** A connection of a pool; the caller releases it. Throws `unavailable` where the database does not answer. */
export async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new DomainError(
      'unavailable',
      'The database does not answer just now. Nothing was changed; try again.',
      [],
      {
        cause: error instanceof Error ? error.message : String(error),
      },
    );
  }
}
