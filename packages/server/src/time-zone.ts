import { unprocessable } from '@throughline/domain/errors.ts';

/** The IANA time zone of that name in its usual spelling; throws `unprocessable` at `at` for one that is not known. */
export function ensureTimeZone(name: string, at: string): string {
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // An offset such as +02:00 is taken by Intl and knows no summer time.
    if (/^[A-Za-z]/.test(name)) return name === 'UTC' ? 'UTC' : known;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw unprocessable([
    { at, message: `"${name.slice(0, 60)}" is no time zone. Use a name such as Europe/Berlin.` },
  ]);
}
