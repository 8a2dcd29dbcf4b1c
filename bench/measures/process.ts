import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { type Measure, type Result, single, timed } from '../result.ts';
import { residentMegabytes, spawnServer } from '../server.ts';

const built = fileURLToPath(new URL('../../packages/web/dist', import.meta.url));

/** The server as a person starts it, with a data directory of its own: second start, idle memory, first page. */
export const serverProcess: Measure = {
  name: 'process',
  run: async (_world, { say, quick }) => {
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
        ...(resident === undefined
          ? []
          : [single({ ...idle, target: { of: 'max', atMost: 200 } }, 'MB', resident)]),
        ...firstPageSize(say),
        ...(await firstPage(server.address, say)),
      ];
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** What the first page loads: the scripts that its document names, and those that they preload. */
function firstPageSize(say: (line: string) => void): Result[] {
  const page = join(built, 'index.html');
  if (!existsSync(page)) {
    say('The first page is not measured: the web application is not built.');
    return [];
  }
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(
    (m) => m[1] ?? '',
  );
  const scripts = [...new Set(named)].map((name) => readFileSync(join(built, name)));
  const size = (pack: (bytes: Buffer) => Buffer) =>
    scripts.reduce((sum, bytes) => sum + pack(bytes).length, 0) / 1024;
  const all = readdirSync(built, { recursive: true }).filter((name) => String(name).endsWith('.js')).length;
  const note = `${scripts.length} of ${all} scripts, gzip ${size(gzipSync).toFixed(0)} KB`;
  const target = { of: 'max', atMost: 250 } as const;
  return [
    single(
      { name: 'JavaScript of the first page, brotli', concurrency: 1, target, note },
      'KB',
      size(brotliCompressSync),
    ),
  ];
}

/** From the address typed to a heading that can be read and a field or link that can be used. */
async function firstPage(address: string, say: (line: string) => void): Promise<Result[]> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(join(built, 'index.html')) || !existsSync(executablePath)) {
    say('The first page is not opened: no built web application, or no Chromium.');
    return [];
  }
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-component-update'],
  });
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
    return [timed({ name: 'first page usable, empty browser cache', concurrency: 1, target }, taken)];
  } finally {
    await browser.close();
  }
}
