import { inflateRawSync } from 'node:zlib';
import { tooLarge, unreadable } from './table.ts';

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
};

const mostEntries = 5_000;
const mostUnpacked = 600 * 1024 * 1024;

/** The directory of a ZIP file (APPNOTE 4.3), checked before anything is unpacked: what is declared must fit. */
export function zipEntries(bytes: Buffer, name: string): ZipEntry[] {
  const end = endOfDirectory(bytes);
  if (end < 0) throw unreadable(name, 'The file is cut off: the directory at its end is missing.');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > mostEntries) throw tooLarge(name, `It holds ${count} parts; ${mostEntries} is the most.`);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw unreadable(name, 'The directory of the file is broken.');
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > mostUnpacked)
    throw tooLarge(
      name,
      `It unpacks to ${Math.round(unpacked / 2 ** 20)} MiB; ${mostUnpacked / 2 ** 20} MiB is the most.`,
    );
  return entries;
}

/** Unpacks one part, never to more than its declared size: a part that goes on is a bomb, whatever it declares. */
export function unpack(bytes: Buffer, entry: ZipEntry, name: string): Buffer {
  const header = entry.offset;
  if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== 0x04034b50)
    throw unreadable(name, `The part ${entry.name} is missing.`);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length < entry.packed) throw unreadable(name, `The part ${entry.name} is cut off.`);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw unreadable(name, `The part ${entry.name} is packed in an unknown way.`);
  try {
    const whole = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    if (whole.length !== entry.size)
      throw unreadable(name, `The part ${entry.name} is not as long as it says.`);
    return whole;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(name, `The part ${entry.name} unpacks to more than it says.`);
    if (typeof code === 'string' && code.startsWith('Z_'))
      throw unreadable(name, `The part ${entry.name} is broken.`);
    throw error;
  }
}

function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1)
    if (bytes.readUInt32LE(at) === 0x06054b50) return at;
  return -1;
}
