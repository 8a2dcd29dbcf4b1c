import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { built, notBuilt, openChromium } from '../browser.ts';
import { type LeftOut, type Measure, noMemory, type Result, single, timed } from '../result.ts';
import { residentMegabytes, spawnServer } from '../server.ts';

/** The server as a person starts it, with a data directory of its own: second start, idle memory, first page. */
export const serverProcess: Measure = {
  name: 'process',
  run: async (_world, { quick }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
    try {
      const first = await spawnServer({ DATA_DIR: dataDir, LOG_KEY_DIR: join(dataDir, 'log-key') });
      await first[Symbol.asyncDispose]();
      await using server = await spawnServer({ DATA_DIR: dataDir, LOG_KEY_DIR: join(dataDir, 'log-key') });
      const ready = single(
        { name: 'second start to ready', concurrency: 1, target: { of: 'max', atMost: 3_000 } },
        'ms',
        server.readyMs,
      );
      await wait(quick ? 2_000 : 15_000);
      const resident = residentMegabytes(server.pid);
      const idle = { name: 'idle server without PostgreSQL', concurrency: 1 };
      return [
        ready,
        resident === undefined
          ? { name: idle.name, leftOut: noMemory }
          : single({ ...idle, target: { of: 'max', atMost: 200 } }, 'MB', resident),
        firstPageSize(),
        await firstPage(server.address),
      ];
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** What the first page loads: the scripts that its document names, and those that they preload. */
function firstPageSize(): Result | LeftOut {
  const page = join(built, 'index.html');
  const name = 'JavaScript of the first page, brotli';
  if (!existsSync(page)) return { name, leftOut: notBuilt };
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(
    (m) => m[1] ?? '',
  );
  const scripts = [...new Set(named)].map((name) => readFileSync(join(built, name)));
  const size = (pack: (bytes: Buffer) => Buffer) =>
    scripts.reduce((sum, bytes) => sum + pack(bytes).length, 0) / 1024;
  const all = readdirSync(built, { recursive: true }).filter((name) => String(name).endsWith('.js')).length;
  const note = `${scripts.length} of ${all} scripts, gzip ${size(gzipSync).toFixed(0)} KB`;
  const target = { of: 'max', atMost: 250 } as const;
  return single({ name, concurrency: 1, target, note }, 'KB', size(brotliCompressSync));
}

/** From the address typed to a heading that can be read and a field or link that can be used. */
async function firstPage(address: string): Promise<Result | LeftOut> {
  const name = 'first page usable, empty browser cache';
  const browser = await openChromium();
  if (typeof browser === 'string') return { name, leftOut: browser };
  try {
    const durations: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const began = performance.now();
      await page.goto(address, { waitUntil: 'commit' });
      await page.locator('main :is(h1, input, a, button)').first().waitFor({ state: 'visible' });
      if (round > 0) durations.push(performance.now() - began);
      await context.close();
    }
    const taken = { sorted: durations.sort((a, b) => a - b), failures: [] };
    const target = { of: 'max', atMost: 1_000 } as const;
    return timed({ name, concurrency: 1, target }, taken);
  } finally {
    await browser.close();
  }
}
