import { DomainError } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { secretLink } from '../../secret-link.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { makeResetLink } from '../../store/resets.ts';
import type { Secret } from '../../store/secret.ts';
import { endResetLinks } from '../../store/sign-in-links.ts';
import type { Write } from '../../store/write.ts';

/** How long a link that went by mail opens. */
export const mailedResetMs = 30 * 60_000;

/**
 * Sends a link to a new password by mail. As with invitations its secret is made here and kept nowhere; where the mail
 * does not leave, the link ends, and the next try makes another.
 */
export async function sendReset(
  services: Services,
  input: Json,
  { ctx }: { readonly ctx: Context },
): Promise<Json> {
  if (!isObject(input) || typeof input.member !== 'string')
    throw new TypeError('A link to a new password is for a member by id');
  const { mail, store } = services;
  if (!mail)
    throw new DomainError('conflict', 'This server sends no mail: SMTP_URL is not set. Make a link by hand.');
  const { member } = input;
  const at = services.clock();
  const made = await store.change({ ...ctx, at }, (write) => makeMailedReset(write, member));
  if (!made) return { sent: false };
  await mailReset(services, ctx, made);
  return { sent: true };
}

type MailedReset = Secret & {
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
