import { DomainError } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { mailReset, makeMailedReset } from '../../mailed-reset.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';

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
