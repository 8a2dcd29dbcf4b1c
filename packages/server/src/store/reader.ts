import type { Registry } from '@throughline/domain/registry.ts';
import type { QueryResultRow } from 'pg';
import type { Connection, Db, Statement } from './connection.ts';

/** What a transaction shows of its organisation: everything, all but sealed records of others, or what lies in a scope. */
export type View = 'whole' | 'sealed' | 'scoped';

/** A look at one organisation's rows, inside one transaction. A `Write` is a reader too; a reader cannot write, by type. */
export class Reader {
  readonly organisation: string;
  readonly registry: Registry;
  /** Whether reading has a scope: what is read so is theirs alone, and no cache may keep it. */
  readonly narrow: boolean;
  readonly view: View;
  readonly #connection: Connection;
  #open = true;

  constructor(connection: Connection, organisation: string, registry: Registry, view: View = 'whole') {
    this.#connection = connection;
    this.organisation = organisation;
    this.registry = registry;
    this.view = view;
    this.narrow = view === 'scoped';
  }

  get db(): Db {
    this.mustBeOpen();
    return this.#connection.db;
  }

  /** Runs a named statement, prepared once per connection. */
  async run<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    this.mustBeOpen();
    // PostgreSQL plans a prepared statement anew whenever another role runs it: each view has its own.
    const name = this.view === 'whole' ? statement.name : `${statement.name}@${this.view}`;
    return this.#connection.run<Row>({ ...statement, name });
  }

  /** Ends the handle with its transaction: the connection then serves another organisation. */
  end(): void {
    this.#open = false;
  }

  protected mustBeOpen(): void {
    if (!this.#open) throw new Error('A handle ends with its transaction');
  }
}
