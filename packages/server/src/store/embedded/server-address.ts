import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './failure.ts';

/** A data directory; with a database of one's own it is no server's. */
type Place = { readonly dataDir: string; readonly databaseUrl: string | undefined };

const fileIn = (dataDir: string): string => join(dataDir, 'server.address');

/** Writes down where the server of a data directory is reached, for commands beside it and after it. */
export async function noteAddress({ dataDir, databaseUrl }: Place, address: string): Promise<void> {
  if (databaseUrl !== undefined) return;
  const draft = `${fileIn(dataDir)}.${process.pid}.draft`;
  await writeFile(draft, `${address}\n`, { mode: 0o644 });
  await rename(draft, fileIn(dataDir));
}

/** What was written down; nothing where no server wrote it, or what stands there is no address. */
export async function notedAddress({ dataDir, databaseUrl }: Place): Promise<string | undefined> {
  if (databaseUrl !== undefined) return undefined;
  try {
    const address = (await readFile(fileIn(dataDir), 'utf8')).trim();
    return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
