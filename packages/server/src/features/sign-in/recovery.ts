import { randomBytes, timingSafeEqual } from 'node:crypto';
import { recoveryCode, recoveryCodeBytes, recoveryCodeCount } from '@throughline/domain/factors.ts';
import { secretHash } from '../../store/secret.ts';

const hashLength = 32;

/** New codes, and what is kept of them: one SHA-256 after the other. 80 random bits each need no slow hash. */
export function newRecoveryCodes(): { readonly codes: readonly string[]; readonly kept: Buffer } {
  const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCode(randomBytes(recoveryCodeBytes)));
  return { codes, kept: Buffer.concat(codes.map(secretHash)) };
}

/** What is kept of codes, and a bit for each that was used. */
type KeptCodes = { readonly secret: Buffer; readonly counter: number };

/** How many were not used. Codes that earlier releases took out are not among what is kept. */
export const codesLeft = (codes: KeptCodes): number => hashesOf(codes).filter(isLeft(codes)).length;

/** The place of a code that was not used; `null` when it is none of them. */
export function placeOfCode(codes: KeptCodes, code: string): number | null {
  const hash = secretHash(code);
  const left = isLeft(codes);
  // Every one is compared, so that the time says nothing of which it was.
  const found = hashesOf(codes).map((one, at) => timingSafeEqual(one, hash) && left(one, at));
  const at = found.indexOf(true);
  return at === -1 ? null : at;
}

const hashesOf = ({ secret }: KeptCodes): Buffer[] =>
  Array.from({ length: secret.length / hashLength }, (_, at) =>
    secret.subarray(at * hashLength, (at + 1) * hashLength),
  );

const isLeft =
  ({ counter }: KeptCodes) =>
  (_: Buffer, at: number): boolean =>
    (counter & (1 << at)) === 0;
