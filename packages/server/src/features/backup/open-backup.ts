import { BackupRefused } from '../../store/backup/refused.ts';
import { backupTables } from '../../store/backup/tables.ts';
import { migrationNames } from '../../store/migrate.ts';
import { type FrameFile, openFrames, type PlacedFrame } from './frames.ts';
import { type Head, readHead } from './head.ts';

/** A backup whose head was read and fits this release. Close it. */
export type OpenBackup = {
  readonly head: Head;
  /** The head to the byte. */
  readonly headBytes: Buffer;
  readonly size: number;
  /** What follows the head. */
  readonly frames: AsyncGenerator<PlacedFrame>;
  close(): Promise<void>;
};

/** Reads the head alone: what is no backup, or of a newer release, is refused before anything is opened for it. */
export async function openBackup(path: string): Promise<OpenBackup> {
  const file = await openFrames(path);
  try {
    return await headOf(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function headOf(file: FrameFile): Promise<OpenBackup> {
  const frames = file.frames();
  const first = await frames.next();
  if (first.done) throw new BackupRefused('The backup ends after its first line: it is not whole.');
  if (first.value.kind !== 'head') throw new BackupRefused('The backup does not begin with its head.');
  const head = readHead(first.value);
  ensureFits(head);
  const close = async () => {
    await frames.return(undefined);
    await file.close();
  };
  return { head, headBytes: first.value.payload, size: file.size, frames, close };
}

function ensureFits({ migrations, tables, organisations, scope, product }: Head): void {
  const unknown = migrations.find((name) => !migrationNames.includes(name));
  if (unknown !== undefined)
    throw new BackupRefused(
      `The backup was made by a newer release (${product}): this one does not know its change "${unknown}". Use that release or a newer one.`,
    );
  if (migrations.some((name, at) => name !== migrationNames[at]))
    throw new BackupRefused('The backup names changes of the database in an order that no release has.');
  const strange = tables.find(({ table }) => !backupTables.some((one) => one.table === table));
  if (strange) throw new BackupRefused(`The backup has a table "${strange.table}" that no release knows.`);
  if (new Set(tables.map(({ table }) => table)).size !== tables.length)
    throw new BackupRefused('The backup names a table twice.');
  if (organisations.length === 0 || (scope === 'organisation' && organisations.length > 1))
    throw new BackupRefused('The backup does not say which organisation it is of.');
}
