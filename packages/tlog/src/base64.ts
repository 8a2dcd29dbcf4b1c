import { TlogError } from './errors.ts';
import { quoted } from './numbers.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(letters, (letter, value) => [letter, value]));

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two, three] = bytes.subarray(at, at + 3);
    const bits = (one << 16) | ((two ?? 0) << 8) | (three ?? 0);
    text += letters.charAt(bits >> 18) + letters.charAt((bits >> 12) & 63);
    text += two === undefined ? '=' : letters.charAt((bits >> 6) & 63);
    text += three === undefined ? '=' : letters.charAt(bits & 63);
  }
  return text;
}

/**
 * The bytes of standard base64 in its one canonical form: padded, nothing between, unused bits zero (RFC 4648 §3.5).
 * Two texts for the same bytes would be two forms of one signed thing.
 * @throws TlogError `encoding`
 */
export function fromBase64(text: string, at: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array(Math.max(0, Math.floor((digits * 6) / 8)));
  let bits = 0;
  let held = 0;
  let filled = 0;
  for (let place = 0; place < digits; place += 1) {
    const value = values.get(text.charAt(place));
    if (value === undefined) throw notBase64(text, at);
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[filled] = (bits >> held) & 255;
    filled += 1;
  }
  const leftOver = bits & ((1 << held) - 1);
  if (text.length % 4 !== 0 || leftOver !== 0) throw notBase64(text, at);
  return bytes;
}

function notBase64(text: string, at: string): TlogError {
  return new TlogError('encoding', at, `${quoted(text)} is not canonical base64`);
}
