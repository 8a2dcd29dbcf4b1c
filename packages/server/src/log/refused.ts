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

/** Codes of connections that broke: errors of sockets name a system call as those of files do. */
const broken: readonly unknown[] = ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT'];
const ofFiles = (error: unknown): error is Error =>
  error instanceof Error &&
  'syscall' in error &&
  error.syscall !== 'connect' &&
  !('code' in error && broken.includes(error.code));

/** What the file system refuses, as a refusal to sign; anything else, a connection that broke too, is thrown on. */
export function directoryRefused(directory: string, error: unknown): SigningRefused {
  if (error instanceof SigningRefused) return error;
  if (ofFiles(error))
    return new SigningRefused(
      'directory',
      `The directory of the log's key, ${directory}, cannot be used: ${error.message}.`,
      { cause: error },
    );
  throw error;
}
