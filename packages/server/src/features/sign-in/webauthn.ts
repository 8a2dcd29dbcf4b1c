import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { DomainError } from '@throughline/domain/errors.ts';
import type { StoredFactor } from '../../store/factors.ts';

/** The name that passkeys of this server are bound to, and where its pages are (WebAuthn §5.1.2). */
export type Party = { readonly id: string; readonly origin: string };

/**
 * Of the address that people use; `null` where that is a bare IP address, which passkeys cannot be bound to. A server
 * on loopback is reached as `localhost` too, and that is a name.
 */
export function partyOf(publicUrl: string): Party | null {
  const { hostname, origin, protocol, port } = new URL(publicUrl);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 0) return { id: hostname, origin };
  if (bare !== '::1' && !bare.startsWith('127.')) return null;
  return { id: 'localhost', origin: `${protocol}//localhost${port === '' ? '' : `:${port}`}` };
}

export function ensureParty(publicUrl: string): Party {
  const party = partyOf(publicUrl);
  if (party) return party;
  throw new DomainError(
    'conflict',
    'Passkeys are bound to a name, and this server is reached by a bare IP address. Set PUBLIC_URL to an address with a name.',
  );
}

/** What an authenticator keeps beside a passkey, to name whose it is (WebAuthn §5.4.3): the person's id. */
const userHandleOf = (person: string): Buffer => Buffer.from(person.replaceAll('-', ''), 'hex');

/** COSE algorithms that passkeys may sign with: EdDSA, ES256, RS256. What else Node can do is still called experimental there. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** What `navigator.credentials.create` is called with, in JSON. */
export async function creationOptions(
  party: Party,
  who: { readonly person: string; readonly email: string; readonly name: string },
  known: readonly StoredFactor[],
) {
  return generateRegistrationOptions({
    rpName: 'Throughline',
    rpID: party.id,
    userID: Uint8Array.from(userHandleOf(who.person)),
    userName: who.email,
    userDisplayName: who.name,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: credentials(known),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/** What `navigator.credentials.get` is called with, in JSON; with no factors any passkey of this server will do. */
export async function requestOptions(
  party: Party,
  factors: readonly StoredFactor[],
  userVerification: 'required' | 'preferred',
) {
  const allowCredentials = credentials(factors);
  return generateAuthenticationOptions({
    rpID: party.id,
    userVerification,
    ...(allowCredentials.length > 0 ? { allowCredentials } : {}),
  });
}

const credentials = (factors: readonly StoredFactor[]) =>
  factors.flatMap(({ credential, transports }) =>
    credential ? [{ id: credential.toString('base64url'), transports: [...transports] }] : [],
  );

/** What a browser sends of a new passkey; all but `transports` in base64url. */
export type NewPasskey = {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports?: readonly string[] | undefined;
};

export type MadePasskey = {
  readonly credential: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
};

/** The passkey in an answer to a challenge; `null` where it does not answer it. */
export async function madePasskey(
  party: Party,
  challenge: string,
  given: NewPasskey,
): Promise<MadePasskey | null> {
  const { id, transports = [], ...response } = given;
  return refusing(async () => {
    // None was asked for. Checking the certificates of one would make this server ask hosts that they name.
    const attested = decodeAttestationObject(
      Uint8Array.from(Buffer.from(given.attestationObject, 'base64url')),
    );
    if (attested.get('attStmt').get('x5c') !== undefined) return null;
    if (attested.get('fmt') !== 'none' && attested.get('fmt') !== 'packed') return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { ...response, transports: [...transports] },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs,
    });
    if (!verified) return null;
    const { credential } = registrationInfo;
    return {
      credential: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports,
    };
  });
}

/** What a browser sends of a passkey that was shown, in base64url. */
export type ShownPasskey = {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string | undefined;
};

/** Whether an answer names whoever the passkey belongs to; alone it has to, as nobody was named before (WebAuthn §7.2, 6). */
export function namesOwner({ userHandle }: ShownPasskey, owner: string, alone: boolean): boolean {
  if (userHandle === undefined) return !alone;
  return Buffer.from(userHandle, 'base64url').equals(userHandleOf(owner));
}

/** The passkey's new counter; `null` where the answer does not fit the challenge, the passkey or the place. */
export async function shownCounter(
  party: Party,
  challenge: string,
  given: ShownPasskey,
  factor: StoredFactor,
  verification: 'required' | 'preferred',
): Promise<number | null> {
  const { id, userHandle, ...response } = given;
  return refusing(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id, publicKey: Uint8Array.from(factor.secret), counter: factor.counter },
      requireUserVerification: verification === 'required',
    });
    return verified ? authenticationInfo.newCounter : null;
  });
}

/** The library says by exceptions what of an answer does not hold: whatever a client sent is refused, and no error of ours. */
async function refusing<T>(work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
