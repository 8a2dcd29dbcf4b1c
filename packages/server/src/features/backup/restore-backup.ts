import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Pool, PoolClient } from 'pg';
import { type Begun, beginLogAnew, leaveInstallation } from '../../store/backup/begin-log.ts';
import { BackupRefused } from '../../store/backup/refused.ts';
import { endFirstLinks, keepAddresses, keepKeys, keepSignatures } from '../../store/backup/settle-facts.ts';
import { inRestore, RestoreTarget } from '../../store/backup/target.ts';
import { connectionOn } from '../../store/connection.ts';
import { revokeEveryToken } from '../../store/tokens.ts';
import { Write } from '../../store/write.ts';
import type { PlacedFrame } from './frames.ts';
import { type Counted, type Manifest, readCounted, readManifest, readTable } from './head.ts';
import type { OpenBackup } from './open-backup.ts';
import { RowDigest } from './row-digest.ts';

export type RestoreAsked = {
  readonly registry: Registry;
  readonly actor: Actor;
  readonly at: Date;
  /** What names of logs begin with. */
  readonly address: string;
  /** An operator says that no token ended since the backup was made: those of an installation then go on. */
  readonly keepTokens?: true;
  /**
   * Called before everything is kept, in the same transaction: sees to the key that signs from then on, and lets the
   * signer know which names the logs have.
   */
  readonly beforeKept: (client: PoolClient, logs: readonly Begun[]) => Promise<void>;
  /** From how many bytes of the file on keys and indexes are built at the end. */
  readonly manyBytes?: number;
};

/** Below this, about 10,000 rows, taking a hundred indexes away and building them again costs more than it saves. */
const manyBytes = 1_048_576;

/** `at` and `size` are bytes of the file, or indexes where those are told of. */
export type RestoreProgress = (table: string, at: number, size: number) => void;

export type Restored = {
  readonly manifest: Manifest;
  readonly logs: readonly Begun[];
  readonly tokensEnded: number;
};

/**
 * Restores a backup in one transaction. Every table is counted and its digest taken twice: of what the file holds, and of
 * what the database then holds. Throws `BackupRefused`, and then nothing was changed.
 */
export async function restoreBackup(
  owner: Pool,
  backup: OpenBackup,
  asked: RestoreAsked,
  tell: RestoreProgress = () => undefined,
): Promise<Restored> {
  return inRestore(owner, async (client) => {
    const { head } = backup;
    const many = backup.size >= (asked.manyBytes ?? manyBytes);
    const target = await RestoreTarget.on(client, { ...head, many });
    const { manifest, digest } = await loadAll(target, backup, tell);
    await refusedBy('the rows together', codesOfKeys, () =>
      target.settle((done, all) => tell('indexes', done, all)),
    );
    if (target.empty) await endFirstLinks(client);
    if (target.empty && head.scope === 'installation') await keepKeys(client, head.keys);
    await keepSignatures(client, target.empty, head);
    const { logs, tokensEnded } = await beginLogs(client, backup, asked, digest);
    await asked.beforeKept(client, logs);
    return { manifest, logs, tokensEnded };
  });
}

/** Why a backup is refused, for a person; nothing for any other error. */
export function whyNotRestored(error: unknown): string | undefined {
  return error instanceof BackupRefused ? error.message : undefined;
}

/** Statistics of what came, so that the first questions are not answered by slow ways. Best done once it is kept. */
export async function analyse(owner: Pool): Promise<void> {
  await owner.query('analyze');
}

async function loadAll(
  target: RestoreTarget,
  { head, headBytes, frames, size }: OpenBackup,
  tell: RestoreProgress,
): Promise<{ manifest: Manifest; digest: string }> {
  const counted: Counted[] = [];
  for (const { table } of head.tables) {
    const begin = await nextOf(frames, 'table', size);
    if (readTable(begin).table !== table)
      throw new BackupRefused(`Table "${table}" is missing at byte ${begin.at} of the backup.`);
    counted.push(await loadTable(target, table, { frames, size }, tell));
  }
  const last = await nextOf(frames, 'manifest', size);
  const manifest = readManifest(last);
  const same =
    manifest.head === createHash('sha256').update(headBytes).digest('hex') &&
    JSON.stringify(manifest.tables) === JSON.stringify(counted);
  if (!same) throw new BackupRefused('The end of the backup does not say what the backup holds.');
  const more = await frames.next();
  if (!more.done)
    throw new BackupRefused(`Something follows the end of the backup, at byte ${more.value.at}.`);
  return { manifest, digest: createHash('sha256').update(last.payload).digest('hex') };
}

type Source = { readonly frames: AsyncGenerator<PlacedFrame>; readonly size: number };

