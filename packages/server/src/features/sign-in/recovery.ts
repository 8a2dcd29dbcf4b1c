import { randomBytes, timingSafeEqual } from 'node:crypto';
import { recoveryCode, recoveryCodeBytes, recoveryCodeCount } from '@throughline/domain/factors.ts';
import { secretHash } from '../../store/secret.ts';

const hashLength = 32;

/** New codes, and what is kept of them: one SHA-256 after the other. 80 random bits each need no slow hash. */
export function newRecoveryCodes(): { readonly codes: readonly string[]; readonly kept: Buffer } {
  const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCode(randomBytes(recoveryCodeBytes)));
  return { codes, kept: Buffer.concat(codes.map(secretHash)) };
}

export const codesLeft = (kept: Buffer): number => kept.length / hashLength;

/** What is kept once a code was used; `null` when it is none of them. */
export function withoutCode(kept: Buffer, code: string): Buffer | null {
  const hash = secretHash(code);
  const all = Array.from({ length: codesLeft(kept) }, (_, at) =>
    kept.subarray(at * hashLength, (at + 1) * hashLength),
  );
  const left = all.filter((one) => !timingSafeEqual(one, hash));
  return left.length === all.length ? null : Buffer.concat(left);
}
