import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();
const present = 0x01;
const verified = 0x04;
const attested = 0x40;

export type Asked = { readonly challenge: string; readonly user?: { readonly id: string } };

/**
 * A security key made of software: answers challenges as WebAuthn §6 says, with a key pair of its own (ES256), at an
 * origin that the test chooses.
 */
export function softPasskey(origin = 'http://localhost:4270', options: { counts?: boolean } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let userHandle: string | undefined;
  const client = (type: string, { challenge }: Asked) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }), 'utf8');
  const data = (flags: number) => {
    if (options.counts) counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.of(flags), count]);
  };
  return {
    id: id.toString('base64url'),
    /** Answers `navigator.credentials.create`. */
    create: (asked: Asked, statement: { fmt?: string; certificates?: readonly Uint8Array[] } = {}) => {
      userHandle = asked.user?.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key = new Map<number, number | Uint8Array>([
        ...([
          [1, 2],
          [3, -7],
          [-1, 1],
        ] as const),
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const cose = Buffer.from(isoCBOR.encode(key));
      const authData = Buffer.concat([
        data(present | verified | attested),
        Buffer.alloc(16),
        length,
        id,
        cose,
      ]);
      const attStmt = new Map(statement.certificates ? [['x5c', [...statement.certificates]]] : []);
      const attestation = new Map<string, string | Map<string, Uint8Array[]> | Uint8Array>([
        ['fmt', statement.fmt ?? 'none'],
        ['attStmt', attStmt],
        ['authData', Uint8Array.from(authData)],
      ]);
      return {
        id: id.toString('base64url'),
        clientDataJSON: client('webauthn.create', asked).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
        transports: ['usb'],
      };
    },
    /** Answers `navigator.credentials.get`. */
    get: (asked: Asked, how: { verifies?: boolean } = {}) => {
      const clientData = client('webauthn.get', asked);
      const authenticatorData = data(present | (how.verifies === false ? 0 : verified));
      const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
      return {
        id: id.toString('base64url'),
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
        ...(userHandle === undefined ? {} : { userHandle }),
      };
    },
  };
}

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'));
