import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { TestConnection } from './cluster.ts';

const program = resolve(import.meta.dirname, '../bin/throughline.mjs');

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
};

export type Started = {
  readonly process: ReturnType<typeof spawn>;
  /** Waits until stderr has said something that matches. */
  says(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ran>;
};

/** A database as an address that the configuration takes, socket directories included. */
export function addressOf({ host, port, user, password, database }: TestConnection): string {
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`;
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${login}@/${database}?${query}`;
}

/** Starts the real program as a process of its own, in a directory that is not the checkout. */
export function startCommand(words: readonly string[], environment: Record<string, string>): Started {
  const { NO_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...words], {
    cwd: tmpdir(),
    env: { ...inherited, DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString('utf8');
  });
  const ended = once(child, 'close').then(
    ([code]): Ran => ({ code: typeof code === 'number' ? code : -1, ...said }),
  );
  const waiting: { pattern: RegExp; resume: () => void }[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8');
    for (const one of waiting) if (one.pattern.test(said.err)) one.resume();
  });
  const says = (pattern: RegExp) => {
    const heard = new Promise<void>((resume) => {
      waiting.push({ pattern, resume });
      if (pattern.test(said.err)) resume();
    });
    const early = ended.then((ran) => {
      if (!pattern.test(ran.err)) throw new Error(`It ended with ${ran.code} and said: ${ran.err}`);
    });
    return Promise.race([heard, early]);
  };
  return { process: child, says, ended };
}

export function runCommand(words: readonly string[], environment: Record<string, string>): Promise<Ran> {
  return startCommand(words, environment).ended;
}
