import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../packages/server/bin/throughline.mjs');

/** Runs `npx throughline` beside a running server, as its operator would. Answers the exit code and what it printed. */
export async function throughline(
  dataDir: string,
  ...words: readonly string[]
): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    env: { ...process.env, DATA_DIR: dataDir, LOG_KEY_DIR: join(dataDir, 'log-key'), DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : -1, out };
}
