import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeBackup } from '@throughline/server/features/backup/make-backup.ts';
import { openBackup } from '@throughline/server/features/backup/open-backup.ts';
import { restoreBackup } from '@throughline/server/features/backup/restore-backup.ts';
import { migrate } from '@throughline/server/store/migrate.ts';
import { openPools } from '@throughline/server/store/pools.ts';
import { spentWords, withSpent } from '../cpu.ts';
import { type Measure, type Result, single } from '../result.ts';
import type { World } from '../world.ts';

/** The whole installation into a file, and back into an empty database beside it: rows a second by the clock. */
export const backup: Measure = {
  name: 'backup',
  run: async (world) => {
    const directory = mkdtempSync(join(tmpdir(), 'throughline-bench-backup-'));
    const path = join(directory, 'backup');
    try {
      const made = await measured(world, 'rows backed up', () => write(world, path));
      const size = Math.round(statSync(path).size / 1_048_576);
      const restored = await measured(world, 'rows restored', () => restore(world, path));
      return [made(`${size} MB in the file`), restored('counted, digests compared, indexes built')];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function measured(
  world: World,
  name: string,
  work: () => Promise<number>,
): Promise<(note: string) => Result> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const { value: rows, spent } = await withSpent(world, work);
  const seconds = (performance.now() - began) / 1000;
  const grew = Math.round((process.memoryUsage().rss - before) / 1_048_576);
  const cost = `${rows} rows in ${seconds.toFixed(1)} s; ${spentWords(spent)}; Node grew by ${grew} MB`;
  return (note) =>
    single(
      { name, concurrency: 1, target: { of: 'max', atLeast: 100_000 }, note: `${cost}; ${note}` },
      'per s',
      rows / seconds,
    );
}

async function write({ services }: World, path: string): Promise<number> {
  const asked = { organisation: null, product: 'bench', at: services.clock() };
  const { manifest } = await makeBackup(services.store.owner, asked, (chunks) =>
    pipeline(chunks, createWriteStream(path)),
  );
  return manifest.rows;
}

async function restore({ services, connection }: World, path: string): Promise<number> {
  const database = 'throughline_bench_restore';
  const { owner } = services.store;
  await owner.query(`drop database if exists ${database} with (force)`);
  await owner.query(`create database ${database}`);
  const pools = openPools({ ...connection, database }, () => undefined);
  try {
    await migrate(pools.owner);
    const file = await openBackup(path);
    const { manifest } = await restoreBackup(pools.owner, file, {
      registry: services.registry,
      actor: { type: 'rule', rule: 'operator' },
      at: services.clock(),
      address: 'throughline.internal',
      beforeKept: async () => undefined,
    });
    await file.close();
    return manifest.rows;
  } finally {
    await pools.end();
    await owner.query(`drop database if exists ${database} with (force)`);
  }
}
