import type { Role } from '@throughline/domain/permissions.ts';
import { roles } from '@throughline/domain/permissions.ts';
import { mostGraceHours } from '@throughline/domain/token-life.ts';
import { tokenActs } from '@throughline/domain/token-reach.ts';
import type { TokenAct } from '@throughline/domain/token-scope.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readTerminal } from '../config.ts';
import { exportFormats } from '../records/export-records.ts';
import { classificationsCommand } from './classifications-command.ts';
import { type BackupOptions, backup } from './commands/backup.ts';
import { type DemoOptions, loadDemoHere, removeDemoHere } from './commands/demo.ts';
import { type ExportOptions, exportRegister } from './commands/export.ts';
import { type ImportOptions, importFile } from './commands/import.ts';
import { type ListOptions, list } from './commands/list.ts';
import { exportLogFiles, type LogExportOptions, type RotateOptions, rotateLogKey } from './commands/log.ts';
import {
  type ProveOptions,
  proveHere,
  type VerifyProofOptions,
  verifyProofHere,
} from './commands/log-prove.ts';
import { type ResumeOptions, resumeLog } from './commands/log-resume.ts';
import { type LogVerifyOptions, verifyLogHere } from './commands/log-verify.ts';
import { coverages, type ReadinessOptions, readiness } from './commands/readiness.ts';
import { serve } from './commands/serve.ts';
import {
  createApiToken,
  listApiTokens,
  type NewTokenOptions,
  type RotateTokenOptions,
  revokeApiToken,
  rotateApiToken,
} from './commands/token.ts';
import { type TraceOptions, trace } from './commands/trace.ts';
import { version } from './commands/version.ts';
import { factorsKeyCommand } from './factors-key-command.ts';
import { gatesCommand } from './gates-command.ts';
import { organisationCommand } from './organisation-command.ts';
import { readCount, readFilters } from './read-words.ts';
import { administratorCommand, eraseLoginCommand, resetCommand } from './reset-command.ts';
import { restoreCommand } from './restore-command.ts';
import { retentionCommand } from './retention-command.ts';
import type { Shell } from './shell.ts';
import { soaCommands } from './soa-command.ts';
import { Terminal } from './terminal.ts';
import { type Choice, type Work, withWork } from './work.ts';

/** Options that every command takes, before or after its name. */
type Everywhere = { readonly color: boolean; readonly progress?: true; readonly organisation?: string };

const notes = `
The same configuration as the server: DATA_DIR (default ./data of the checkout), DATABASE_URL. Beside a running
server the commands use its database; where none runs they start it for the moment.

Exit codes: 0 done · 1 an error of ours · 2 wrong usage · 3 not found · 4 refused · 5 no database ·
10 gaps (trace, soa, classifications, gates --fail-on-gap) · 11 rejected cells or rows (import, cells --strict) ·
12 does not verify (log verify, verify-proof) · 128 + n stopped by signal n`;

/** The whole command line, in a shell. Throws what a command throws; commander's own refusals are printed already. */
export function program(shell: Shell): Command {
  const throughline = new Command('throughline')
    .description('Runs an organisation’s AI management system, and walks its line.')
    .option('--organisation <name>', 'name, slug or id, where there are several')
    .option('--progress', 'tell on stderr how far long work is, also where it is no terminal')
    .option('--no-color', 'no colours (also: NO_COLOR in the environment)')
    .addHelpText('after', notes)
    .showHelpAfterError('--help says how.')
    .configureOutput({
      writeOut: (text) => void shell.out.write(text),
      writeErr: (text) => void shell.err.write(text),
    })
    .exitOverride();
  const door = new Door(shell);
  for (const command of [
    serveCommand(),
    importCommand(door),
    traceCommand(door),
    readinessCommand(door),
    ...soaCommands(door),
    classificationsCommand(door),
    gatesCommand(door),
    listCommand(door),
    exportCommand(door),
    demoCommand(door),
    logCommand(door),
    backupCommand(door),
    restoreCommand(door),
    verifyProofCommand(door),
    organisationCommand(door),
    tokenCommand(door),
    retentionCommand(door),
    resetCommand(door),
    administratorCommand(door),
    eraseLoginCommand(door),
    factorsKeyCommand(door),
    versionCommand(door),
  ])
    throughline.addCommand(inherited(command, throughline));
  return throughline;
}

function inherited(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const sub of command.commands) inherited(sub, parent);
  return command;
}

/** Leads from words to work: each command gets its terminal, its configuration and the organisation that was chosen. */
class Door {
  readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  terminal(command: Command): Terminal {
    const { color, progress } = command.optsWithGlobals<Everywhere>();
    const colour = color && readTerminal(this.shell.environment).colour;
    return new Terminal(this.shell, { colour, progress: progress === true });
  }

  work(command: Command, work: (work: Work) => Promise<void>, choice: Choice = {}): Promise<void> {
    const everywhere = command.optsWithGlobals<Everywhere>();
    const { environment } = this.shell;
    return withWork({ terminal: this.terminal(command), environment }, { ...everywhere, ...choice }, work);
  }
}

