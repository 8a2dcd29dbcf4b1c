import { Command, Option } from 'commander';
import { statementFormats } from '../exports/statement.ts';
import { cellsCommand } from './cells-command.ts';
import { type SoaOptions, soa } from './commands/soa.ts';
import { readCount } from './read-words.ts';
import type { Choice, Work } from './work.ts';

type Door = {
  work(command: Command, work: (work: Work) => Promise<void>, choice?: Choice): Promise<void>;
};

/** What speaks of the statement: itself, and the cells of its matrix. */
export const soaCommands = (door: Door): Command[] => [soaCommand(door), cellsCommand(door)];

/** `soa`: the Statement of Applicability, what contradicts it, and as a file. */
function soaCommand(door: Door): Command {
  return new Command('soa')
    .description('the Statement of Applicability: how it stands and what contradicts it, or as a file')
    .addOption(new Option('--format <format>', 'as a file of this form').choices(statementFormats))
    .option('--out <file>', 'into a file; without it, to stdout')
    .option('--as-of <moment>', 'as it stood then, such as 2026-02-28T09:30:00Z')
    .option('--version <number>', 'a version that was published; with --format', readCount)
    .option('--fail-on-gap', 'exit with 10 when it has contradictions or gaps')
    .option('--json', 'one JSON document on stdout')
    .action((options: SoaOptions, command: Command) => door.work(command, (work) => soa(work, options)));
}
