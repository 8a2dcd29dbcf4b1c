import { freeRefusals } from '@throughline/domain/attempts.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { readCode } from '@throughline/domain/factors.ts';
import type { Mail } from '../../mail.ts';
import { accountOf, membershipsOf } from '../../store/people.ts';
import type { Attempts } from './attempts.ts';
import type { Requested } from './begin.ts';
import { placeOf } from './place.ts';
import { type FactorServices, type Proven, proveCode, provePasskey, type Shown } from './prove.ts';
import { noteRefusal, toldOfRefusal, warnOwner } from './refused.ts';
import { ensureParty } from './webauthn.ts';

export type SignInServices = FactorServices & {
  readonly attempts: Attempts;
  /** Without it nobody is told of guesses by mail. */
  readonly mail?: Mail | undefined;
};

type Asked = {
  readonly person: string;
  readonly challenge: Buffer | null;
  /** A passkey that is shown is all that was shown. */
  readonly alone?: boolean;
};

/**
 * Checks a second factor at the door. A refusal is written down; once as many strangers' codes were wrong as anybody
 * mistypes, its owner is told by mail: whoever shows them got past the password.
 */
export async function proveAtDoor(
  services: SignInServices,
  who: Asked & { readonly organisation: string },
  shown: Shown,
  request: Requested,
): Promise<Proven> {
  const { person, organisation } = who;
  const { proven, strangers } = await proveCounted(services, who, shown, request);
  if (proven) return proven;
  const { store, mail } = services;
  const memberships = await membershipsOf(store, person);
  const owner = memberships.find((one) => one.organisation === organisation);
  // Whoever is about to join does not belong there yet: a refusal is told of where they do.
  const told = toldOfRefusal(memberships, request.at, owner && organisation);
  for (const one of told) await noteRefusal(store, one, request);
  if (owner && mail && strangers === freeRefusals) await warnOwner(store, owner, request);
  throw new DomainError('unauthenticated', 'That is not right, or it was used before. Show it again.');
}

/**
 * Checks what a person shows, with refusals counted against them and the place. Codes of authenticators have a million
 * values, so strangers' guesses at them are bounded together, from wherever they come; nobody guesses a recovery code or
 * a signature, so those always get in. Answers how many guesses of strangers there were.
 */
export async function proveCounted(
  services: SignInServices,
  { person, challenge, alone = false }: Asked,
  shown: Shown,
  request: Requested,
): Promise<{ readonly proven: Proven | null; readonly strangers: number }> {
  const { store, attempts, config } = services;
  if (shown.passkey) {
    const party = ensureParty(config.publicUrl);
    const text = challenge?.toString('utf8');
    if (text === undefined) return { proven: null, strangers: 0 };
    const asked = { given: shown.passkey, challenge: text, person, alone };
    return { proven: await provePasskey(store, party, asked), strangers: 0 };
  }
  const account = await accountOf(store, person);
  const place = await placeOf(store, account?.email ?? '', request);
  const whom = `factors of ${person}`;
  const code = shown.code ?? '';
  const recovers = 'recovery' in (readCode(code) ?? {});
  if (recovers) {
    attempts.begin(whom, place, request.at);
    const proven = await proveCode(services, person, code, request.at);
    if (proven) attempts.accept(whom, place);
    return { proven, strangers: 0 };
  }
  const strangers = attempts.beginGuess(whom, place, request.at);
  const proven = await proveCode(services, person, code, request.at);
  if (proven) attempts.acceptGuess(whom, place);
  return { proven, strangers };
}
