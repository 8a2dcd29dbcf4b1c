import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from './secret-box.ts';

/** What a browser keeps to be known again, and lets nobody in: marks that this installation made, and no others. */
export type BrowserMarks = { issue(): string; isOurs(mark: string): boolean };

const half = 16;
const use = 'throughline browser mark';

/** 16 random bytes and as many of their signature, in base64url. */
export function browserMarks({ sign }: Pick<SecretBox, 'sign'>): BrowserMarks {
  const signed = (bytes: Buffer): Buffer => Buffer.concat([bytes, sign(use, bytes).subarray(0, half)]);
  return {
    issue: () => signed(randomBytes(half)).toString('base64url'),
    isOurs: (mark) => {
      if (!/^[\w-]{43}$/.test(mark)) return false;
      const bytes = Buffer.from(mark, 'base64url');
      return timingSafeEqual(bytes, signed(bytes.subarray(0, half)));
    },
  };
}
