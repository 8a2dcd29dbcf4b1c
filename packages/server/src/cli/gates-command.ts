import { gateTypes } from '@throughline/domain/gates/stages.ts';
import { Command, Option } from 'commander';
import { type GatesOptions, gates } from './commands/gates.ts';
import type { Choice, Work } from './work.ts';

type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** `gates`: where a system is in its life cycle, and what each gate misses. */
export function gatesCommand(door: Door): Command {
  return new Command('gates')
    .description('the gates of one system: which were passed and stand, and what each misses now')
    .argument('<system>', 'its reference, such as SYS-4')
    .addOption(new Option('--gate <type>', 'one gate alone').choices(gateTypes))
    .option('--fail-on-gap', 'exit with 10 when a criterion is not met')
    .option('--json', 'one JSON document on stdout')
    .action((ref: string, options: GatesOptions, command: Command) =>
      door.work(command, (work) => gates(work, ref, options)),
    );
}
