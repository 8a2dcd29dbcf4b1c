import type { UnsignedReason } from '@throughline/domain/wire-log.ts';

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
