import { momentText } from '@throughline/domain/day-text.ts';
import { addDomain, listDomains, removeDomain } from '../../features/organisation/mail-domains.ts';
import { table } from '../words/table.ts';
import type { Work } from '../work.ts';

/** `organisation domain add NAME DOMAIN`. */
export async function addDomainHere(work: Work, given: string): Promise<void> {
  const { services, organisation, terminal } = work;
  const domain = await addDomain(services, work.context(), given);
  terminal.print(
    `Whoever enters an address of ${domain} is led to the provider of ${organisation.name}, where it offers one. The sign-in page then asks everybody for an address.`,
  );
}

/** `organisation domain remove NAME DOMAIN`. */
export async function removeDomainHere(work: Work, given: string): Promise<void> {
  const domain = await removeDomain(work.services, work.context(), given);
  work.terminal.print(`${domain} leads nowhere any more.`);
}

/** `organisation domain list`. */
export async function listDomainsHere(work: Work, options: { readonly json?: true }): Promise<void> {
  const { services, terminal } = work;
  const items = await listDomains(services);
  if (options.json) {
    terminal.json({
      items: items.map(({ domain, addedAt, leadsTo: { id, slug, name } }) => ({
        ...{ domain, organisation: { id, slug, name } },
        addedAt: addedAt.toISOString(),
      })),
    });
    return;
  }
  const columns = ['Domain', 'Leads to', 'Slug', 'Since'].map((header) => ({ header }));
  const rows = items.map(({ domain, addedAt, leadsTo: { name, slug, timeZone, archivedAt } }) => [
    domain,
    archivedAt === null ? name : `${name} (archived)`,
    slug ?? '',
    momentText(addedAt.toISOString(), timeZone),
  ]);
  for (const line of table(columns, rows)) terminal.print(line);
}
