import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '@throughline/domain/errors.ts';
import { newSecret } from '../../store/secret.ts';
import { shortestPassword } from './limits.ts';

/** Argon2id (this library's default variant) with the smallest parameters that OWASP's password storage guidance still lists: 19 MiB, two passes, one lane. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Compared against when an address is unknown, so that the time to refuse does not say which addresses are known. */
let decoy: Promise<string> | undefined;

/** Hashes a password, off the event loop. Throws `unprocessable` when it is too short or repeats the address. */
export async function hashPassword(password: string, email: string): Promise<string> {
  ensurePassword(password, email);
  return hash(password.normalize('NFC'), strength);
}

/** Throws `unprocessable` for a password that would not be taken, before anything is asked on its account. */
export function ensurePassword(password: string, email: string): void {
  const problem = passwordProblem(password, email);
  if (problem) throw new DomainError('unprocessable', problem, [{ at: 'password', message: problem }]);
}

function passwordProblem(password: string, email: string): string | undefined {
  if ([...password].length < shortestPassword)
    return `A password has at least ${shortestPassword} characters.`;
  if (new Set(password).size < 4) return 'This password repeats too few characters.';
  if (password.toLowerCase() === email.toLowerCase())
    return 'A password is something other than the address.';
  return undefined;
}

/** True when the password is that of the hash. Takes as long without a hash as with one. */
export async function passwordMatches(password: string, kept: string | null | undefined): Promise<boolean> {
  decoy ??= hash(newSecret().text, strength);
  // A hash in no form that this release makes opens nothing.
  const known = kept?.startsWith('$argon2') ? kept : null;
  const against = known ?? (await decoy);
  const matches = await verify(against, password.normalize('NFC'));
  return matches && known !== null;
}
