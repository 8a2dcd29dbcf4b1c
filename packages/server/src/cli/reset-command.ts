import { Command } from 'commander';
import { type ResetOptions, resetHere } from './commands/reset.ts';
import type { Work } from './work.ts';

type Door = { work(command: Command, work: (work: Work) => Promise<void>): Promise<void> };

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
