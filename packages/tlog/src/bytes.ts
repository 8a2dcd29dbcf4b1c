import { TlogError } from './errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Not in constant time: everything compared here is public. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

/** Lower-case hexadecimal, as faults show a hash. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * UTF-8 of a text.
 * @throws TlogError `encoding` for a lone surrogate, which has no UTF-8
 */
export function toUtf8(text: string, at: string): Uint8Array {
  if (!text.isWellFormed()) throw new TlogError('encoding', at, 'holds half of a surrogate pair');
  return encoder.encode(text);
}

/**
 * The text of UTF-8 bytes; a byte order mark is kept as a character.
 * @throws TlogError `encoding`
 */
export function fromUtf8(bytes: Uint8Array, at: string): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new TlogError('encoding', at, 'is not UTF-8');
    throw error;
  }
}
