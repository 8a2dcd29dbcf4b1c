import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** As authenticators expect it when a picture says nothing else (RFC 6238 §1.2): SHA-1, six digits, thirty seconds. */
const period = 30;
const shape = { algorithm: 'SHA1', digits: 6, period } as const;
/** One step earlier or later: clocks of telephones go wrong by that much (RFC 6238 §5.2). */
const window = 1;

/** A new secret: 160 bits, as RFC 4226 §4 recommends. */
export const newTotpSecret = (): Buffer => randomBytes(20);

/** The secret as it is typed by hand (Base32), and as the picture carries it. */
export function totpWords(secret: Buffer, email: string, issuer: string): { secret: string; uri: string } {
  // A colon parts issuer and account in the label (Key URI format), so neither can hold one.
  const totp = new TOTP({
    ...shape,
    issuer: issuer.replaceAll(':', ' ').slice(0, 60),
    label: email,
    secret: keyOf(secret),
  });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step that a code belongs to; `null` when it is none of this moment's. Six digits. */
export function totpStep(secret: Buffer, code: string, now: Date): number | null {
  const totp = new TOTP({ ...shape, secret: keyOf(secret) });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}

const keyOf = (secret: Buffer): Secret => new Secret({ buffer: Uint8Array.from(secret).buffer });
