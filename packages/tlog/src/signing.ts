import { concat, toUtf8 } from './bytes.ts';
import { TlogError } from './errors.ts';
import type { VerifierKey } from './key.ts';
import { checkText, type Note, type NoteSignature } from './note.ts';

/** Ed25519 (RFC 8032) over a message: 64 bytes. WebCrypto answers later, node:crypto at once. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Whether an Ed25519 signature of 64 bytes holds. Both arguments after the key may be any bytes. */
export type Ed25519Verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/** A signature that was checked. `time` in whole seconds since 1970 UTC, of a cosignature alone. */
export type Verified = { readonly key: VerifierKey; readonly time: number | null };

export type OpenedNote = {
  readonly text: string;
  readonly verified: readonly Verified[];
  /** Signatures of keys that are not known here; they count for nothing. */
  readonly unknown: readonly NoteSignature[];
};

const signatureLength = 64;
const timeLength = 8;

/**
 * Signs a note's text with a key for notes (0x01).
 * @throws TlogError `note`, `key` for a key that cosigns, `encoding`
 */
export async function signText(text: string, key: VerifierKey, sign: Ed25519Sign): Promise<NoteSignature> {
  checkText(text);
  if (key.use !== 'note') throw new TlogError('key', key.name, 'cosigns, and does not sign notes');
  return { name: key.name, keyId: key.id, bytes: await sign(toUtf8(text, 'text')) };
}

/**
 * Cosigns a checkpoint's text (c2sp.org/tlog-cosignature, Ed25519): that at this time, this was the largest tree of
 * the log that the cosigner had seen, and all before it were consistent with it.
 * @param time whole seconds since 1970 UTC
 * @throws TlogError `note`, `number`, `key` for a key that signs notes, `encoding`
 */
export async function cosignText(
  text: string,
  key: VerifierKey,
  time: number,
  sign: Ed25519Sign,
): Promise<NoteSignature> {
  checkText(text);
  if (key.use !== 'cosignature') throw new TlogError('key', key.name, 'signs notes, and does not cosign');
  if (!Number.isSafeInteger(time) || time < 0)
    throw new TlogError('number', 'time', `${time} is not in whole seconds since 1970`);
  const stamp = new Uint8Array(timeLength);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const signature = await sign(cosignedMessage(text, BigInt(time)));
  return { name: key.name, keyId: key.id, bytes: concat([stamp, signature]) };
}

/**
 * Checks the signatures of a note. Those of unknown keys are passed over, even under a known name or id; one of a
 * known key that does not hold refuses the whole note, and so does a note without any of a known key.
 * @throws TlogError `signature`, `encoding`, and what `verify` throws
 */
export async function openNote(
  note: Note,
  keys: readonly VerifierKey[],
  verify: Ed25519Verify,
): Promise<OpenedNote> {
  const verified: Verified[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.keyId);
    if (key === undefined) unknown.push(signature);
    else verified.push(await checkSignature(note.text, signature, key, verify));
  }
  if (verified.length === 0)
    throw new TlogError('signature', 'note', `is signed by none of the known keys (${listed(keys)})`);
  return { text: note.text, verified, unknown };
}

async function checkSignature(
  text: string,
  { bytes }: NoteSignature,
  key: VerifierKey,
  verify: Ed25519Verify,
): Promise<Verified> {
  const at = `signature of ${key.name}`;
  const stamped = key.use === 'cosignature';
  const expected = signatureLength + (stamped ? timeLength : 0);
  if (bytes.length !== expected)
    throw new TlogError('signature', at, `has ${bytes.length} bytes where ${expected} belong`);
  const time = stamped ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) : null;
  const message = time === null ? toUtf8(text, 'text') : cosignedMessage(text, time);
  const signature = bytes.subarray(bytes.length - signatureLength);
  if (!(await verify(key.publicKey, message, signature)))
    throw new TlogError('signature', at, 'does not hold for this text');
  if (time !== null && time > BigInt(Number.MAX_SAFE_INTEGER))
    throw new TlogError('signature', at, `names the time ${time}, beyond 2^53 - 1 seconds`);
  return { key, time: time === null ? null : Number(time) };
}

function cosignedMessage(text: string, time: bigint): Uint8Array {
  return toUtf8(`cosignature/v1\ntime ${time}\n${text}`, 'text');
}

function listed(keys: readonly VerifierKey[]): string {
  return keys.map(({ name, id }) => `${name} ${id}`).join(', ') || 'none';
}
