import { createHash, hash } from 'node:crypto';

/** What the log's pure functions hash with. */
export function sha256(...parts: Uint8Array[]): Buffer {
  const [only] = parts;
  if (only && parts.length === 1) return hash('sha256', only, 'buffer');
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}
