import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type RunningServer = {
  /** Without a slash at the end. */
  address: string;
  /** The one-time link of the first administrator; '' once there is one. */
  signInLink: string;
  dataDir: string;
  /** Stops it as ctrl-C does; answers the exit code. */
  stop(): Promise<number>;
  /** Ends it without warning, as a power cut would. */
  kill(): Promise<void>;
};

const START = resolve(import.meta.dirname, '../../scripts/start.mjs');

/** How the start tells its address and the first sign-in; a journey reads it as a person would. */
const READY = /ready at (http\S+)/;
const LINK = /Sign in \S.*(https?:\S+)/;

/**
 * Runs the real `npm start` on a free port and a directory of its own, and waits until it says that it is ready.
 * Given a directory of an earlier server, it opens that again.
 */
export async function startServer(
  options: { dataDir?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'throughline-e2e-'));
  const child = spawn(process.execPath, [START], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      LOG_KEY_DIR: join(dataDir, 'log-key'),
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: '',
      ...options.env,
    },
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

/** Removes the directory of a stopped server. */
export function removeData(server: RunningServer): void {
  rmSync(server.dataDir, { recursive: true, force: true, maxRetries: 5 });
}
