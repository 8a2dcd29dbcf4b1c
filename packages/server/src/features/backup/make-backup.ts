import { createHash } from 'node:crypto';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Pool } from 'pg';
import type { RowBytes } from '../../store/backup/copy-streams.ts';
import { type Snapshot, withSnapshot } from '../../store/backup/snapshot.ts';
import { encodeFrames, type Frame, rowBytes } from './frames.ts';
import { type Counted, type Head, type Manifest, written } from './head.ts';
import { RowDigest } from './row-digest.ts';

export type BackupAsked = {
  /** Of one organisation; `null` for the whole installation. */
  readonly organisation: string | null;
  /** Which release makes it. */
  readonly product: string;
  readonly at: Date;
};

/** `done` and `total` are rows; the total is what PostgreSQL guesses. */
export type BackupProgress = (table: string, done: number, total: number) => void;

/** Takes the file's bytes as they come, no faster than it can. */
export type BackupSink = (chunks: AsyncIterable<Buffer>) => Promise<unknown>;

/**
 * Writes a backup of everything as it stands at one moment, beside whatever runs. Memory does not grow with the number
 * of rows. Answers what the file says of itself.
 */
export async function makeBackup(
  owner: Pool,
  asked: BackupAsked,
  sink: BackupSink,
  tell: BackupProgress = () => undefined,
): Promise<{ head: Head; manifest: Manifest }> {
  return withSnapshot(owner, asked.organisation, async (snapshot) => {
    const head = headOf(snapshot, asked);
    if (head.organisations.length === 0)
      throw new DomainError('not-found', 'There is no organisation to make a backup of.');
    let manifest: Manifest | undefined;
    async function* frames(): AsyncGenerator<Frame> {
      const first = written('head', head);
      yield first;
      const counted: Counted[] = [];
      for (const { shape, estimate } of snapshot.tables) {
        yield written('table', { table: shape.table });
        const digest = new RowDigest();
        const chunks = snapshot.rows(shape.table);
        for await (const piece of gathered(chunks)) {
          digest.add(piece);
          yield { kind: 'rows', rows: piece.rows, payload: piece.bytes };
          tell(shape.table, digest.rows, Math.max(digest.rows, estimate));
        }
        const end = digest.counted(shape.table);
        counted.push(end);
        yield written('end', end);
      }
      const rows = counted.reduce((sum, table) => sum + table.rows, 0);
      const headDigest = createHash('sha256').update(first.payload).digest('hex');
      manifest = { head: headDigest, rows, tables: counted };
      yield written('manifest', manifest);
    }
    await sink(encodeFrames(frames()));
    if (!manifest) throw new Error('The backup was not read to its end');
    return { head, manifest };
  });
}

function headOf({ facts, tables }: Snapshot, asked: BackupAsked): Head {
  const scope: Head['scope'] = asked.organisation === null ? 'installation' : 'organisation';
  return {
    product: asked.product,
    postgres: facts.postgres,
    at: asked.at.toISOString(),
    scope,
    migrations: [...facts.migrations],
    organisations: facts.organisations.map(({ id, name }) => ({ id, name })),
    logs: facts.logs.map((log) => ({ ...log })),
    keys: facts.keys.map((key) => ({ ...key })),
    addresses: facts.addresses.map((address) => ({ ...address })),
    slots: { ...facts.slots },
    words: { ...facts.words },
    tables: tables.map(({ shape }) => ({ table: shape.table, columns: [...shape.columns] })),
  };
}

/** Small pieces put together, large ones cut: what is packed well and is never much at once. */
async function* gathered(pieces: AsyncIterable<RowBytes>): AsyncGenerator<RowBytes> {
  let held: RowBytes[] = [];
  let length = 0;
  for await (const whole of pieces) {
    for (const piece of cut(whole)) {
      if (length + piece.bytes.length > rowBytes) {
        yield joined(held);
        held = [];
        length = 0;
      }
      held.push(piece);
      length += piece.bytes.length;
    }
  }
  if (length > 0) yield joined(held);
}

/** Rows end in the last part: what is too long for one is a single row. */
function* cut({ bytes, rows }: RowBytes): Generator<RowBytes> {
  for (let from = 0; from < bytes.length; from += rowBytes) {
    const last = from + rowBytes >= bytes.length;
    yield { bytes: bytes.subarray(from, from + rowBytes), rows: last ? rows : 0 };
  }
}

function joined(pieces: readonly RowBytes[]): RowBytes {
  return {
    bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)),
    rows: pieces.reduce((sum, { rows }) => sum + rows, 0),
  };
}
