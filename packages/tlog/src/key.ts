import { fromBase64, toBase64 } from './base64.ts';
import { concat, toHex, toUtf8 } from './bytes.ts';
import { TlogError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import { quoted } from './numbers.ts';

/** What a key signs: `note` the text itself (0x01), `cosignature` the text at a time (0x04, c2sp.org/tlog-cosignature). */
export type KeyUse = 'note' | 'cosignature';

/** An Ed25519 key that signatures are checked with. Name and id together say which key it is. */
export type VerifierKey = {
  readonly name: string;
  /** Four bytes as eight lower-case hexadecimal digits. */
  readonly id: string;
  readonly use: KeyUse;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
};

const typeBytes: Readonly<Record<KeyUse, number>> = { note: 0x01, cosignature: 0x04 };
const publicKeyLength = 32;
const newline = Uint8Array.of(0x0a);

/**
 * A key by its name and public key. The id is SHA-256(name || 0x0A || type || public key)[:4] (c2sp.org/signed-note).
 * @throws TlogError `key`, `encoding`
 */
export function verifierKey(
  sha256: Sha256,
  name: string,
  publicKey: Uint8Array,
  use: KeyUse = 'note',
): VerifierKey {
  checkKeyName(name, 'key name');
  if (publicKey.length !== publicKeyLength)
    throw new TlogError('key', 'public key', `has ${publicKey.length} bytes, Ed25519 has ${publicKeyLength}`);
  const typed = concat([Uint8Array.of(typeBytes[use]), publicKey]);
  const id = toHex(sha256(toUtf8(name, 'key name'), newline, typed).subarray(0, 4));
  return { name, id, use, publicKey };
}

/** `name+id+base64(type || public key)`, as keys are published (c2sp.org/signed-note, verifier keys). */
export function formatKey({ name, id, use, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(concat([Uint8Array.of(typeBytes[use]), publicKey]))}`;
}

/**
 * Reads a published key and checks that its id is the one that follows from it.
 * @throws TlogError `key`, `encoding`
 */
export function parseKey(sha256: Sha256, text: string): VerifierKey {
  const [, name = '', id = '', encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  if (encoded === undefined) throw new TlogError('key', 'key', `${quoted(text)} is not written name+id+key`);
  const [type, ...publicKey] = fromBase64(encoded, 'key');
  const use = type === typeBytes.note ? 'note' : type === typeBytes.cosignature ? 'cosignature' : undefined;
  if (use === undefined)
    throw new TlogError('key', 'key', `is of type ${type ?? 'none'}, and only Ed25519 (1 and 4) is known`);
  const key = verifierKey(sha256, name, Uint8Array.from(publicKey), use);
  if (key.id !== id) throw new TlogError('key', 'key id', `is ${id}, and ${key.id} follows from the key`);
  return key;
}

/** @throws TlogError `key` for a name that is empty or has a Unicode space, a control character or a plus */
export function checkKeyName(name: string, at: string): void {
  // U+0085 is a space to Unicode, though not to JavaScript's \s.
  if (!isKeyName(name)) throw new TlogError('key', at, `${quoted(name)} is no key name`);
}

export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s\p{Cc}\p{White_Space}+]/u.test(name);
}
