import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { sealingNameLength } from '../../store/sealing-key.ts';

/**
 * Keeps what has to be read again, and so cannot be hashed: the secrets of authenticators. AES-256-GCM under a key that
 * lies with the server and in no database and no backup; the owner is bound in, so that no row serves another's.
 */
export type SecretBox = {
  /** Of the key, and tells nothing of it: what each closed secret begins with. */
  readonly name: Buffer;
  close(secret: Uint8Array, owner: string): Buffer;
  /** `null` where it was closed with another key, for somebody else, or altered. */
  open(closed: Buffer, owner: string): Buffer | null;
  /** 32 bytes that nobody makes without the key, and that say nothing of it; `use` keeps them apart from those of other uses. */
  sign(use: string, bytes: Uint8Array): Buffer;
};

const named = sealingNameLength;
const nonceLength = 12;
const tagLength = 16;

/** A box for a key of 32 bytes. */
export function secretBox(key: Buffer): SecretBox {
  if (key.length !== 32) throw new RangeError('The key of a box has 32 bytes');
  const name = createHash('sha256').update('throughline factors').update(key).digest().subarray(0, named);
  return {
    name,
    sign: (use, bytes) =>
      createHmac('sha256', createHmac('sha256', key).update(use).digest()).update(bytes).digest(),
    close: (secret, owner) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner, 'utf8'));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([name, nonce, cipher.getAuthTag(), text]);
    },
    open: (closed, owner) => {
      const head = named + nonceLength + tagLength;
      if (closed.length < head || !closed.subarray(0, named).equals(name)) return null;
      const nonce = closed.subarray(named, named + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
        .setAAD(Buffer.from(owner, 'utf8'))
        .setAuthTag(closed.subarray(named + nonceLength, head));
      const text = decipher.update(closed.subarray(head));
      return isWhole(decipher) ? text : null;
    },
  };
}

/** Node says by an exception that the tag does not fit: here that is an answer like any other. */
function isWhole(decipher: { final(): Buffer }): boolean {
  try {
    decipher.final();
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