const json = () => new Option('--json', 'one JSON document on stdout');
const filter = () =>
  new Option(
    '--filter <key=value>',
    'only rows that match, as in the address of the register, such as unit="A, B",C; repeatable',
  ).argParser(readFilters);

function serveCommand(): Command {
  return new Command('serve').description('start the server, as npm start does').action(serve);
}

function importCommand(door: Door): Command {
  return new Command('import')
    .description('read a CSV or XLSX file into a register, in one transaction')
    .argument('<file>')
    .option('--kind <kind>', 'what a row is, such as use-case; without it, the headings tell')
    .option('--profile <name>', 'a shipped or saved mapping; without it, one that fits is recognised')
    .option('--no-profile', 'recognise none')
    .option('--dry-run', 'say what would happen, and keep nothing')
    .option('--strict', 'import nothing when a cell or row is rejected')
    .option(
      '--rejected <file>',
      'keep the rows that are not taken whole, with why, as CSV to mend and import again',
    )
    .option('--archive-missing', 'archive records of earlier files that this one no longer has')
    .addOption(json())
    .action((file: string, options: ImportOptions & { profile?: string | boolean }, command: Command) =>
      door.work(command, (work) => importFile(work, file, options)),
    );
}

function traceCommand(door: Door): Command {
  return new Command('trace')
    .description('the line of one system: fifteen stations, their gaps, and what closes each')
    .argument('<ref>', 'such as SYS-42')
    .option('--fail-on-gap', 'exit with 10 when the line has gaps')
    .addOption(json())
    .action((ref: string, options: TraceOptions, command: Command) =>
      door.work(command, (work) => trace(work, ref, options)),
    );
}

function readinessCommand(door: Door): Command {
  return new Command('readiness')
    .description('how the register, the mandatory set and the organisation’s own line stand')
    .addOption(new Option('--by <what>', 'count gaps instead, by').choices(coverages))
    .addOption(json())
    .action((options: ReadinessOptions, command: Command) =>
      door.work(command, (work) => readiness(work, options)),
    );
}

const asOf = (): Option => new Option('--as-of <moment>', 'as it stood then, such as 2026-02-28T09:30:00Z');

function listCommand(door: Door): Command {
  return new Command('list')
    .description('rows of a register')
    .argument('<kind>', 'such as system')
    .option('--words <words>', 'only rows with these words')
    .addOption(filter())
    .option('--sort <key>', 'ref, updated or an indexed field; -key for the other way')
    .option('--limit <count>', 'at most so many rows', readCount, 100)
    .addOption(asOf())
    .addOption(json())
    .action((kind: string, options: ListOptions, command: Command) =>
      door.work(command, (work) => list(work, kind, options)),
    );
}

