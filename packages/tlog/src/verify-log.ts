import { equalBytes, toHex } from './bytes.ts';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import type { TlogErrorCode } from './errors.ts';
import { foldRight } from './frontier.ts';
import { emptyRoot, type Hash, type Sha256 } from './hash.ts';
import type { VerifierKey } from './key.ts';
import { collectFaults, type LogFault, type LogFaultCode } from './log-fault.ts';
import { asTlogError, type LogReader, readTile, type Verification } from './log-reader.ts';
import { parseNote } from './note.ts';
import type { Ed25519Verify, Verified } from './signing.ts';
import { edgeTiles, nodesOfEdge } from './tile.ts';
import { checkpointPath } from './tile-path.ts';
import { checkHeld, type HeldCheckpoint } from './verify-held.ts';
import { checkListing } from './verify-listing.ts';
import {
  type Compared,
  compareEdge,
  noteEntries,
  noteTile,
  type OnEntries,
  type OnWithheld,
  packedBelow,
} from './verify-tiles.ts';

/** With what a log is verified. */
export type LogCheck = {
  readonly sha256: Sha256;
  readonly verify: Ed25519Verify;
  /** The log's key, held from elsewhere than the log. */
  readonly key: VerifierKey;
  readonly witnesses?: readonly VerifierKey[];
  /** Checkpoints seen before: the log must go on from each of them. */
  readonly held?: readonly HeldCheckpoint[];
  readonly onEntries?: OnEntries;
  /** Allows entries to be withheld, and is told of each; without it, nothing in the place of an entry is a fault. */
  readonly onWithheld?: OnWithheld;
  /** How many faults are kept; the rest is counted. */
  readonly mostFaults?: number;
};

/** What was found. A log verifies when `faultCount` is 0. */
export type LogReport = {
  /** As read, signed or not; nothing when it could not be read. */
  readonly checkpoint: Checkpoint | null;
  readonly verified: readonly Verified[];
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
  /** False when so much was wrong that the rest was not looked at. */
  readonly complete: boolean;
};

/**
 * Verifies a whole log: the checkpoint's signature, every tile up to the signed root, every entry against its tile,
 * nothing missing, nothing too much (where the reader can list), and that it goes on from every checkpoint held.
 * Goes through all of it, but for a log with 10,000 faults. Holds one tile a level and one bundle in memory.
 * @throws what the reader, `verify` or `onEntries` throw; never for what the log holds
 */
export async function verifyLog(reader: LogReader, check: LogCheck): Promise<LogReport> {
  const faults = collectFaults(check.mostFaults ?? 100);
  const verification = { sha256: check.sha256, reader, faults };
  const { checkpoint, verified } = await readCheckpoint(verification, check);
  if (checkpoint) {
    await checkTree(verification, checkpoint, check);
    for (const held of check.held ?? []) await checkHeld(verification, checkpoint, held);
    await checkListing(verification, checkpoint.size);
  }
  return {
    checkpoint,
    verified,
    faults: faults.list,
    faultCount: faults.count(),
    complete: !faults.hopeless(),
  };
}

type ReadCheckpoint = Pick<LogReport, 'checkpoint' | 'verified'>;

async function readCheckpoint(verification: Verification, check: LogCheck): Promise<ReadCheckpoint> {
  const { reader, faults } = verification;
  const expected = `a checkpoint signed by ${check.key.name} ${check.key.id}`;
  const about = { path: checkpointPath, entries: null, expected };
  const bytes = await reader.read(checkpointPath);
  if (bytes === null) {
    faults.add({ ...about, code: 'missing', found: 'nothing' });
    return { checkpoint: null, verified: [] };
  }
  try {
    const { verified, ...checkpoint } = await openCheckpoint(bytes, check.key, check.verify, check.witnesses);
    return { checkpoint, verified };
  } catch (error) {
    const { code, message } = asTlogError(error);
    faults.add({ ...about, code: faultOf(code), found: message });
    return { checkpoint: readUnsigned(bytes), verified: [] };
  }
}

function faultOf(code: TlogErrorCode): LogFaultCode {
  return code === 'signature' ? 'unsigned' : code === 'origin' ? 'other-log' : 'malformed';
}

/** A checkpoint that nobody vouches for still says what else to look at. */
function readUnsigned(bytes: Uint8Array): Checkpoint | null {
  try {
    return parseCheckpoint(parseNote(bytes).text);
  } catch (error) {
    return asTlogError(error) && null;
  }
}

async function checkTree(
  verification: Verification,
  { size, root }: Checkpoint,
  { onEntries, onWithheld }: Pick<LogCheck, 'onEntries' | 'onWithheld'>,
): Promise<void> {
  const tiles = edgeTiles(size);
  const stored: (Uint8Array | null)[] = [];
  for (const tile of tiles) stored.push(await readTile(verification, tile));
  const edgeRoot = rootOfEdge(verification.sha256, size, stored);
  const vouched = edgeRoot !== null && equalBytes(edgeRoot, root);
  const compared: Compared[] = [];
  const walk = { ...verification, onEntries, onWithheld };
  // The highest level covers the oldest entries: so they come in order.
  for (const [at, tile] of [...tiles.entries()].reverse())
    compared.unshift(await compareEdge(walk, tile, stored[at] ?? null, vouched));
  if (!vouched) judgeEdge(verification, { size, root }, compared, edgeRoot);
}

/** Says what is wrong at the right edge when its tiles do not have the signed root. */
function judgeEdge(
  verification: Verification,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  compared: readonly Compared[],
  edgeRoot: Hash | null,
): void {
  const below = rootOfEdge(verification.sha256, size, compared.map(packedBelow));
  if (below && equalBytes(below, root)) {
    for (const tile of compared) noteTile(verification, tile, 'all');
    return;
  }
  for (const tile of compared)
    if (tile.tile.level === 0) noteEntries(verification, tile);
    else noteTile(verification, tile, 'unexplained');
  const found = below ?? edgeRoot;
  if (found === null && verification.faults.count() > 0) return;
  verification.faults.add({
    code: 'root-differs',
    path: checkpointPath,
    entries: size > 0 ? { start: 0, end: size } : null,
    expected: toHex(root),
    found: found ? toHex(found) : 'nothing',
  });
}

function rootOfEdge(sha256: Sha256, size: number, edge: readonly (Uint8Array | null)[]): Hash | null {
  const known = edge.filter((bytes) => bytes !== null);
  if (known.length < edge.length) return null;
  return foldRight(sha256, nodesOfEdge(sha256, size, known)) ?? emptyRoot(sha256);
}
