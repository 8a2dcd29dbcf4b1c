import { DomainError } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { memberNames } from '../../store/records.ts';
import { findReset, type StoredReset } from '../../store/resets.ts';

type Told = {
  readonly reset: StoredReset;
  readonly organisation: string;
  /** Names of whom it is about and of who did it. */
  readonly whom: string;
  readonly by: string;
};

/** Tells a member by mail what an administrator reset: of their own account, or of somebody else's beside them. */
export async function sendNotice(
  services: Services,
  input: Json,
  { ctx }: { readonly ctx: Context },
): Promise<Json> {
  if (!isObject(input) || typeof input.reset !== 'string' || typeof input.to !== 'string')
    throw new TypeError('A notice names a reset and a member by id');
  const { mail, store } = services;
  if (!mail) throw new DomainError('conflict', 'This server sends no mail: SMTP_URL is not set.');
  const [id, to] = [input.reset, input.to];
  const found = await store.readWhole(ctx.organisation, async (reader) => {
    const reset = await findReset(reader, id);
    const member = await findMember(reader, to);
    const email = (await memberAddresses(reader)).get(to)?.email;
    if (!reset || !member?.active || !email) return undefined;
    const names = await memberNames(reader, [reset.member, reset.by.id]);
    const { name: organisation } = await organisationSettings(reader);
    const whom = names.get(reset.member) ?? 'a member';
    const by = names.get(reset.by.id) ?? 'An administrator';
    return { email, own: reset.member === to, told: { reset, organisation, whom, by } };
  });
  if (!found) return { sent: false };
  const { email, own, told } = found;
  await mail.send({ to: email, ...(own ? ownWords(told) : otherWords(told)) });
  return { sent: true };
}

function ownWords({ reset, organisation, by }: Told): { subject: string; text: string } {
  const what =
    reset.kind === 'password'
      ? `${by} made a link at ${organisation} that sets a new password for your account, to hand it to you. It works once.`
      : `${by} ended your second factors at ${organisation}. Your password alone opens your account until you add one.`;
  const subject =
    reset.kind === 'password' ? 'A link to your password was made' : 'Your second factors ended';
  return { subject, text: joined([what, ...because(reset), 'If you did not ask for this, say so at once.']) };
}

function otherWords({ reset, organisation, whom, by }: Told): { subject: string; text: string } {
  const what =
    reset.kind === 'password'
      ? `${by} made a link that sets a new password for ${whom} at ${organisation}.`
      : `${by} ended the second factors of ${whom} at ${organisation}.`;
  const why = 'You are told because you administer people there too. The log has the entry.';
  return {
    subject: `${organisation}: somebody’s way of signing in was reset`,
    text: joined([what, ...because(reset), why]),
  };
}

/** Words that a person typed: on one line, so that they pass for nothing else in the message. */
const because = ({ reason }: StoredReset): string[] =>
  reason === null ? [] : [`The reason given: ${reason.replace(/\s+/g, ' ')}`];

const joined = (parts: readonly string[]): string => [...parts, ''].join('\n\n');
