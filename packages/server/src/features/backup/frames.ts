import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, zstdCompress, zstdDecompress } from 'node:zlib';
import { BackupRefused } from '../../store/backup/refused.ts';

/** The first bytes of every backup; the number is that of the format. */
export const magic = Buffer.from('Throughline backup 2\n');

/** What a frame holds. Numbers never change their meaning. */
export const kinds = { head: 1, table: 2, rows: 3, end: 4, manifest: 5 } as const;
export type Kind = keyof typeof kinds;

export type Frame = { readonly kind: Kind; readonly rows: number; readonly payload: Buffer };

/** kind (1 byte), then as 32-bit numbers, highest byte first: stored length, length, rows, CRC-32. */
const headBytes = 17;
/** Of rows: what a writer fills, and the most that a reader takes. */
export const rowBytes = 1_048_576;
const mostBytes = { rows: 4 * rowBytes, other: 256 * rowBytes };
/** Frames that are packed or unpacked ahead, on other threads. */
const ahead = 4;

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);

/** A file of frames, piece by piece, with the magic bytes before. */
export async function* encodeFrames(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  yield magic;
  const waiting: Promise<Buffer>[] = [];
  for await (const frame of frames) {
    const packed = encode(frame);
    // Heard when its turn comes; until then nobody is to call it unhandled.
    void Promise.allSettled([packed]);
    waiting.push(packed);
    if (waiting.length < ahead) continue;
    const first = waiting.shift();
    if (first) yield await first;
  }
  for (const packed of waiting) yield await packed;
}

async function encode({ kind, rows, payload }: Frame): Promise<Buffer> {
  const stored = await pack(payload, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kinds[kind], 0);
  head.writeUInt32BE(stored.length, 1);
  head.writeUInt32BE(payload.length, 5);
  head.writeUInt32BE(rows, 9);
  head.writeUInt32BE(crc32(stored, crc32(head.subarray(0, 13))), 13);
  return Buffer.concat([head, stored]);
}

/** A frame with where in the file it begins, in bytes. */
export type PlacedFrame = Frame & { readonly at: number };

/** A backup that is open for reading. Close it. */
export type FrameFile = {
  readonly size: number;
  /** Frames one after the other; ends at the end of the file. Throws `BackupRefused` naming the byte where something is wrong. */
  frames(): AsyncGenerator<PlacedFrame>;
  close(): Promise<void>;
};

/** Opens a file that begins as a backup does. Throws `BackupRefused` for any other, and what the file system throws. */
export async function openFrames(path: string): Promise<FrameFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const begin = Buffer.alloc(Math.min(magic.length, size));
    await file.read(begin, 0, begin.length, 0);
    if (!begin.equals(magic)) throw new BackupRefused(foreign(begin));
    const read = async (at: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, at + done);
        if (bytesRead === 0)
          throw new BackupRefused(`The backup ends at byte ${at + done}, in the middle: it is not whole.`);
        done += bytesRead;
      }
      return bytes;
    };
    return { size, frames: () => framesOf(read, size), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function foreign(begin: Buffer): string {
  const format = /^Throughline backup ([0-9]+)\n$/.exec(begin.toString('latin1'))?.[1];
  if (format === undefined) return 'This is no backup of Throughline: it does not begin as one does.';
  return `This backup is in format ${format}, and this release reads format 2. Use the release that made it${
    Number(format) > 2 ? ', or a newer one' : ''
  }.`;
}

async function* framesOf(
  read: (at: number, length: number) => Promise<Buffer>,
  size: number,
): AsyncGenerator<PlacedFrame> {
  const waiting: Promise<PlacedFrame>[] = [];
  for (let at = magic.length; at < size; ) {
    const { frame, end } = await next(read, at, size);
    waiting.push(frame);
    at = end;
    const first = waiting.length >= ahead ? waiting.shift() : undefined;
    if (first) yield await first;
  }
  for (const unpacked of waiting) yield await unpacked;
}

/** What is wrong with a frame is said when its turn comes: the frames before it are whole. */
async function next(
  read: (at: number, length: number) => Promise<Buffer>,
  at: number,
  size: number,
): Promise<{ frame: Promise<PlacedFrame>; end: number }> {
  try {
    const head = await headOf(read, at, size);
    const frame = decode(head, await read(at + headBytes, head.stored), at);
    void Promise.allSettled([frame]);
    return { frame, end: at + headBytes + head.stored };
  } catch (error) {
    const frame = Promise.reject(error);
    void Promise.allSettled([frame]);
    return { frame, end: size };
  }
}

type Head = { kind: Kind; stored: number; length: number; rows: number; crc: number; own: Buffer };

async function headOf(
  read: (at: number, length: number) => Promise<Buffer>,
  at: number,
  size: number,
): Promise<Head> {
  const own = await read(at, headBytes);
  const number = own.readUInt8(0);
  const kind = kindNumbered(number);
  const [stored, length, rows, crc] = [1, 5, 9, 13].map((place) => own.readUInt32BE(place));
  const most = kind === 'rows' ? mostBytes.rows : mostBytes.other;
  if (
    !kind ||
    stored === undefined ||
    length === undefined ||
    rows === undefined ||
    crc === undefined ||
    length > most ||
    stored > length + 1024
  )
    throw damaged(at);
  if (at + headBytes + stored > size)
    throw new BackupRefused(
      `The backup ends at byte ${size}, in the middle of a part that begins at byte ${at}: it is not whole.`,
    );
  return { kind, stored, length, rows, crc, own };
}

function kindNumbered(number: number): Kind | undefined {
  if (number === kinds.head) return 'head';
  if (number === kinds.table) return 'table';
  if (number === kinds.rows) return 'rows';
  if (number === kinds.end) return 'end';
  return number === kinds.manifest ? 'manifest' : undefined;
}

async function decode(head: Head, stored: Buffer, at: number): Promise<PlacedFrame> {
  // Of the packed bytes: the packing leaves bits free, and an altered file is to be found out whatever was altered.
  if (crc32(stored, crc32(head.own.subarray(0, 13))) !== head.crc) throw damaged(at);
  let payload: Buffer;
  try {
    // What it says to be long is all that is unpacked, whatever it would unpack to.
    payload = await unpack(stored, { maxOutputLength: Math.max(1, head.length) });
  } catch (error) {
    throw damaged(at, error);
  }
  if (payload.length !== head.length) throw damaged(at);
  return { kind: head.kind, rows: head.rows, payload, at };
}

function damaged(at: number, cause?: unknown): BackupRefused {
  return new BackupRefused(
    `The backup is damaged in the part that begins at byte ${at}: it is not what was written.`,
    {
      cause,
    },
  );
}
