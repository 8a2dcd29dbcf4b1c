import type { Registry } from '@throughline/domain/registry.ts';
import type { QueryResultRow } from 'pg';
import type { Connection, Db, Statement } from './connection.ts';

/** A look at one organisation's rows, inside one transaction. A `Write` is a reader too; a reader cannot write, by type. */
export class Reader {
  readonly db: Db;
  readonly organisation: string;
  readonly registry: Registry;
  readonly #connection: Connection;

  constructor(connection: Connection, organisation: string, registry: Registry) {
    this.#connection = connection;
    this.db = connection.db;
    this.organisation = organisation;
    this.registry = registry;
  }

  /** Runs a named statement, prepared once per connection. */
  run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    return this.#connection.run<Row>(statement);
  }
}
