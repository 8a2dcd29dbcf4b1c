import { DomainError } from '@throughline/domain/errors.ts';
import { secretLink } from './secret-link.ts';
import type { Services } from './services.ts';
import type { Context } from './store/context.ts';
import { findMember, memberAddresses } from './store/members.ts';
import { organisationSettings } from './store/organisations.ts';
import { makeResetLink } from './store/resets.ts';
import type { Secret } from './store/secret.ts';
import { endResetLinks } from './store/sign-in-links.ts';
import type { Write } from './store/write.ts';

/** How long a link that went by mail opens. */
const mailedResetMs = 30 * 60_000;

export type MailedReset = Secret & {
  readonly person: string;
  readonly email: string;
  readonly expiresAt: Date;
  /** Its name. */
  readonly organisation: string;
};

/** A link to a new password that is to go by mail; nothing where the member is in nobody's use or has no address. */
export async function makeMailedReset(write: Write, member: string): Promise<MailedReset | undefined> {
  const known = await findMember(write, member);
  const email = (await memberAddresses(write)).get(member)?.email;
  if (!known?.active || known.person === null || !email) return undefined;
  const { person } = known;
  const link = await makeResetLink(write, {
    ...{ member, person, email, lifeMs: mailedResetMs, byHand: false },
  });
  return { ...link, person, email, organisation: (await organisationSettings(write)).name };
}

/** Mails a link that was made; ends it and throws where the mail does not leave. */
export async function mailReset(
  { mail, store, clock }: Services,
  ctx: Context,
  made: MailedReset,
): Promise<void> {
  if (!mail) throw new DomainError('conflict', 'This server sends no mail: SMTP_URL is not set.');
  const path = secretLink('/password', made.text);
  try {
    await mail.send({
      to: made.email,
      subject: `A new password for ${made.organisation}`,
      text: words(made.organisation, mail.link(path), made.expiresAt),
    });
  } catch (error) {
    await store.change({ ...ctx, at: clock() }, (write) => endResetLinks(write, made.person, made.hash));
    throw error;
  }
}

const words = (organisation: string, link: string, until: Date): string =>
  [
    `Somebody asked for a new password for your account on Throughline, which you use at ${organisation}.`,
    `Open this link to set one. It works once, until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC:`,
    link,
    'Setting it ends your sessions everywhere. If you have a second factor, you are asked for it.',
    'If it was not you, leave it: nothing changes without you.',
    '',
  ].join('\n\n');
