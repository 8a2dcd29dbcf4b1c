import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ed25519Verify } from '@throughline/server/log/signer.ts';
import { sha256 } from '@throughline/server/store/sha256.ts';
import { encodeBundle } from '@throughline/tlog/bundle.ts';
import { formatCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { emptyState, growTree } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { verifyInclusion } from '@throughline/tlog/inclusion.ts';
import { type VerifierKey, verifierKey } from '@throughline/tlog/key.ts';
import { formatNote } from '@throughline/tlog/note.ts';
import { inclusionFromTiles } from '@throughline/tlog/prove.ts';
import { signText } from '@throughline/tlog/signing.ts';
import { tilesOfGrowth, tileWidth } from '@throughline/tlog/tile.ts';
import { bundlePath, tilePath } from '@throughline/tlog/tile-path.ts';
import { verifyLog } from '@throughline/tlog/verify-log.ts';
import { type Measure, type Result, single, timed } from '../result.ts';
import { sample } from '../sample.ts';

/** As many as the sequencer places at once. */
const batch = 2_000;
/** The published numbers, for a million entries. */
const [leavesPerSecond, proofMs, verifyS] = [100_000, 5, 20];

/** The log's tree alone, on files and without a database: how fast it grows, proves and is verified. */
export const tree: Measure = {
  name: 'tree',
  run: async (_world, { say, quick }) => {
    const size = quick ? 100_000 : 1_000_000;
    const directory = mkdtempSync(join(tmpdir(), 'throughline-bench-log-'));
    try {
      const { root, grown } = grow(directory, size);
      const key = await signCheckpoint(directory, size, root);
      say(`A log of ${size} entries lies in ${directory}`);
      return [grown, await proofs(directory, size, root), await verification(directory, size, key)];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

/** An entry about as long as those of the product are. */
function entryOf(index: number): Uint8Array {
  return Buffer.from(
    `{"act":"record.edited","id":"${String(index).padStart(12, '0')}","fill":"${'x'.repeat(320)}"}`,
  );
}

function grow(directory: string, size: number): { root: Uint8Array; grown: Result } {
  let growth = growTree(sha256, emptyState, []);
  let spent = 0;
  for (let from = 0; from < size; from += batch) {
    const entries = Array.from({ length: Math.min(batch, size - from) }, (_, at) => entryOf(from + at));
    const began = process.cpuUsage();
    growth = growTree(
      sha256,
      growth.state,
      entries.map((entry) => leafHash(sha256, entry)),
    );
    const { user, system } = process.cpuUsage(began);
    spent += (user + system) / 1_000_000;
    for (const tile of growth.tiles)
      if (tile.width === tileWidth) write(directory, tilePath(tile), tile.bytes);
  }
  // Partial tiles that a later batch replaced are not part of the log that is verified.
  for (const tile of growth.state.edge) write(directory, tilePath(tile), tile.bytes);
  for (const tile of tilesOfGrowth(0, size)) {
    if (tile.level > 0) break;
    const entries = Array.from({ length: tile.width }, (_, at) => entryOf(tile.index * tileWidth + at));
    write(directory, bundlePath(tile), encodeBundle(entries));
  }
  const target = { of: 'max', atMost: size / leavesPerSecond } as const;
  const note = `${Math.round(size / spent)} leaves per s of processor time, with tiles, in batches of ${batch}`;
  const name = `${size} leaves appended`;
  return { root: growth.root, grown: single({ name, concurrency: 1, target, note }, 's', spent) };
}

async function signCheckpoint(directory: string, size: number, root: Uint8Array): Promise<VerifierKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = verifierKey(sha256, 'bench.example/log', raw);
  const text = formatCheckpoint({ origin: key.name, size, root, extensions: [] });
  const signature = await signText(text, key, (message) => sign(null, message, privateKey));
  write(directory, 'checkpoint', Buffer.from(formatNote({ text, signatures: [signature] })));
  return key;
}

async function proofs(directory: string, size: number, root: Uint8Array): Promise<Result> {
  const cpu = process.cpuUsage();
  const taken = await sample({ connections: 1, rounds: 500 }, async (round) => {
    const index = (round * 7_919) % size;
    const proof = await inclusionFromTiles(sha256, index, size, (tiles) =>
      Promise.all(tiles.map((tile) => readFile(join(directory, tilePath(tile))))),
    );
    verifyInclusion(sha256, { index, size, leaf: leafHash(sha256, entryOf(index)), root, proof });
  });
  const target = { of: 'p95', atMost: proofMs } as const;
  const { user, system } = process.cpuUsage(cpu);
  const note = `CPU a round: ${((user + system) / 1000 / taken.rounds).toFixed(1)} ms`;
  return timed(
    { name: `proof of one entry in ${size}, made and checked`, concurrency: 1, target, note },
    taken,
  );
}

async function verification(directory: string, size: number, key: VerifierKey): Promise<Result> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const report = await verifyLog(
    { read: (path) => readFile(join(directory, path)) },
    { sha256, verify: ed25519Verify, key },
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (report.faultCount > 0) throw new Error(`The log does not verify: ${JSON.stringify(report.faults[0])}`);
  const grew = Math.round((process.memoryUsage().rss - before) / 1_048_576);
  const note = `${((user + system) / 1_000_000).toFixed(1)} s of processor time; memory grew by ${grew} MB`;
  const target = { of: 'max', atMost: verifyS } as const;
  return single({ name: `${size} entries verified`, concurrency: 1, target, note }, 's', seconds);
}

function write(directory: string, path: string, bytes: Uint8Array): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
