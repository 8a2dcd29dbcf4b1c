import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { isMacRoman } from './mac-roman.ts';
import { unreadable } from './table.ts';

const marks: readonly [readonly number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
const looked = 256 * 1024;

/**
 * The text of a file, with the encoding it was read in. A mark at the beginning decides; then valid UTF-8; then what the
 * bytes look like. `stated` overrides all of it.
 */
export function decode(bytes: Buffer, name: string, stated?: string): { text: string; encoding: string } {
  const known: boolean = stated === undefined || iconv.encodingExists(stated);
  if (!known) throw unreadable(name, `The encoding "${stated?.slice(0, 40)}" is not known.`);
  const encoding = stated ?? guess(bytes, name);
  return { text: iconv.decode(bytes, encoding), encoding };
}

function guess(bytes: Buffer, name: string): string {
  const mark = marks.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  if (mark) return mark[1];
  const zeros = sixteenBit(bytes);
  if (zeros) return zeros;
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = 1 + countLines(bytes, zero);
    throw unreadable(name, `Line ${line} holds a NUL byte: this is no text file.`, `line ${line}`);
  }
  if (isUtf8(bytes)) return 'utf-8';
  return fromLook(bytes);
}

/** UTF-16 without a mark: nearly every second byte of western text is zero. */
function sixteenBit(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) if (byte === 0) index % 2 === 0 ? even++ : odd++;
  const half = head.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  return even > half * 0.6 && odd < half * 0.1 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** ISO-8859-1 is read as windows-1252, which has the same letters and more: browsers do the same (WHATWG Encoding). */
function fromLook(bytes: Buffer): string {
  // The bytes that tell encodings apart may stand anywhere: the sample begins where the first of them stands.
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const from = Math.max(0, first - looked / 2);
  const best = analyse(bytes.subarray(from, from + looked)).find(
    (match) => iconv.encodingExists(match.name) && !/^(?:utf|ascii)/i.test(match.name),
  );
  const found = best?.name.toLowerCase() ?? 'windows-1252';
  if (isMacRoman(bytes)) return 'macroman';
  return found === 'iso-8859-1' ? 'windows-1252' : found;
}

function countLines(bytes: Buffer, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
