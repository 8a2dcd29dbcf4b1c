const dayMs = 86_400_000;

/** How long a token works where nobody says: long enough to forget, short enough to be noticed. */
export const usualTokenDays = 90;
/** The longest that a token may work, until the organisation decides. */
export const usualMostTokenDays = 365;
/** What an organisation may decide: a day at least, ten years at most. */
export const tokenDaysRange = { least: 1, most: 3650 } as const;

/** Longest grace of a secret that was replaced: whoever needs more than a week has two tokens. */
export const mostGraceHours = 168;

/**
 * When a token that is made or renewed now ends: at the moment that was asked for, else after the usual time, always
 * within so many days. The last of them counts whole wherever it ends, so a day more is let pass.
 */
export function tokenEnd(
  asked: Date | undefined,
  now: Date,
  mostDays: number,
): { readonly end: Date } | { readonly problem: string } {
  if (asked === undefined) return { end: after(now, Math.min(usualTokenDays, mostDays)) };
  if (asked <= now) return { problem: 'Take a moment that is still to come.' };
  if (asked > after(now, mostDays + 1))
    return {
      problem: `A token works at most ${mostDays === 1 ? 'a day' : `${mostDays} days`} in this organisation.`,
    };
  return { end: asked };
}

/** Until when the secret before works: so many hours, never beyond the end of the token; not at all for none. */
export function graceEnd(hours: number, now: Date, end: Date): Date | null {
  if (hours <= 0) return null;
  return new Date(Math.min(now.getTime() + hours * 3_600_000, end.getTime()));
}

const after = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs);
