import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { CopyIn, CopyOut, type RowBytes } from './copy-streams.ts';

/**
 * What rows look like must not hang on how a server is set up: the same bytes from every PostgreSQL. A table is read in
 * the order in which it lies, from its beginning.
 */
export const copySettings = `set local client_encoding = 'UTF8'; set local row_security = off;
set local synchronize_seqscans = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** Rows of a table with its columns, or of a query in brackets: no faster than they are read. */
export function copyOut(client: PoolClient, rows: string): CopyOut {
  return client.query(new CopyOut(`copy ${rows} to stdout (format binary)`));
}

export type CopyTarget = {
  /** A table with its columns. */
  readonly into: string;
  /** Rows as settled at once: the table was truncated or made in this transaction. */
  readonly settled: boolean;
  /** Which rows are kept, with `where`; or nothing. */
  readonly only: string;
};

/** Sends rows; answers how many were kept. */
export async function copyIn(
  client: PoolClient,
  { into, settled, only }: CopyTarget,
  pieces: AsyncIterable<Buffer>,
): Promise<number> {
  const options = `format binary${settled ? ', freeze' : ''}`;
  return client.query(new CopyIn(`copy ${into} from stdin (${options}) ${only}`)).send(pieces);
}

/** For what is read and thrown away. */
export async function drain(rows: CopyOut, each: (piece: RowBytes) => void): Promise<void> {
  const sink = new Writable({
    objectMode: true,
    write: (piece: RowBytes, _encoding, done) => {
      each(piece);
      done();
    },
  });
  await pipeline(rows, sink);
}
