import { encodeBundle } from '@throughline/tlog/bundle.ts';
import { formatKey } from '@throughline/tlog/key.ts';
import type { LogPath } from '@throughline/tlog/tile-path.ts';
import type { Services } from '../../services.ts';
import { logOrigin, publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { entriesServed } from '../../store/log-proof.ts';
import { readTiles } from '../../store/log-tree.ts';
import { isLogPublic } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { verifierKeys } from './keys.ts';

/** Whether anyone may read an organisation's log. */
export function mayAnyoneRead(services: Services, organisation: string): Promise<boolean> {
  return services.store.readWhole(organisation, isLogPublic);
}

/**
 * What a log serves under a path of c2sp.org/tlog-tiles, to the byte; nothing where there is nothing. What one
 * may not read of a bundle is left out of it. An open log is served to nobody in particular.
 */
export function readResource(
  services: Services,
  who: Asker,
  path: LogPath | { readonly kind: 'key' },
): Promise<Buffer | undefined> {
  return services.store.read(who, async (reader) => {
    const { organisation } = reader;
    switch (path.kind) {
      case 'checkpoint':
        return utf8((await publishedCheckpoint(reader.db, organisation))?.note);
      case 'key':
        return utf8(await currentKey(reader));
      case 'tile':
        return (await readTiles(reader.db, organisation, [path]))[0];
      case 'entries':
        return readBundle(reader, path);
    }
  });
}

/** The key that signs now, as verifiers take it, on a line. */
async function currentKey(reader: Reader): Promise<string | undefined> {
  const origin = await logOrigin(reader.db, reader.organisation);
  const key = verifierKeys(origin, await logKeys(reader.db)).at(-1);
  return key && `${formatKey(key.key)}\n`;
}

/**
 * The entries of a bundle that is as wide as it should be. Nothing stands in the place of one that whoever reads may not
 * read: its hash in the tile proves it.
 */
export async function readBundle(
  reader: Reader,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<Buffer | undefined> {
  const entries = await entriesServed(reader, index * 256, width);
  return entries.length === width ? Buffer.from(encodeBundle(entries)) : undefined;
}

function utf8(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'utf8');
}
