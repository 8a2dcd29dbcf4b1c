import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { readMailDomain } from '@throughline/domain/provider.ts';
import { quoted } from '@throughline/domain/text.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import {
  addMailDomain,
  everyMailDomain,
  type MailDomain,
  removeMailDomain,
} from '../../store/mail-domains.ts';
import { type OrganisationName, organisationNames } from '../../store/organisations.ts';

/**
 * Which mail domains lead to the provider of which organisation. Whoever operates the installation says so, and no route
 * leads here: who has a domain says who else is on the installation.
 */

export type LedDomain = MailDomain & { readonly leadsTo: OrganisationName };

/** Every domain that leads somewhere, by name. */
export async function listDomains({ store }: Services): Promise<LedDomain[]> {
  const [domains, organisations] = await store.asOwner(async (db) => [
    await everyMailDomain(db),
    await organisationNames(db),
  ]);
  return domains.flatMap((one) => {
    const leadsTo = organisations.find(({ id }) => id === one.organisation);
    return leadsTo ? [{ ...one, leadsTo }] : [];
  });
}

/**
 * Lets a domain lead to an organisation; answers how it is kept. Throws `unprocessable` for what is no domain, `conflict`
 * where it leads somewhere already.
 */
export async function addDomain(services: Services, ctx: Context, given: string): Promise<string> {
  const domain = domainIn(given);
  const held = await heldDomain(services, domain);
  if (held?.organisation === ctx.organisation)
    throw new DomainError('conflict', `${domain} leads to ${quoted(held.leadsTo.name)} already.`);
  if (held)
    throw new DomainError(
      'conflict',
      `${domain} leads to ${quoted(held.leadsTo.name)} (${held.leadsTo.slug ?? held.leadsTo.id}). Remove it there first.`,
    );
  await services.store.change(ctx, (write) => addMailDomain(write, domain));
  return domain;
}

/** Lets it lead nowhere. Throws `not-found` where it does not lead to this organisation. */
export async function removeDomain(services: Services, ctx: Context, given: string): Promise<string> {
  const domain = domainIn(given);
  const held = await heldDomain(services, domain);
  if (held?.organisation !== ctx.organisation)
    throw new DomainError('not-found', `${domain} does not lead to this organisation.`);
  await services.store.change(ctx, (write) => removeMailDomain(write, held.id));
  return domain;
}

const heldDomain = async (services: Services, domain: string): Promise<LedDomain | undefined> =>
  (await listDomains(services)).find((one) => one.domain === domain);

function domainIn(given: string): string {
  const domain = readMailDomain(given);
  if (domain === null)
    throw unprocessable([
      { at: 'domain', message: `${quoted(given)} is no mail domain such as example.org.` },
    ]);
  return domain;
}
