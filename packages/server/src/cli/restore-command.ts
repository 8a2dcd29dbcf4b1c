import { Command } from 'commander';
import { type RestoreOptions, restore } from './commands/restore.ts';
import type { Shell } from './shell.ts';
import type { Terminal } from './terminal.ts';

type Door = { readonly shell: Shell; terminal(command: Command): Terminal };

/** `restore`: works where no server runs, and so opens what it works on by itself. */
export function restoreCommand(door: Door): Command {
  return new Command('restore')
    .description('bring back what a backup holds, where no server runs; all of it or nothing')
    .argument('<file>')
    .option('--keep-tokens', 'API tokens go on: none of them was ended since the backup was made')
    .option('--json', 'one JSON document on stdout')
    .action((file: string, options: RestoreOptions, command: Command) =>
      restore({ terminal: door.terminal(command), environment: door.shell.environment }, file, options),
    );
}
