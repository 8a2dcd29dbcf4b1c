import { createHash, hash, randomBytes } from 'node:crypto';
import { canonicalText } from './canonical.ts';

/** Digest over canonical JSON (RFC 8785), SHA-256. */
export function digestOf(value: unknown): Buffer {
  return Buffer.from(hash('sha256', canonicalText(value), 'binary'), 'binary');
}

/** Canonical bytes of a value, as an entry is kept and hashed. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalText(value), 'utf8');
}

export const newSalt = (): Buffer => randomBytes(32);

export type RevisionContent = {
  readonly kind: string;
  readonly schema: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
};

/** Salted digest of one revision's content: nothing can be guessed from it once content and salt are erased. */
export function revisionDigest(salt: Buffer, content: RevisionContent): Buffer {
  return digestOf({ salt: salt.toString('hex'), ...content });
}

/** The same of many, whose salts and digests are at hand in hexadecimal. */
export function revisionDigestHex(salt: string, content: RevisionContent): string {
  return hash('sha256', canonicalText({ salt, ...content }), 'hex');
}

/** Digest of the raw cells of one row of a file. Rows that an earlier release kept have no salt. */
export function cellsDigest(salt: Buffer | null, raw: readonly string[]): Buffer {
  return createHash('sha256')
    .update(salt ?? Buffer.of())
    .update(JSON.stringify(raw))
    .digest();
}
