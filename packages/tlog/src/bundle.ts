import { concat } from './bytes.ts';
import { TlogError } from './errors.ts';
import { tileWidth } from './tile.ts';

/** c2sp.org/tlog-tiles: an entry's length stands before it as a 16-bit number. */
export const maxEntryLength = 0xffff;

/**
 * The bundle of 1 to 256 entries in order: before each its length, big-endian in two bytes. A bundle that grows is
 * the old one with the new entries behind it. No entry is empty: where nothing stands in the place of one, the log holds
 * it and serves it to others.
 * @throws TlogError `entry`, `bundle`
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > tileWidth)
    throw new TlogError('bundle', 'bundle', `has ${entries.length} entries, and may have 1 to ${tileWidth}`);
  return concat(entries.flatMap((entry, at) => [lengthOf(entry, at), entry]));
}

/**
 * The entries of a bundle, as views of its bytes.
 * @param width how many there must be, from the bundle's path
 * @throws TlogError `bundle`
 */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw endsEarly(entries.length, width);
    const start = at + 2;
    at = start + high * 256 + low;
    if (at > bytes.length) throw endsEarly(entries.length, width);
    entries.push(bytes.subarray(start, at));
  }
  if (at < bytes.length)
    throw new TlogError('bundle', `byte ${at}`, `the bundle goes on after its ${width} entries`);
  return entries;
}

function lengthOf({ length }: Uint8Array, at: number): Uint8Array {
  if (length > maxEntryLength)
    throw new TlogError('entry', `entry ${at}`, `has ${length} bytes, and may have ${maxEntryLength}`);
  return Uint8Array.of(length >> 8, length & 0xff);
}

function endsEarly(at: number, width: number): TlogError {
  return new TlogError(
    'bundle',
    `entry ${at}`,
    `the bundle ends within it, and ${width} entries belong to it`,
  );
}
