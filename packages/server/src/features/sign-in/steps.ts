import { DomainError } from '@throughline/domain/errors.ts';
import { factorKinds, provingMethods } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { StoredFactor } from '../../store/factors.ts';
import { newSecret, secretHash } from '../../store/secret.ts';
import { openStep, type StepPurpose, type StoredStep, stepOf } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import { stepLifeMs } from './limits.ts';
import { type FactorServices, passkeysOf, verificationOf } from './prove.ts';
import { partyOf, requestOptions } from './webauthn.ts';

export type NewStep = {
  readonly purpose: StepPurpose;
  readonly person?: string;
  readonly organisation?: string;
  readonly member?: string;
  readonly content?: Buffer | null;
};

/** Opens a step; its token goes to whoever asked and nowhere else. */
export async function beginStep(
  store: Store,
  { purpose, person, organisation, member, content }: NewStep,
  now: Date,
): Promise<{ readonly step: string; readonly until: string }> {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + stepLifeMs);
  await openStep(store, {
    hash: secret.hash,
    purpose,
    person: person ?? null,
    organisation: organisation ?? null,
    member: member ?? null,
    content: content ?? null,
    at: now,
    expiresAt,
  });
  return { step: secret.text, until: expiresAt.toISOString() };
}

export type FoundStep = StoredStep & { readonly hash: Buffer };

/** The step that a token names, of one of these purposes and not over. Throws `conflict` otherwise. */
export async function findStep(
  store: Store,
  token: string,
  purposes: readonly StepPurpose[],
  now: Date,
): Promise<FoundStep> {
  const hash = secretHash(token);
  const step = await stepOf(store, hash);
  if (!step || step.expires_at <= now || !purposes.includes(step.purpose)) throw stepOver();
  return { ...step, hash };
}

export function stepOver(): DomainError {
  return new DomainError(
    'conflict',
    'This step is over: it was taken already, or ten minutes passed. Begin again.',
  );
}

type Asking = {
  /** What the step holds besides a passkey's challenge. */
  readonly keep?: (challenge: Buffer | null) => Buffer | null;
  /** A passkey would be all that was shown. */
  readonly alone?: boolean;
};

/** Opens a step that asks a person for one of their factors. */
export async function askFactors(
  { store, config }: FactorServices,
  who: { readonly person: string; readonly organisation: string; readonly member: string },
  purpose: 'second-step' | 'provider-step' | 'join-step' | 'prove' | 'reset',
  factors: readonly StoredFactor[],
  now: Date,
  { keep = (challenge) => challenge, alone = false }: Asking = {},
): Promise<StepWire> {
  const party = partyOf(config.publicUrl);
  const passkeys = passkeysOf(factors);
  const passkey =
    party && passkeys.length > 0 ? await requestOptions(party, passkeys, verificationOf(alone)) : null;
  const content = keep(passkey && Buffer.from(passkey.challenge, 'utf8'));
  const begun = await beginStep(store, { purpose, ...who, content }, now);
  return { ...begun, methods: provingMethods(factors.map(({ kind }) => kind)), passkey };
}

/** Opens a step that asks for whatever factor somebody has, and says nothing of which there are. */
export async function askAnyFactor(
  { store, config }: FactorServices,
  who: { readonly person: string; readonly organisation: string; readonly member: string },
  now: Date,
): Promise<StepWire> {
  const party = partyOf(config.publicUrl);
  const passkey = party && (await requestOptions(party, [], 'preferred'));
  const content = passkey && Buffer.from(passkey.challenge, 'utf8');
  const begun = await beginStep(store, { purpose: 'prove', ...who, content }, now);
  return { ...begun, methods: factorKinds.filter((kind) => kind !== 'passkey' || passkey !== null), passkey };
}