function exportCommand(door: Door): Command {
  return new Command('export')
    .description('every row of a register that matches, with every column')
    .argument('<kind>', 'such as system')
    .addOption(new Option('--format <format>').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', 'into a file; without it, to stdout')
    .addOption(filter())
    .addOption(asOf())
    .action((kind: string, options: ExportOptions, command: Command) =>
      door.work(command, (work) => exportRegister(work, kind, options)),
    );
}

function demoCommand(door: Door): Command {
  const demo = new Command('demo').description('the demo organisation, to look at and to remove');
  demo
    .command('load')
    .description('write it into the registers, marked as demo, with days counted from today')
    .addOption(json())
    .action((options: DemoOptions, command: Command) =>
      door.work(command, (work) => loadDemoHere(work, options)),
    );
  demo
    .command('remove')
    .description('archive its records and dismiss its people; what was logged stays')
    .addOption(json())
    .action((options: DemoOptions, command: Command) =>
      door.work(command, (work) => removeDemoHere(work, options)),
    );
  return demo;
}

function logCommand(door: Door): Command {
  const log = new Command('log').description('the log that anyone can verify');
  log
    .command('export')
    .description('write everything under the signed checkpoint as plain files (c2sp.org/tlog-tiles)')
    .argument('<dir>', 'new, or empty')
    .addOption(json())
    .action((dir: string, options: LogExportOptions, command: Command) =>
      door.work(command, (work) => exportLogFiles(work, dir, options)),
    );
  log
    .command('verify')
    .description('verify the whole log, and rows and entries against each other')
    .option('--key <key>', 'public key of the log as it was handed over (name+id+key), or a file with it')
    .option('--checkpoint <file>', 'a checkpoint that somebody kept; repeatable', collected)
    .addOption(json())
    .action((options: LogVerifyOptions, command: Command) =>
      door.work(command, (work) => verifyLogHere(work, options)),
    );
  log
    .command('prove')
    .description('write the proof of a version: a file that checks with the public key alone')
    .argument('<ref>', 'such as SYS-42')
    .option('--version <number>', 'without it, the newest', readCount)
    .option('--out <file>', 'without it, REF-vN.tlog-proof here')
    .option('--content <file>', 'also what the version says, with the salt of its digest')
    .action((ref: string, options: ProveOptions, command: Command) =>
      door.work(command, (work) => proveHere(work, ref, options)),
    );
  log
    .command('rotate-key')
    .description('sign with a new key from now on; every organisation’s log says so')
    .option('--lost', 'nobody has the private key any more')
    .addOption(json())
    .action((options: RotateOptions, command: Command) =>
      door.work(command, (work) => rotateLogKey(work, options), { whole: true }),
    );
  log
    .command('resume')
    .description('let the log be signed again where what was signed last is gone from beside the key')
    .option('--checkpoint <file>', 'goes on from a checkpoint that somebody kept')
    .option('--published', 'goes on from the one in the database, where nobody kept another')
    .option('--nothing', 'goes on from nothing, where neither is left')
    .addOption(json())
    .action((options: ResumeOptions, command: Command) =>
      door.work(command, (work) => resumeLog(work, options)),
    );
  return log;
}

function backupCommand(door: Door): Command {
  return new Command('backup')
    .description('write everything as it stands into one file, beside a running server')
    .argument('<file>', 'new')
    .addOption(json())
    .action((file: string, options: BackupOptions, command: Command) => {
      const one = command.optsWithGlobals<Everywhere>().organisation !== undefined;
      return door.work(command, (work) => backup(work, file, { ...options, one }), { whole: true });
    });
}

function verifyProofCommand(door: Door): Command {
  return new Command('verify-proof')
    .description('check a proof offline: without a database, with the public key alone')
    .argument('<file>', 'a .tlog-proof')
    .requiredOption('--key <key>', 'public key of the log (name+id+key), or a file with it')
    .option('--entry <file>', 'the bytes of the entry, where the proof does not hold them')
    .option('--content <file>', 'what the version says, as `log prove --content` writes it')
    .addOption(json())
    .action((file: string, options: VerifyProofOptions, command: Command) =>
      verifyProofHere(door.terminal(command), file, options),
    );
}

const collected = (word: string, before: readonly string[] = []): string[] => [...before, word];

function tokenCommand(door: Door): Command {
  const token = new Command('token').description('API tokens');
  token
    .command('create')
    .description('make one; its secret alone is printed, and kept nowhere')
    .addOption(
      new Option('--role <role>', `what it may do, repeatable: ${roles.join(', ')}`)
        .argParser(readRole)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what it is for')
    .option(
      '--expires <day>',
      'the last day it works, such as 2027-02-28, in the organisation’s time zone; in 90 days if left out',
    )
    .option('--read-only', 'it shows, and changes nothing')
    .addOption(
      new Option('--kind <kind>', 'records of this kind alone, such as system; repeatable').argParser(
        collected,
      ),
    )
    .addOption(
      new Option('--act <act>', `this act alone, repeatable: ${tokenActs.join(', ')}`).argParser(readAct),
    )
    .option('--service <account>', 'the service account that it belongs to, by name or id')
    .addOption(json())
    .action((options: NewTokenOptions, command: Command) =>
      door.work(command, (work) => createApiToken(work, options)),
    );
  token
    .command('list')
    .description('all of them, newest first, without their secrets')
    .addOption(json())
    .action((options: { json?: true }, command: Command) =>
      door.work(command, (work) => listApiTokens(work, options)),
    );
  token
    .command('rotate')
    .description('give one another secret, which alone is printed; its roles, scope and end stay')
    .argument('<id>')
    .addOption(
      new Option(
        '--grace-hours <hours>',
        'how long the secret before still works, 0 to 168 (default: 0)',
      ).argParser(readGrace),
    )
    .option('--expires <day>', 'another last day, such as 2027-02-28')
    .addOption(json())
    .action((id: string, options: RotateTokenOptions, command: Command) =>
      door.work(command, (work) => rotateApiToken(work, id, options)),
    );
  token
    .command('revoke')
    .description('end one at once')
    .argument('<id>')
    .action((id: string, _options: unknown, command: Command) =>
      door.work(command, (work) => revokeApiToken(work, id)),
    );
  return token;
}

function readAct(word: string, before: readonly TokenAct[] = []): TokenAct[] {
  const act = tokenActs.find((known) => known === word);
  if (!act) throw new InvalidArgumentError(`Acts are: ${tokenActs.join(', ')}.`);
  return [...before, act];
}

function readGrace(word: string): number {
  const hours = Number(word);
  if (/^\d+$/.test(word) && hours <= mostGraceHours) return hours;
  throw new InvalidArgumentError(`A grace is a whole number of hours, 0 to ${mostGraceHours}.`);
}

function readRole(word: string, before: readonly Role[] = []): Role[] {
  const role = roles.find((known) => known === word);
  if (!role) throw new InvalidArgumentError(`Roles are: ${roles.join(', ')}.`);
  return [...before, role];
}

function versionCommand(door: Door): Command {
  return new Command('version')
    .description('which release this is')
    .addOption(json())
    .action((options: { json?: true }, command: Command) => version(door.terminal(command), options));
}
