import { type ProofMethod, readCode } from '@throughline/domain/factors.ts';
import { factorsOf, passkeyOf, type StoredFactor, useCode, useFactor } from '../../store/factors.ts';
import type { Store } from '../../store/store.ts';
import type { Write } from '../../store/write.ts';
import { placeOfCode } from './recovery.ts';
import type { SecretBox } from './secret-box.ts';
import { totpStep } from './totp.ts';
import { namesOwner, type Party, type ShownPasskey, shownCounter } from './webauthn.ts';

/** What proving needs beside the store: the key of secrets, and the address that passkeys are bound to. */
export type FactorServices = {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly config: { readonly publicUrl: string };
};

/** What somebody shows: a code, typed, or a passkey's answer to a challenge. */
export type Shown = {
  readonly code?: string | undefined;
  readonly passkey?: ShownPasskey | undefined;
};

/** A factor that was shown and is right. It counts once `keep` answered true inside the change that it allows. */
export type Proven = {
  readonly method: ProofMethod;
  readonly person: string;
  /** Which of their factors; nothing where it was the password. */
  readonly factor?: string;
  keep(write: Write): Promise<boolean>;
};

/** Checks a typed code against a person's authenticators and recovery codes. */
export async function proveCode(
  { store, secrets }: FactorServices,
  person: string,
  typed: string,
  now: Date,
): Promise<Proven | null> {
  const code = readCode(typed);
  if (!code) return null;
  for (const factor of await factorsOf(store, person)) {
    if ('totp' in code && factor.kind === 'totp') {
      const secret = secrets.open(factor.secret, person);
      const step = secret && totpStep(secret, code.totp, now);
      // A code is good once (RFC 6238 §5.2): the step rises with each.
      if (step !== null && step > factor.counter)
        return {
          method: 'totp',
          person,
          factor: factor.id,
          keep: (write) => useFactor(write, factor.id, { counter: step, rising: true }),
        };
    }
    if ('recovery' in code && factor.kind === 'recovery') {
      const place = placeOfCode(factor, code.recovery);
      if (place !== null)
        return { method: 'recovery', person, keep: (write) => useCode(write, factor.id, place) };
    }
  }
  return null;
}

/**
 * Checks a passkey's answer. `person` is who has to show it; without, whoever it belongs to. Where nothing else is shown
 * (`alone`), the authenticator must have verified them (PIN, finger): it stands in for the password too. Beside one it is
 * the second factor, and that somebody has it is what it shows (WebAuthn §6.2.3).
 */
export async function provePasskey(
  store: Store,
  party: Party,
  {
    given,
    challenge,
    person,
    alone,
  }: { given: ShownPasskey; challenge: string; person: string | null; alone: boolean },
): Promise<Proven | null> {
  const factor = await passkeyOf(store, Buffer.from(given.id, 'base64url'));
  if (!factor || (person !== null && factor.person !== person)) return null;
  if (!namesOwner(given, factor.person, person === null)) return null;
  const counter = await shownCounter(party, challenge, given, factor, verificationOf(alone));
  if (counter === null) return null;
  // Authenticators that count show when one was copied; most passkeys do not count and stay at 0 (WebAuthn §6.1.1).
  const rising = counter > 0 || factor.counter > 0;
  return {
    method: 'passkey',
    person: factor.person,
    factor: factor.id,
    keep: (write) => useFactor(write, factor.id, { counter, rising }),
  };
}

/** What is asked of an authenticator. */
export const verificationOf = (alone: boolean) => (alone ? 'required' : 'preferred');

export const passkeysOf = (factors: readonly StoredFactor[]): StoredFactor[] =>
  factors.filter(({ kind }) => kind === 'passkey');
