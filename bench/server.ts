import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { World } from './world.ts';

const program = fileURLToPath(new URL('../packages/server/src/main.ts', import.meta.url));
/** What `npm start` keeps of compiling; it saves memory too, for what strips types is then not loaded. */
const compiled = fileURLToPath(new URL('../.runtime/compiled', import.meta.url));
const patienceMs = 60_000;

/** The product's own server in a process of its own, on a port of its own. */
export type Spawned = AsyncDisposable & {
  readonly address: string;
  readonly pid: number;
  /** From the start of the process to the line that says where it is ready. */
  readonly readyMs: number;
};

/** Starts it and waits until it serves. `settings` are variables of its configuration. */
export async function spawnServer(settings: Readonly<Record<string, string>>): Promise<Spawned> {
  const began = performance.now();
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: compiled,
      HOST: '127.0.0.1',
      PORT: '0',
      REQUESTS_PER_CALLER: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(timer);
  };
  const limit = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const address = /^Throughline is ready at (\S+)$/.exec(line)?.[1];
    if (!address || child.pid === undefined) continue;
    clearTimeout(limit);
    child.stdout.resume();
    const readyMs = performance.now() - began;
    return { address, pid: child.pid, readyMs, [Symbol.asyncDispose]: stop };
  }
  clearTimeout(limit);
  throw new Error(`The server was not ready within ${patienceMs / 1000} s. It said: ${said.join(' / ')}`);
}

/** A server over the generated organisation, beside this process: the same database, named as an outside one. */
export async function serverOf({ connection, logKeyDir }: World): Promise<Spawned> {
  // A socket's directory stands among the parameters, as PostgreSQL has it.
  const { host = '', port, user = '', database, password } = connection;
  const parameters = new URLSearchParams({ host, port: String(port) });
  const login = typeof password === 'string' ? `${user}:${encodeURIComponent(password)}` : user;
  return spawnServer({
    DATABASE_URL: `postgresql://${login}@/${database}?${parameters}`,
    LOG_KEY_DIR: logKeyDir,
  });
}

/** Resident memory of a process in megabytes (Linux: /proc); nothing elsewhere. */
export function residentMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return found === undefined ? undefined : Number(found) / 1024;
}
