import { freeRefusals } from '@throughline/domain/attempts.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';

/** Tells a member that somebody got past their password and failed at their second factor. */
export async function sendWarning(
  services: Services,
  input: Json,
  { ctx }: { readonly ctx: Context },
): Promise<Json> {
  if (!isObject(input) || typeof input.member !== 'string' || typeof input.host !== 'string')
    throw new TypeError('A warning names a member by id, and a host');
  const { mail, store } = services;
  if (!mail) throw new DomainError('conflict', 'This server sends no mail: SMTP_URL is not set.');
  const [member, host] = [input.member, input.host];
  const to = await store.readWhole(ctx.organisation, async (reader) => {
    const email = (await memberAddresses(reader)).get(member)?.email;
    if (!email || !(await findMember(reader, member))?.active) return undefined;
    return { email, organisation: (await organisationSettings(reader)).name };
  });
  if (!to) return { sent: false };
  await mail.send({
    to: to.email,
    subject: 'Somebody may know your password',
    text: [
      `Somebody came as far as the second factor of your account on Throughline, which you use at ${to.organisation}, and showed ${freeRefusals} wrong codes, the last from ${host}.`,
      'They did not get in. If it was you, leave it.',
      `If it was not, your password is known to somebody else: sign in, set another one, and look at your sessions under ${mail.link('/account')}.`,
      '',
    ].join('\n\n'),
  });
  return { sent: true };
}