async function loadTable(
  target: RestoreTarget,
  table: string,
  { frames, size }: Source,
  tell: RestoreProgress,
): Promise<Counted> {
  const digest = new RowDigest();
  let end: PlacedFrame | undefined;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      const frame = await inTable(table, digest, () => nextOf(frames, undefined, size));
      if (frame.kind !== 'rows') {
        end = frame;
        return;
      }
      tell(table, frame.at, size);
      digest.add({ bytes: frame.payload, rows: frame.rows });
      yield frame.payload;
    }
  }
  const kept = await refusedBy(`table "${table}"`, codesOfRows, () => target.load(table, pieces()));
  const found = digest.counted(table);
  if (end?.kind !== 'end' || !sameCount(readCounted(end), found))
    throw new BackupRefused(`Table "${table}" of the backup does not have the rows that were written.`);
  if (kept > found.rows)
    throw new BackupRefused(
      `Table "${table}" of the backup has more rows than the ${found.rows} that it says.`,
    );
  if (kept < found.rows)
    throw new BackupRefused(
      `Table "${table}" of the backup has ${found.rows} rows, and ${found.rows - kept} of them are of no organisation that it names.`,
    );
  if (!(await holds(target, found)))
    throw new BackupRefused(`Table "${table}" does not hold what was restored into it.`);
  return found;
}

/** Whether the database gives back the rows that it was given. */
async function holds(target: RestoreTarget, found: Counted): Promise<boolean> {
  const { table } = found;
  const asTheyLie = new RowDigest();
  const read = await target.readAsItLies(table, (piece) => asTheyLie.add(piece));
  if (read && sameCount(asTheyLie.counted(table), found)) return true;
  const ordered = new RowDigest();
  await target.readBack(table, (piece) => ordered.add(piece));
  return sameCount(ordered.counted(table), found);
}

function sameCount(one: Counted, other: Counted): boolean {
  return one.table === other.table && one.rows === other.rows && one.sha256 === other.sha256;
}

/** Says in which table, after which row, a file is damaged. */
async function inTable<T>(table: string, digest: RowDigest, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    throw new BackupRefused(`Table "${table}", after row ${digest.rows}: ${error.message}`, { cause: error });
  }
}

async function nextOf(
  frames: AsyncGenerator<PlacedFrame>,
  kind: PlacedFrame['kind'] | undefined,
  size: number,
): Promise<PlacedFrame> {
  const next = await frames.next();
  if (next.done) throw new BackupRefused(`The backup ends at byte ${size}, too early: it is not whole.`);
  if (kind !== undefined && next.value.kind !== kind)
    throw new BackupRefused(`The part of the backup at byte ${next.value.at} does not belong there.`);
  return next.value;
}

/** SQLSTATE: a value, or a row, that does not go together with others. */
const codesOfKeys = /^2[23]/;
/** Bytes that are no value of their column's type, too: how types say so differs (they have been found to say all of these). */
const codesOfRows = /^(2[23]|08P01|42804|XX000)/;

/** What PostgreSQL does not take of a file, with the row that it names. */
async function refusedBy<T>(where: string, codes: RegExp, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!(error instanceof Error) || !codes.test(code)) throw error;
    // What was read of a value may stand before it, with lines of its own.
    const place = 'where' in error && typeof error.where === 'string' ? error.where : '';
    const row = /^COPY .*?, line (\d+)/m.exec(place)?.[1];
    throw new BackupRefused(
      `The database does not take ${where}${row === undefined ? '' : `, row ${row}`}: ${error.message}.`,
      { cause: error },
    );
  }
}

async function beginLogs(
  client: PoolClient,
  { head }: OpenBackup,
  { registry, actor, at, address, keepTokens }: RestoreAsked,
  backup: string,
): Promise<Pick<Restored, 'logs' | 'tokensEnded'>> {
  const logs: Begun[] = [];
  let tokensEnded = 0;
  const mark = `-${randomBytes(4).toString('hex')}`;
  for (const { id: organisation } of head.organisations) {
    const ctx = { organisation, actor, at, because: null, request: null };
    const write = new Write(connectionOn(client), ctx, registry);
    const log = head.logs.find((one) => one.organisation === organisation);
    logs.push(await beginLogAnew(write, log, { address, mark, backup, scope: head.scope }));
    if (head.scope === 'organisation') {
      await keepAddresses(connectionOn(client).db, organisation, head.addresses, at);
      await leaveInstallation(
        write,
        head.addresses.map(({ member }) => member),
      );
    }
    // Whichever was ended since the backup would open again; those of an organisation alone would open two installations.
    if (head.scope === 'organisation' || !keepTokens) tokensEnded += await revokeEveryToken(write);
    await (await write.finish()).written;
    write.end();
  }
  return { logs, tokensEnded };
}
