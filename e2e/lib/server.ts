import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addressOf } from '../../packages/server/test/address.ts';
import { type TestDatabase, testDatabase } from '../../packages/server/test/database.ts';

export type RunningServer = {
  /** Without a slash at the end. */
  address: string;
  /** The one-time link of the first administrator; '' once there is one. */
  signInLink: string;
  dataDir: string;
  /** Its database on the PostgreSQL of the run; nothing where it brought its own. */
  database: TestDatabase | undefined;
  /** Where a command beside it finds what is its. */
  env: Readonly<Record<string, string>>;
  /** Stops it as ctrl-C does; answers the exit code. */
  stop(): Promise<number>;
  /** Ends it without warning, as a power cut would. */
  kill(): Promise<void>;
};

const START = resolve(import.meta.dirname, '../../scripts/start.mjs');

/** How the start tells its address and the first sign-in; a journey reads it as a person would. */
const READY = /ready at (http\S+)/;
const LINK = /Sign in \S.*(https?:\S+)/;

const temporary = (): string => mkdtempSync(join(tmpdir(), 'throughline-e2e-'));

/**
 * Runs the real `npm start` on a free port and a migrated database of its own, and waits until it says that it is
 * ready. The database is on the PostgreSQL of the run: making one for each file took longer than many a file's tests.
 */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const database = await testDatabase();
  try {
    return await start(temporary(), database, { DATABASE_URL: addressOf(database.owner), ...env });
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/**
 * The same as its first user has it: with a PostgreSQL of its own in a directory of its own. Given the directory of
 * an earlier server, it opens that again.
 */
export function startEmbedded(dataDir: string = temporary()): Promise<RunningServer> {
  return start(dataDir, undefined, { DATABASE_URL: '' });
}

async function start(
  dataDir: string,
  database: TestDatabase | undefined,
  more: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const env = { DATA_DIR: dataDir, LOG_KEY_DIR: join(dataDir, 'log-key'), ...more };
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', REQUESTS_PER_CALLER: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'close');
  let said = '';
  const ready = new Promise<void>((done, fail) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (READY.test(said) && said.endsWith('\n')) done();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('close', (code) =>
      fail(new Error(`The server ended with ${code} before it was ready:\n${said}`)),
    );
  });
  await ready;
  return {
    address: READY.exec(said)?.[1] ?? '',
    signInLink: LINK.exec(said)?.[1] ?? '',
    dataDir,
    database,
    env,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await gone;
      return Number(code);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Removes the directory and the database of a stopped server. */
export async function removeData(server: RunningServer): Promise<void> {
  rmSync(server.dataDir, { recursive: true, force: true, maxRetries: 5 });
  await server.database?.drop();
}
