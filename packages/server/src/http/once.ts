import { createHash } from 'node:crypto';
import type { Context } from '../store/context.ts';

/** Makes a file part of what a repeated request is known by: its bytes are no part of the body that was read. */
export function bindFile(ctx: Context, bytes: Buffer): Context {
  if (ctx.once) ctx.once.digest = createHash('sha256').update(ctx.once.digest).update(bytes).digest();
  return ctx;
}
