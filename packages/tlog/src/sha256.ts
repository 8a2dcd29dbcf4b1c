import { concat } from './bytes.ts';
import type { Sha256 } from './hash.ts';

/** The first 32 bits of the fractional parts of the roots of the first primes (FIPS 180-4 §4.2.2 and §5.3.3). */
const primes = Array.from({ length: 312 }, (_, at) => at).filter(isPrime);
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const blockLength = 64;

/**
 * SHA-256 (FIPS 180-4) in plain JavaScript, for browsers: theirs answers only later. Good for a proof's few dozen
 * hashes; a server passes in its own, which is many times faster.
 */
export const portableSha256: Sha256 = (...parts) => {
  const message = padded(concat(parts));
  const state = initial.slice();
  const words = new Int32Array(blockLength);
  for (let at = 0; at < message.byteLength; at += blockLength) {
    for (let word = 0; word < 16; word += 1) words[word] = message.getInt32(at + word * 4);
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [word, value] of state.entries()) digest.setInt32(word * 4, value);
  return new Uint8Array(digest.buffer);
};

/** FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits as 64-bit number. */
function padded(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / blockLength);
  const bytes = new Uint8Array(blocks * blockLength);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

/** FIPS 180-4 §6.2.2. Sums are kept in 32 bits by `| 0` and by being stored in an Int32Array. */
function compress(state: Int32Array, words: Int32Array): void {
  const word = (at: number) => words[at] ?? 0;
  for (let at = 16; at < blockLength; at += 1) {
    const early = word(at - 15);
    const late = word(at - 2);
    const small0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const small1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[at] = word(at - 16) + small0 + word(at - 7) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < blockLength; at += 1) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const one = (h + big1 + chosen + (constants[at] ?? 0) + word(at)) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + big0 + majority) | 0];
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] ?? 0) + value;
}

function turn(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}
