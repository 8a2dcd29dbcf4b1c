import { DomainError } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { secretLink } from '../../secret-link.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { newSecret } from '../../store/secret.ts';
import { addInvitation } from '../../store/sign-in-links.ts';

const invitationLifeMs = 7 * 24 * 3_600_000;

/**
 * Sends an invitation by mail. The link's secret is made here, and its digest alone is kept: no job, no queue and no
 * backup ever holds one. Run again, the link sent before ends with the new one. A member who accepted or left gets none.
 */
export async function sendInvitation(
  services: Services,
  input: Json,
  { ctx }: { readonly ctx: Context },
): Promise<Json> {
  if (!isObject(input) || typeof input.member !== 'string')
    throw new TypeError('An invitation is for a member by id');
  const { mail } = services;
  if (!mail)
    throw new DomainError('conflict', 'This server sends no mail: SMTP_URL is not set. Make a link by hand.');
  const member = input.member;
  const secret = newSecret();
  const at = services.clock();
  const expiresAt = new Date(at.getTime() + invitationLifeMs);
  const invited = await services.store.change({ ...ctx, at }, async (write) => {
    const known = await findMember(write, member);
    const email = (await memberAddresses(write)).get(member)?.email;
    if (!known?.active || known.person !== null || !email) return undefined;
    await addInvitation(write, { hash: secret.hash, member, email, expiresAt, byHand: false });
    return { email, organisation: (await organisationSettings(write)).name };
  });
  if (!invited) return { sent: false };
  await mail.send({
    to: invited.email,
    ...invitationWords(invited.organisation, mail.link(secretLink('/invitation', secret.text)), expiresAt),
  });
  return { sent: true };
}

function invitationWords(organisation: string, link: string, until: Date): { subject: string; text: string } {
  return {
    subject: `${organisation} invites you`,
    text: [
      `${organisation} invites you to its AI management system on Throughline.`,
      `Open this link to enter. It works once, until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC:`,
      link,
      'If you did not expect this, leave it: nothing happens without you.',
      '',
    ].join('\n\n'),
  };
}
