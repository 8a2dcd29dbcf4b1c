import { Command } from 'commander';
import {
  archiveOrganisationHere,
  createOrganisationHere,
  listOrganisationsHere,
  type NewOrganisationOptions,
  restoreOrganisationHere,
} from './commands/organisation.ts';
import { addDomainHere, listDomainsHere, removeDomainHere } from './commands/organisation-domain.ts';
import type { Choice, Work } from './work.ts';

/** What opens the database for a command. */
type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** `organisation`: what whoever operates the installation does with organisations as such. */
export function organisationCommand(door: Door): Command {
  const organisation = new Command('organisation').description('organisations of this installation');
  const whole = (command: Command, work: (work: Work) => Promise<void>) =>
    door.work(command, work, { whole: true });
  organisation
    .command('create')
    .description('make another one; prints the link, good once, that lets its first administrator in')
    .argument('<name>')
    .requiredOption('--administrator <address>', 'mail address of whoever administers it first')
    .option('--administrator-name <name>', 'their name (default: First administrator)')
    .option('--slug <slug>', 'its short name, which commands take too; made from the name if left out')
    .option('--time-zone <zone>', 'such as Europe/Berlin (default: UTC)')
    .option('--trusting', 'its people and those of the others may learn of one another')
    .option('--json', 'one JSON document on stdout')
    .action((name: string, options: NewOrganisationOptions, command: Command) =>
      whole(command, (work) => createOrganisationHere(work, name, options)),
    );
  organisation
    .command('list')
    .description('all of them, archived ones too')
    .option('--json', 'one JSON document on stdout')
    .action((options: { json?: true }, command: Command) =>
      whole(command, (work) => listOrganisationsHere(work, options)),
    );
  organisation
    .command('archive')
    .description('take one out of use: nobody signs in, its tokens end; everything it holds stays')
    .argument('<organisation>', 'by name, slug or id')
    .action((named: string, _options: unknown, command: Command) =>
      door.work(command, archiveOrganisationHere, { organisation: named }),
    );
  organisation
    .command('restore')
    .description('take an archived one into use again; its tokens are made anew')
    .argument('<organisation>', 'by name, slug or id')
    .action((named: string, _options: unknown, command: Command) =>
      door.work(command, restoreOrganisationHere, { organisation: named }),
    );
  organisation.addCommand(domainCommand(door));
  return organisation;
}

/** `organisation domain`: whose people are led to which organisation's provider. */
function domainCommand(door: Door): Command {
  const domain = new Command('domain').description(
    'mail domains that lead to the sign-in of an organisation',
  );
  const named = ['<organisation>', 'by name, slug or id'] as const;
  domain
    .command('add')
    .description('whoever enters an address of the domain is led to its provider from now on')
    .argument(...named)
    .argument('<domain>', 'such as example.org')
    .action((organisation: string, given: string, _options: unknown, command: Command) =>
      door.work(command, (work) => addDomainHere(work, given), { organisation }),
    );
  domain
    .command('remove')
    .description('the domain leads nowhere any more')
    .argument(...named)
    .argument('<domain>', 'such as example.org')
    .action((organisation: string, given: string, _options: unknown, command: Command) =>
      door.work(command, (work) => removeDomainHere(work, given), { organisation }),
    );
  domain
    .command('list')
    .description('all of them, and where each leads')
    .option('--json', 'one JSON document on stdout')
    .action((options: { json?: true }, command: Command) =>
      door.work(command, (work) => listDomainsHere(work, options), { whole: true }),
    );
  return domain;
}
