import { createHash, webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { entryOf, keyPair, leavesTo, logKey, logPair, readerOf, sha256 } from '../test/kit.ts';
import { entriesTo, logOf, readerOfFiles, signed } from '../test/log.ts';
import { toHex } from './bytes.ts';
import { openCheckpoint } from './checkpoint.ts';
import { proveInclusion } from './inclusion.ts';
import { formatKey, parseKey } from './key.ts';
import { formatProofFile } from './proof-file.ts';
import { portableSha256 } from './sha256.ts';
import type { Ed25519Verify } from './signing.ts';
import { verifyLog } from './verify-log.ts';
import { verifyProofFile } from './verify-proof.ts';

/** Ed25519 as a browser has it: it answers later. */
const verifyInBrowser: Ed25519Verify = async (publicKey, message, signature) => {
  const { subtle } = webcrypto;
  const key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']);
  return subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
};

const size = 300;
const { files, checkpoint } = await logOf(entriesTo(size));
const published = formatKey(logKey);
const key = parseKey(portableSha256, published);
const note = new TextDecoder().decode(files.get('checkpoint'));
const reader = readerOf(leavesTo(size));

describe('with what a browser has', () => {
  test('a proof is checked from the published key, the entry and the file', async () => {
    const file = formatProofFile({
      extra: null,
      index: 255,
      proof: proveInclusion(portableSha256, 255, size, reader),
      checkpoint: note,
    });
    const checker = { sha256: portableSha256, verify: verifyInBrowser, key };
    const proven = await verifyProofFile(file, entryOf(255), checker);
    expect(proven).toMatchObject({ index: 255, checkpoint: { size, root: checkpoint.root } });
    await expect(verifyProofFile(file, entryOf(254), checker)).rejects.toMatchObject({
      code: 'root-differs',
    });
  });

  test('a whole log is verified', async () => {
    const checker = { sha256: portableSha256, verify: verifyInBrowser, key };
    expect(await verifyLog(readerOfFiles(files), checker)).toMatchObject({ faultCount: 0, checkpoint });
  });

  test('a checkpoint signed by another is refused', async () => {
    const other = keyPair(5);
    expect(toHex(other.publicKey)).not.toBe(toHex(logPair.publicKey));
    const forged = { ...key, publicKey: other.publicKey };
    await expect(openCheckpoint(await signed(checkpoint), forged, verifyInBrowser)).rejects.toMatchObject({
      code: 'signature',
    });
  });
});

test('proofs are the same whatever hashes them: our own SHA-256, Node in one call, Node in parts', () => {
  const inParts = (...parts: Uint8Array[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  for (const index of [0, 1, 127, 255, 256, 299]) {
    const proofs = [sha256, portableSha256, inParts].map((hash) =>
      proveInclusion(hash, index, size, reader).map(toHex).join(),
    );
    expect(new Set(proofs).size).toBe(1);
  }
});
