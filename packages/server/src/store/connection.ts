import { DomainError } from '@throughline/domain/errors.ts';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** A statement that is prepared once per connection under its name. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** One connection inside one transaction: a query builder for what is dynamic, named statements for what is hot. */
export type Connection = {
  readonly db: Db;
  run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]>;
};

const made = new WeakMap<PoolClient, Connection>();

/** The wrapper of a pooled connection: made once, because making a query builder costs more than a small query. */
export function connectionOn(client: PoolClient): Connection {
  const known = made.get(client) ?? wrap(client);
  made.set(client, known);
  return known;
}

function wrap(client: PoolClient): Connection {
  const wrapped = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => wrapped, end: async () => undefined, options: {} };
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    run: async <Row extends QueryResultRow>(statement: Statement) => {
      const result = await client.query<Row>({
        name: statement.name,
        text: statement.text,
        values: [...statement.values],
      });
      return result.rows;
    },
  };
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
