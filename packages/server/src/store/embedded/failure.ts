/** The embedded database cannot be opened; the message says why and what to do, for the person who started it. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
}

/** Another process holds the data directory: it may end soon, or be one to work beside. */
export class DirectoryHeld extends EmbeddedDatabaseError {}

/** The `code` of a system error (`ENOENT`, `EACCES`, …), or '' for anything else. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
