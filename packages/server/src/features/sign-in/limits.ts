const minute = 60_000;
const hour = 60 * minute;

/** How long a session lasts: 12 hours after it was last used, 14 days in all. */
export const sessionLimits = { slideMs: 12 * hour, mostMs: 14 * 24 * hour } as const;
export const cookieEnd = (start: Date): Date => new Date(start.getTime() + sessionLimits.mostMs);
/** How often use is written down; a session ends at most this much earlier than it could. */
export const sessionTouchMs = 5 * minute;
export const tokenTouchMs = minute;
/** How long a sign-in waits for its second half. */
export const stepLifeMs = 10 * minute;
export const linkLifeMs = 24 * hour;
/** Shortest password (NIST SP 800-63B asks for length, not for kinds of characters). */
export const shortestPassword = 12;
