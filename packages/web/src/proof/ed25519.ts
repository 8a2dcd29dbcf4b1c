import type { Ed25519Verify } from '@throughline/tlog/signing.ts';

/** The browser cannot check Ed25519 signatures: it is older, or the page came over plain HTTP from another machine. */
export class NoEd25519 extends Error {
  override readonly name = 'NoEd25519';
}

type Subtle = Pick<SubtleCrypto, 'importKey' | 'verify'>;

/** Ed25519 (RFC 8032) as WebCrypto has it. `subtle` is missing where the page is no secure context. */
export const verifierOf =
  (subtle: Subtle | undefined): Ed25519Verify =>
  async (publicKey, message, signature) => {
    if (subtle === undefined) throw new NoEd25519();
    let key: CryptoKey;
    try {
      key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']);
    } catch (error) {
      // A key that is no point of the curve is a DataError; only the absent algorithm is ours to explain.
      if (error instanceof Error && error.name === 'NotSupportedError') throw new NoEd25519();
      return false;
    }
    return subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
  };
