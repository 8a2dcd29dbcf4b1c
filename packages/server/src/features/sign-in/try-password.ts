import type { Attempts, Place } from './attempts.ts';
import { passwordMatches } from './password.ts';

/**
 * Whether a password is that of the hash, as an attempt that counts from its beginning. One that was not looked at, as too
 * many were at that moment, counts against nobody. Whoever accepts what comes of it says so to `attempts`.
 */
export async function tryPassword(
  attempts: Attempts,
  on: { readonly email: string; readonly place: Place; readonly at: Date },
  password: string,
  kept: string | null | undefined,
): Promise<boolean> {
  const { email, place, at } = on;
  attempts.begin(email, place, at);
  try {
    return await passwordMatches(password, kept);
  } catch (error) {
    attempts.withdraw(email, place);
    throw error;
  }
}
