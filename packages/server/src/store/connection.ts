import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient, QueryResultRow } from 'pg';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** A statement that is prepared once per connection under its name. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** One connection inside one transaction: a query builder for what is dynamic, named statements for what is hot. */
export type Connection = {
  readonly db: Db;
  run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]>;
};

export function connectionOn(client: PoolClient): Connection {
  const pool = {
    connect: async () => ({ query: client.query.bind(client), release: () => undefined }),
    end: async () => undefined,
    options: {},
  };
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
