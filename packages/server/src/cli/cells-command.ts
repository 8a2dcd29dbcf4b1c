import { cellTargets } from '@throughline/domain/soa/set-cells.ts';
import { Command, Option } from 'commander';
import { type CellsOptions, cells } from './commands/cells.ts';
import type { Choice, Work } from './work.ts';

type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** `cells`: controls put in place, planned or ended on several systems at once. */
export function cellsCommand(door: Door): Command {
  return new Command('cells')
    .description('puts controls in place on several systems at once, plans or ends them')
    .requiredOption('--control <codes...>', 'as the statement calls them, such as A.6.2.4, or by ref')
    .requiredOption('--system <refs...>', 'such as SYS-1 SYS-2')
    .addOption(
      new Option('--state <state>', 'what each cell becomes').choices(cellTargets).makeOptionMandatory(),
    )
    .option('--how <words>', 'how it works')
    .option('--owner <address>', 'who answers for it, by their address')
    .option('--since <day>', 'in place since')
    .option('--planned-on <day>', 'the day for which it is planned')
    .option('--moved-because <words>', 'why a planned day moves')
    .option('--ended-on <day>', 'the day on which it ended')
    .option('--because <words>', 'why, kept with each change')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--strict', 'write nothing where a cell refuses')
    .option('--json', 'one JSON document on stdout')
    .action((options: CellsOptions, command: Command) => door.work(command, (work) => cells(work, options)));
}
