import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { setPreferences } from '../../store/members.ts';

const mostBytes = 65_536;

/** Keeps the caller's own settings of the pages, whole. */
export async function keepPreferences(
  services: Services,
  ctx: Context,
  preferences: Readonly<Record<string, Json>>,
): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'Preferences belong to people; a token has none.');
  if (Buffer.byteLength(JSON.stringify(preferences)) > mostBytes)
    throw new DomainError('too-large', 'Preferences take 64 KiB at most.');
  await services.store.change(ctx, (write) => setPreferences(write, actor.member, preferences));
}
