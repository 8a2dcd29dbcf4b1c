import { Command } from 'commander';
import { type ClassificationsOptions, classifications } from './commands/classifications.ts';
import type { Choice, Work } from './work.ts';

type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** `classifications`: what is due to be looked at again, or what other rules would change. */
export function classificationsCommand(door: Door): Command {
  return new Command('classifications')
    .description('signed-off classes by the day they are looked at again, or what other rules would change')
    .option('--until <day>', 'only those due by this day')
    .option(
      '--rules [file]',
      'hold every stored result against these rules; without a file, those of the release',
    )
    .option('--fail-on-gap', 'exit with 10 when a class is over its day, or a result would change')
    .option('--json', 'one JSON document on stdout')
    .action((options: ClassificationsOptions, command: Command) =>
      door.work(command, (work) => classifications(work, options)),
    );
}
