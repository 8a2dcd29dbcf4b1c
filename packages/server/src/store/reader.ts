import type { Registry } from '@throughline/domain/registry.ts';
import type { QueryResultRow } from 'pg';
import type { Connection, Db, Statement } from './connection.ts';

/** A look at one organisation's rows, inside one transaction. A `Write` is a reader too; a reader cannot write, by type. */
export class Reader {
  readonly organisation: string;
  readonly registry: Registry;
  /** Whether rows are kept from whoever reads: what is read so is theirs alone, and no cache may keep it. */
  readonly narrow: boolean;
  readonly #connection: Connection;
  #open = true;

  constructor(connection: Connection, organisation: string, registry: Registry, narrow = false) {
    this.#connection = connection;
    this.organisation = organisation;
    this.registry = registry;
    this.narrow = narrow;
  }

  get db(): Db {
    this.mustBeOpen();
    return this.#connection.db;
  }

  /** Runs a named statement, prepared once per connection. */
  async run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    this.mustBeOpen();
    return this.#connection.run<Row>(statement);
  }

  /** Ends the handle with its transaction: the connection then serves another organisation. */
  end(): void {
    this.#open = false;
  }

  protected mustBeOpen(): void {
    if (!this.#open) throw new Error('A handle ends with its transaction');
  }
}
