import { Command } from 'commander';
import { type RetentionOptions, retention } from './commands/retention.ts';
import type { Work } from './work.ts';

type Door = { work(command: Command, work: (work: Work) => Promise<void>): Promise<void> };

/** `retention`: what is due for removal, and removing what is named. */
export function retentionCommand(door: Door): Command {
  return new Command('retention')
    .description('records whose time to be kept is over; nothing is removed but what --confirm names')
    .option('--confirm <refs...>', 'archive and erase these for good, such as EVD-3 EVD-4')
    .option('--json', 'one JSON document on stdout')
    .action((options: RetentionOptions, command: Command) =>
      door.work(command, (work) => retention(work, options)),
    );
}
