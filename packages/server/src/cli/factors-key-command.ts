import { Command } from 'commander';
import { type FactorsKeyOptions, factorsKeyHere } from './commands/factors-key.ts';
import type { Choice, Work } from './work.ts';

type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** `factors-key`: the key that secrets of authenticators and of sign-in providers are sealed with. */
export function factorsKeyCommand(door: Door): Command {
  return new Command('factors-key')
    .description('whether the key of this node opens the secrets that are kept here')
    .option('--accept', 'put it in the place of one that is lost: what that one sealed is set up anew')
    .option('--json', 'one JSON document on stdout')
    .action((options: FactorsKeyOptions, command: Command) =>
      door.work(command, (work) => factorsKeyHere(work, options), { whole: true }),
    );
}
