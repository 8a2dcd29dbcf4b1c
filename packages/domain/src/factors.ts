/**
 * What a person shows to prove who they are, and how often it is asked again. A password is known; the others are
 * held: an authenticator's codes (RFC 6238), a passkey (WebAuthn), codes on paper for the day both are lost.
 */
export const factorKinds = ['totp', 'passkey', 'recovery'] as const;
export type FactorKind = (typeof factorKinds)[number];

/** How a session began, in the order in which it was shown. `provider`: the organisation's sign-in provider vouches for them. */
export const proofMethods = ['password', 'provider', ...factorKinds] as const;
export type ProofMethod = (typeof proofMethods)[number];

/** Whether what was shown is the person's own: a provider vouches for them in its own organisation alone. */
export const isOwnProof = (methods: readonly ProofMethod[]): boolean =>
  methods.some((method) => method !== 'provider');

/** What can be reset for somebody who lost it: by a link to a new password, or by an end to what they cannot show any more. */
export const resetKinds = ['password', 'factors'] as const;
export type ResetKind = (typeof resetKinds)[number];

/** Factors that protect by themselves; recovery codes only stand in for one of these. */
const holding: readonly FactorKind[] = ['totp', 'passkey'];

export function hasSecondFactor(kinds: readonly FactorKind[]): boolean {
  return kinds.some((kind) => holding.includes(kind));
}

/**
 * What can prove a person once more: whatever second factors they have, and the password alone only where there is
 * none. Who took a session over may know the password too; that is what the second factor is for.
 */
export function provingMethods(kinds: readonly FactorKind[]): ProofMethod[] {
  return hasSecondFactor(kinds) ? factorKinds.filter((kind) => kinds.includes(kind)) : ['password'];
}

/** An organisation's rule on how old the last proof may be when somebody approves or accepts. */
export type StepUpRule = {
  readonly minutes: number;
  /** Also of people without a second factor, who then show their password. */
  readonly everyone: boolean;
};

/** Of everyone, in a quarter of an hour: an approval from a browser that was left open is nobody's decision. */
export const usualStepUp: StepUpRule = { minutes: 15, everyone: true };
export const stepUpMinutes = { least: 1, most: 720 } as const;

/** What stands in settings, read without trust: what cannot be meant counts as not said. */
export function readStepUp(value: unknown): StepUpRule {
  if (typeof value !== 'object' || value === null) return usualStepUp;
  const { minutes, everyone } = { minutes: undefined, everyone: undefined, ...value };
  const { least, most } = stepUpMinutes;
  const usable =
    typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= least && minutes <= most;
  return { minutes: usable ? minutes : usualStepUp.minutes, everyone: everyone !== false };
}

/** When somebody last proved who they are, and whether they have a second factor to do it with. */
export type Presence = {
  readonly provedAt: Date;
  readonly secondFactor: boolean;
  /** False where the last proof was a provider's word; absent where it was one's own. */
  readonly own?: boolean;
  /** The word of a provider that an address alone linked to the member: whoever set the provider may hold the session. */
  readonly unproved?: boolean;
};

/** Whether the last proof is too old, or proves nobody. One from the future (a clock set back) is too. */
export function proofDue(rule: StepUpRule, presence: Presence, now: Date): boolean {
  if (presence.unproved) return true;
  if (!presence.secondFactor && !rule.everyone) return false;
  const age = now.getTime() - presence.provedAt.getTime();
  return age < 0 || age > rule.minutes * 60_000;
}

/** Crockford's alphabet without I, L, O and U: nothing that is misread from paper, and no words. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const groups = 4;
const groupLength = 4;
export const recoveryCodeCount = 10;
/** Bytes that one code is made of: 5 bits a character, 80 in all. */
export const recoveryCodeBytes = (groups * groupLength * 5) / 8;

/** A recovery code from random bytes, as it is written down: `k3f9-7m2x-…`. Takes `recoveryCodeBytes` of them. */
export function recoveryCode(bytes: Uint8Array): string {
  if (bytes.length !== recoveryCodeBytes)
    throw new RangeError(`A code is made of ${recoveryCodeBytes} bytes`);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from({ length: groups * groupLength }, (_, place) => {
    const shift = BigInt((groups * groupLength - 1 - place) * 5);
    return alphabet[Number((bits >> shift) & 31n)] ?? '';
  });
  return grouped(letters.join(''));
}

const grouped = (letters: string): string =>
  Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength),
  ).join('-');

/** What somebody typed: six digits of an authenticator, a recovery code in its one written form, or neither. */
export function readCode(typed: string): { totp: string } | { recovery: string } | null {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '');
  if (/^\d{6}$/.test(plain)) return { totp: plain };
  const letters = plain.replaceAll('o', '0').replace(/[il]/g, '1');
  if (letters.length !== groups * groupLength) return null;
  return [...letters].every((letter) => alphabet.includes(letter)) ? { recovery: grouped(letters) } : null;
}
