import { DomainError } from '@throughline/domain/errors.ts';
import { mayEnterOwn } from '@throughline/domain/provider.ts';
import { memberActing } from '../store/powers.ts';
import { providerOf } from '../store/providers.ts';
import type { Reader } from '../store/reader.ts';

/**
 * Whether a member may enter with a password or passkey of their own. Where the organisation lets in by its provider
 * alone, administrators still may: a provider that is out of reach locks nobody out for good.
 */
export async function entersOwn(reader: Reader, member: string, now: Date): Promise<boolean> {
  const provider = await providerOf(reader);
  if (mayEnterOwn(provider?.settings, [])) return true;
  return mayEnterOwn(provider?.settings, (await memberActing(reader, member, now)).roles);
}

/** A link to a password that opens nothing would be handed over, and taken for a way in. */
export const passwordOpensNothing = (): DomainError =>
  new DomainError(
    'conflict',
    'This organisation lets people in by its provider alone, so a password opens nothing here: they use the organisation’s button. Settings, Sign-in, says who enters with a password.',
  );
