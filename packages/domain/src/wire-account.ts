/** The shapes of answers on `/api/v1` about a person's own account: factors, sessions, the second step of signing in. */
import type { ProofMethod, ResetKind, StepUpRule } from './factors.ts';
import type { OutsideWire } from './wire-outside.ts';

/** A second factor as its owner sees it; recovery codes are counted in `AccountWire` instead. */
export type FactorWire = {
  id: string;
  kind: 'totp' | 'passkey';
  name: string;
  addedAt: string;
  usedAt: string | null;
  /** It counts in the organisation at hand: it was added there, or shown there once while signed in. */
  here: boolean;
};

export type OwnSessionWire = {
  id: string;
  organisation: { id: string; name: string };
  /** The one that asks. */
  current: boolean;
  startedAt: string;
  seenAt: string;
  endsAt: string;
  methods: readonly ProofMethod[];
  /** What the browser said of itself when it signed in. */
  agent: string | null;
  /** The address that it signed in from. */
  host: string | null;
};

/**
 * A session of a member as administrators see it: enough to tell it from others, and nothing of where the person is. What
 * they showed and when it ends would say whether it goes on from another organisation.
 */
export type MemberSessionWire = {
  id: string;
  startedAt: string;
  seenAt: string;
  /** The browser in two words; `null` where it said nothing known. */
  agent: string | null;
};

/** A password link, or an end of second factors, that somebody else made for this person. */
export type OwnResetWire = {
  kind: ResetKind;
  at: string;
  organisation: { id: string; name: string };
  /** Who made it; `null` where it was asked for at the door. */
  by: string | null;
  reason: string | null;
  usedAt: string | null;
  /** By it one administrator alone opened the account: it decides nothing until it is known who uses it. */
  open: boolean;
};

/** `GET /account`. */
export type AccountWire = {
  email: string;
  /**
   * False where the provider of the organisation alone vouches for whoever asks: until they show something of their own,
   * password, factors, recovery codes and what was shown at other sign-ins are not told.
   */
  own: boolean;
  /** `null` where it was set before that was kept. */
  passwordSetAt: string | null;
  factors: readonly FactorWire[];
  /** Recovery codes that are left; `null` while there are none. */
  recoveryCodes: number | null;
  /** The address under which this server's passkeys work; `null` where its address is a bare IP address. */
  passkeysAt: string | null;
  stepUp: StepUpRule;
  /** Accounts at the provider of the organisation that are linked to them. */
  outside: readonly OutsideWire[];
  /** What its button says; `null` where the organisation offers none. */
  provider: string | null;
  /** When a second factor is demanded of this person here; `null` where it is not. */
  factorDue: string | null;
  /** The newest first, of every organisation of theirs. */
  resets: readonly OwnResetWire[];
  sessions: readonly OwnSessionWire[];
};

/** What to ask next: of whoever signs in, and of whoever has to prove once more that it is them. */
export type StepWire = {
  /** Names this step; sent back with what is shown. */
  step: string;
  until: string;
  methods: readonly ProofMethod[];
  /** For `navigator.credentials.get`, as WebAuthn writes it in JSON; `null` where a passkey is none of the methods. */
  passkey: unknown;
};

/** `POST /account/totp`: a secret that counts once a code of it is shown. */
export type NewTotpWire = {
  step: string;
  until: string;
  /** Base32, to type by hand. */
  secret: string;
  /** `otpauth://`, for the picture that authenticators read. */
  uri: string;
};

/** `POST /account/passkeys/begin`. */
export type NewPasskeyWire = { step: string; until: string; options: unknown };

/** A factor was added; with the first one come recovery codes, shown this once. */
export type AddedFactorWire = { factor: FactorWire; recoveryCodes: readonly string[] | null };
