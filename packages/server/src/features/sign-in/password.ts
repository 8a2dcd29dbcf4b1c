import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '@throughline/domain/errors.ts';
import { queue } from '../../queue.ts';
import { newSecret } from '../../store/secret.ts';
import { type About, isGuessable } from './guessing/guessable.ts';
import { shortestPassword } from './limits.ts';

/** Argon2id (this library's default variant) with the smallest parameters that OWASP's password storage guidance still lists: 19 MiB, two passes, one lane. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Each takes a thread for some 20 ms and its memory: as many run at once as leave one for files, and whoever comes when
 * these wait is told to come again, known or not.
 */
const work = queue(3, 60, {
  retryAfter: 2,
  words: () => 'Many people sign in at this moment. Try again in two seconds.',
});

/** Compared against when an address is unknown, so that the time to refuse does not say which addresses are known. */
let decoy: Promise<string> | undefined;

/** Hashes a password, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return work.take(() => hash(password.normalize('NFC'), strength));
}

/** Throws `unprocessable`, with the field `at`, for a password that is too short or easily guessed. */
export async function ensurePassword(password: string, about: About, at = 'password'): Promise<void> {
  const message = await passwordProblem(password, about);
  if (message) throw new DomainError('unprocessable', message, [{ at, message }]);
}

async function passwordProblem(password: string, about: About): Promise<string | undefined> {
  if ([...password].length < shortestPassword)
    return `A password has at least ${shortestPassword} characters.`;
  if (await isGuessable(password, about))
    return 'This password is among the first that somebody would try: it is widely used, or made of names, an address, a date or rows of characters. Take a sentence of four or five words.';
  return undefined;
}

/** True when the password is that of the hash. Takes as long without a hash as with one. */
export async function passwordMatches(password: string, kept: string | null | undefined): Promise<boolean> {
  decoy ??= hash(newSecret().text, strength);
  // A hash in no form that this release makes opens nothing.
  const known = kept?.startsWith('$argon2') ? kept : null;
  const against = known ?? (await decoy);
  const matches = await work.take(() => verify(against, password.normalize('NFC')));
  return matches && known !== null;
}
