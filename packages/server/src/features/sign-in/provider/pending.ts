import { trustLinks } from '../../../store/outside-identities.ts';
import { providerOf } from '../../../store/providers.ts';
import type { Write } from '../../../store/write.ts';
import type { SecretBox } from '../secret-box.ts';
import { stepOver } from '../steps.ts';
import { admit, type Vouched } from './admit.ts';

/** What waits for a second factor: whom the provider vouches for, and the challenge that a passkey answers. */
export type Pending = {
  readonly provider: string;
  readonly vouched: Vouched;
  readonly challenge: Buffer | null;
};

/** Encrypted, and bound to the organisation: it says who somebody is, and is kept for the minutes of a step. */
export function closePending(
  secrets: SecretBox,
  organisation: string,
  { provider, vouched, challenge }: Pending,
): Buffer {
  const text = JSON.stringify({ provider, vouched, challenge: challenge?.toString('utf8') ?? null });
  return secrets.close(Buffer.from(text, 'utf8'), organisation);
}

/** Throws `conflict` for what was kept otherwise: the sign-in begins anew. */
export function openPending(secrets: SecretBox, organisation: string, content: Buffer | null): Pending {
  const opened = content && secrets.open(content, organisation);
  if (!opened) throw stepOver();
  const kept: { provider: string; vouched: Vouched; challenge: string | null } = JSON.parse(
    opened.toString('utf8'),
  );
  return { ...kept, challenge: kept.challenge === null ? null : Buffer.from(kept.challenge, 'utf8') };
}

/**
 * Links the account and lets roles follow, once the second factor was shown. All is decided again: whoever is meant by
 * now somebody else, and a provider that is offered no more, lets nobody in. Throws `conflict` then.
 */
export async function settle(
  write: Write,
  { provider: id, vouched }: Pending,
  member: string,
): Promise<void> {
  const provider = await providerOf(write);
  if (provider?.id !== id || !provider.settings.offered) throw stepOver();
  const entered = await admit(write, { provider, vouched });
  if ('why' in entered || entered.member !== member) throw stepOver();
  await trustLinks(write, member, vouched.subject);
}
