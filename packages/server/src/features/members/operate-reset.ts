import { notFound, unprocessable } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import { isReason } from '@throughline/domain/text.ts';
import { entersOwn, passwordOpensNothing } from '../../records/enters-own.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { endFactor, factorsOf, tellFactors } from '../../store/factors.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { addReset, makeResetLink } from '../../store/resets.ts';
import { endSessions } from '../../store/sessions.ts';

/** How long a link opens that an operator hands over: a working day. */
const lifeMs = 8 * 3_600_000;
const shortestReason = 10;

export type OperatedReset = {
  /** Where the organisation lets this member in by its provider alone, there is none. */
  readonly link: { readonly token: string; readonly until: Date } | null;
  readonly factorsEnded: boolean;
};

/**
 * What whoever operates the server does where nobody else can: a link to a new password for one member, by their address,
 * and on wish an end to their second factors. Logged as the operator's act, with the reason. No route leads here: whoever
 * runs commands on this machine could write the rows as well. Throws `not-found`, `unprocessable`, `conflict` where a link would open nothing and nothing else is asked for.
 */
export async function resetByOperator(
  services: Services,
  ctx: Context,
  asked: { readonly email: string; readonly reason: string; readonly factors: boolean },
): Promise<OperatedReset> {
  const reason = asked.reason.trim();
  if (reason.length < shortestReason || !isReason(reason))
    throw unprocessable([{ at: 'reason', message: `Say why, in ${shortestReason} characters at least.` }]);
  const email = asked.email.trim().toLowerCase();
  const found = await services.store.readWhole(ctx.organisation, async (reader) => {
    const [id] = [...(await memberAddresses(reader))].find(([, one]) => one.email === email) ?? [];
    return id === undefined ? undefined : findMember(reader, id);
  });
  if (!found?.active || found.person === null || found.type === 'service') throw notFound();
  const { id: member, person } = found;
  const factors = asked.factors ? await factorsOf(services.store, person) : [];
  return services.store.change(ctx, async (write) => {
    for (const factor of factors) await endFactor(write, person, factor.id);
    if (factors.length > 0) await tellFactors(write, { person, member });
    const factorsEnded = hasSecondFactor(factors.map(({ kind }) => kind));
    if (factorsEnded) {
      await addReset(write, { member, kind: 'factors', reason });
      await endSessions(write, { person });
    }
    if (!(await entersOwn(write, member, ctx.at))) {
      if (!factorsEnded) throw passwordOpensNothing();
      return { link: null, factorsEnded };
    }
    // Not "by hand": the operator answers for the whole installation, wherever else the account leads.
    const link = await makeResetLink(write, { member, person, email, lifeMs, byHand: false, reason });
    return { link: { token: link.text, until: link.expiresAt }, factorsEnded };
  });
}
