import { momentText } from '@throughline/domain/day-text.ts';
import {
  archive,
  createOrganisation,
  listOrganisations,
  takeBack,
} from '../../features/organisation/operate.ts';
import { counted } from '../terminal.ts';
import { table } from '../words/table.ts';
import { linkHere, type Work } from '../work.ts';

export type NewOrganisationOptions = {
  readonly administrator: string;
  readonly administratorName?: string;
  readonly slug?: string;
  readonly timeZone?: string;
  readonly trusting?: true;
  readonly json?: true;
};

/** `organisation create NAME`: the link alone on stdout; it is good once and for seven days, and nobody can read it again. */
export async function createOrganisationHere(
  work: Work,
  name: string,
  options: NewOrganisationOptions,
): Promise<void> {
  const { services, terminal, actor } = work;
  const { administrator: email, administratorName, slug, timeZone, trusting } = options;
  const made = await createOrganisation(services, actor, {
    ...{ name, slug, timeZone, trusting },
    administrator: { email, name: administratorName },
  });
  const link = linkHere(work, '/invitation', made.token);
  if (options.json) {
    terminal.json({ id: made.id, slug: made.slug, link, until: made.until.toISOString() });
    return;
  }
  terminal.note(`${name} is here. Hand this link to ${email}; it works once, for seven days.`);
  terminal.print(link);
}

/** `organisation list`. */
export async function listOrganisationsHere(work: Work, options: { readonly json?: true }): Promise<void> {
  const { services, terminal } = work;
  const items = await listOrganisations(services);
  if (options.json) {
    terminal.json({
      items: items.map(({ createdAt, archivedAt, ...one }) => ({
        ...one,
        createdAt: createdAt.toISOString(),
        archivedAt: archivedAt?.toISOString() ?? null,
      })),
    });
    return;
  }
  const columns = ['Id', 'Slug', 'Name', 'Time zone', 'Made', 'State'].map((header) => ({ header }));
  const rows = items.map((one) => [
    one.id,
    one.slug ?? '',
    one.name,
    one.timeZone,
    momentText(one.createdAt.toISOString(), one.timeZone),
    one.archivedAt === null ? 'in use' : `archived ${momentText(one.archivedAt.toISOString(), one.timeZone)}`,
  ]);
  for (const line of table(columns, rows)) terminal.print(line);
}

/** `organisation archive NAME`. */
export async function archiveOrganisationHere(work: Work): Promise<void> {
  const { services, organisation, terminal } = work;
  const { sessions, tokens } = await archive(services, work.context(), organisation);
  terminal.print(
    `${organisation.name} is archived. ${counted(sessions, 'session', 'sessions')} and ${counted(tokens, 'token', 'tokens')} ended. What it holds stays.`,
  );
}

/** `organisation restore NAME`. */
export async function restoreOrganisationHere(work: Work): Promise<void> {
  await takeBack(work.services, work.context(), work.organisation);
  work.terminal.print(`${work.organisation.name} is in use again. Its tokens are made anew.`);
}
