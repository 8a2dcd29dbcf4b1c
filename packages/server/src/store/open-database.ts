import pg from 'pg';
import { openEmbedded } from './embedded/open.ts';

/** The oldest PostgreSQL that has what the store uses. */
const OLDEST = 150_000;

export type Database = {
  /** The owner's connection: migrations, and the two pools. */
  connection: pg.ClientConfig;
  /** For the start's report: which PostgreSQL this is. */
  name: string;
  /** Whether it shares this machine: an outside one may be anywhere. */
  here: boolean;
  /** Stops the embedded server; an outside server is left alone. End the pools first. */
  close(): Promise<void>;
};

/** The database cannot be used; the message says why and what to do, for the person who started the server. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** Opens the PostgreSQL named by `databaseUrl`, or the embedded one of the data directory. */
export async function openDatabase(
  options: { dataDir: string; databaseUrl: string | undefined },
  log: (line: string) => void,
): Promise<Database> {
  if (options.databaseUrl === undefined) {
    const server = await openEmbedded({ dataDir: options.dataDir, log });
    return { connection: server.owner, name: 'embedded PostgreSQL', here: true, close: () => server.stop() };
  }
  const connection = { connectionString: options.databaseUrl };
  const name = `PostgreSQL ${await outsideVersion(connection)}`;
  return { connection, name, here: false, close: async () => {} };
}

/** Connects once and answers the version; throws `DatabaseRefused` for a server that is too old or does not answer. */
async function outsideVersion(connection: pg.ClientConfig): Promise<string> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new DatabaseRefused(`The database named by DATABASE_URL does not answer: ${reason}.`, {
      cause: error,
    });
  }
  try {
    const { rows } = await client.query<{ number: number; text: string; encoding: string }>(
      `select current_setting('server_version_num')::int as number,
              current_setting('server_version') as text,
              pg_encoding_to_char(encoding) as encoding
         from pg_database where datname = current_database()`,
    );
    const found = rows[0];
    if (!found || found.number < OLDEST) {
      throw new DatabaseRefused(
        `The database named by DATABASE_URL is PostgreSQL ${found?.text}; Throughline needs 15 or newer.`,
      );
    }
    if (found.encoding !== 'UTF8') {
      throw new DatabaseRefused(
        `The database named by DATABASE_URL is encoded in ${found.encoding}; Throughline needs UTF8 ` +
          `(create database … encoding 'UTF8' template template0).`,
      );
    }
    return found.text;
  } finally {
    await client.end();
  }
}
