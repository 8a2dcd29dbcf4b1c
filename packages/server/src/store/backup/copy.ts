import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { CopyIn, CopyOut } from './copy-streams.ts';

/** What rows look like as text must not hang on how a server is set up: the same bytes from every PostgreSQL. */
export const copySettings = `set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8'; set local row_security = off;
set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** Rows in the text format of COPY, a line each: as fast as they are read, and no faster. */
export function copyOut(client: PoolClient, query: string): Readable {
  return client.query(new CopyOut(`copy (${query}) to stdout`));
}

/** Sends lines in the text format of COPY; answers how many rows were kept. */
export async function copyIn(
  client: PoolClient,
  target: string,
  lines: AsyncIterable<Buffer>,
): Promise<number> {
  return client.query(new CopyIn(`copy ${target}`)).send(lines);
}

/** For what is read and thrown away. */
export async function drain(lines: Readable, each: (chunk: Buffer) => void): Promise<void> {
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      each(chunk);
      done();
    },
  });
  await pipeline(lines, sink);
}
