import { Command } from 'commander';
import { type AdministratorOptions, makeAdministratorHere } from './commands/administrator.ts';
import { eraseLoginHere } from './commands/erase-login.ts';
import { type ResetOptions, resetHere } from './commands/reset.ts';
import type { Work } from './work.ts';

type Door = { work(command: Command, work: (work: Work) => Promise<void>): Promise<void> };

/** `administrator`: where the only other one is away for good, and what takes two hands would wait for ever. */
export function administratorCommand(door: Door): Command {
  return new Command('administrator')
    .description('make a member an administrator; for when nobody is left who could confirm it')
    .argument('<address>', 'mail address of the member')
    .option('--json', 'one JSON document on stdout')
    .action((address: string, options: AdministratorOptions, command: Command) =>
      door.work(command, (work) => makeAdministratorHere(work, address, options)),
    );
}

/** `erase-login`: a login that was left behind by erasures of earlier releases, or of an organisation that is gone. */
export function eraseLoginCommand(door: Door): Command {
  return new Command('erase-login')
    .description('erase a login that nobody is a member by any more')
    .argument('<address>', 'mail address of the login')
    .action((address: string, _options: object, command: Command) =>
      door.work(command, (work) => eraseLoginHere(work, address)),
    );
}

/** `reset`: the way in where nobody else can help, such as a sole administrator without mail. */
export function resetCommand(door: Door): Command {
  return new Command('reset')
    .description('make a link to a new password for a member; for when nobody else can let them in')
    .argument('<address>', 'mail address of the member')
    .requiredOption('--reason <words>', 'why; the log binds it')
    .option('--factors', 'also end their second factors')
    .option('--json', 'one JSON document on stdout')
    .action((address: string, options: ResetOptions, command: Command) =>
      door.work(command, (work) => resetHere(work, address, options)),
    );
}
