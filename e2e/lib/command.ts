import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { RunningServer } from './server.ts';

const PROGRAM = resolve(import.meta.dirname, '../../packages/server/bin/throughline.mjs');

/** Runs `npx throughline` beside a running server, as its operator would. Answers the exit code and what it printed. */
export async function throughline(
  server: RunningServer,
  ...words: readonly string[]
): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    env: { ...process.env, ...server.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : -1, out };
}
