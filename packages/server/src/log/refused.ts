/** Why the log of an organisation stands unsigned. Closed: pages have words for each. */
export const unsignedReasons = [
  'no-key', // no node has the private key that is registered
  'directory', // the key's directory cannot be read or written
  'key-exposed', // the key's file may be read by other accounts
  'key-unreadable', // the key's file holds no Ed25519 key
  'record-unreadable', // what was signed last cannot be read
  'other-origin', // the log goes by another name than the one it was signed under
  'smaller', // fewer entries than were signed before
  'inconsistent', // other entries than were signed before
  'broken', // tiles, leaves and head do not fit each other
] as const;
export type UnsignedReason = (typeof unsignedReasons)[number];

/** Nothing is signed, and why, in words for whoever operates the installation. */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused';
  readonly reason: UnsignedReason;
  constructor(reason: UnsignedReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What the file system refuses, as a refusal to sign; anything else is thrown on. */
export function directoryRefused(directory: string, error: unknown): SigningRefused {
  if (error instanceof SigningRefused) return error;
  if (error instanceof Error && 'syscall' in error)
    return new SigningRefused(
      'directory',
      `The directory of the log's key, ${directory}, cannot be used: ${error.message}.`,
      { cause: error },
    );
  throw error;
}
