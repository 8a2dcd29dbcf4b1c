import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quoted, shown } from '@throughline/domain/text.ts';
import type { LogVerificationWire } from '@throughline/domain/wire-log.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import type { VerifierKey } from '@throughline/tlog/key.ts';
import { exitCodes } from '../../exit-codes.ts';
import { keepVerdict, verdictWire } from '../../features/log/keep-verdict.ts';
import { namesInFaults } from '../../features/log/known-faults.ts';
import { readVerifierKey } from '../../features/log/prove-ref.ts';
import { readLogState, type Unsigned } from '../../features/log/read-state.ts';
import { verifyTrusted } from '../../features/log/verify-trusted.ts';
import { CommandRefused, Ended, usage } from '../refuse.ts';
import { counted, type Terminal } from '../terminal.ts';
import { askerOf, type Work } from '../work.ts';

export type LogVerifyOptions = {
  readonly key?: string;
  readonly checkpoint?: readonly string[];
  readonly json?: true;
};

/** `log verify`: the whole log, and rows and entries against each other. Ends with 12 where something does not hold. */
export async function verifyLogHere(work: Work, options: LogVerifyOptions): Promise<void> {
  const { services, organisation, terminal, log } = work;
  const checkpoints = await Promise.all(
    (options.checkpoint ?? []).map(async (name) => ({ name, text: await readText(name) })),
  );
  const key = options.key === undefined ? undefined : await readKey(options.key);
  const given = { directory: log.keyDir, key, checkpoints, note: (line: string) => terminal.note(line) };
  const verdict = await verifyTrusted(services, organisation.id, given, (what, done) =>
    terminal.progress(what === 'entries' ? 'Entries verified' : 'Records verified', done, 0),
  );
  await keepVerdict(services, organisation.id, verdictWire(verdict), verdict.at);
  const names = await services.store.readWhole(organisation.id, (reader) =>
    namesInFaults(reader, verdict.faults),
  );
  const wire = verdictWire(verdict, names);
  if (options.json) terminal.json(wire);
  else {
    const { unsigned } = await readLogState(services, askerOf(work));
    print(terminal, organisation.name, wire, { awaited: verdict.awaited, unsigned });
  }
  if (!wire.holds) throw new Ended(exitCodes.broken);
}

const trustWords = {
  given: 'held against the key that was given',
  'key-directory': 'held against the key beside this node',
  database: 'held against the key in the database itself: give another with --key',
} as const;

function print(
  terminal: Terminal,
  name: string,
  { size, holds, report }: LogVerificationWire,
  { awaited, unsigned }: { readonly awaited: string | null; readonly unsigned: Unsigned | null },
): void {
  const { checkpoint, faults, faultCount } = report;
  const signed = checkpoint
    ? `${counted(checkpoint.size, 'entry', 'entries')} signed as ${checkpoint.origin}`
    : 'nothing signed';
  terminal.print(`${shown(name)}: ${counted(size, 'entry', 'entries')}, ${signed}`);
  if (awaited !== null)
    terminal.print(
      `Nothing is signed yet as ${awaited}, the name since the restore. Start the server, or run "throughline log export", where the log's key is; then verify again.`,
    );
  else
    terminal.print(
      `The signature is ${trustWords[report.trust]}, and ${counted(report.held, 'kept checkpoint')}.`,
    );
  // Entries that are a moment old are signed in the next one.
  if (unsigned !== null && unsigned.reason !== 'pending' && awaited === null)
    terminal.print(`Newer entries are not signed: ${unsigned.message}`);
  for (const fault of faults) terminal.print(`${terminal.red('◆')} ${fault.message}`);
  if (faultCount > faults.length) terminal.print(`and ${counted(faultCount - faults.length, 'more fault')}`);
  if (!report.complete) terminal.print('So much is wrong that the rest of the tree was not looked at.');
  const before = Object.entries(report.unbound).map(([table, count]) => `${table} ${count}`);
  if (before.length > 0)
    terminal.note(`Rows of an earlier release, whose entries bind less of them: ${before.join(', ')}.`);
  const records = counted(report.records, 'record');
  terminal.print(
    holds
      ? `${terminal.green('✓')} Every entry, every row that one speaks of, and ${records} verify.`
      : `${terminal.red('◆')} ${counted(faultCount, 'fault')}. The log or its rows do not verify.`,
  );
}

const keyShape = /^[^+\s]+\+[0-9a-f]{8}\+\S+$/u;
const whereKeysAre = 'One is published at /log/ORGANISATION/key.';

/** A key as verifiers take it, or the name of a file that holds one on its first line. */
export async function readKey(text: string): Promise<VerifierKey> {
  const word = keyShape.test(text.trim()) ? text.trim() : await firstLine(text);
  // What stands in a file that holds no key is nobody's business, and may be no text at all.
  if (!keyShape.test(word))
    throw usage(`${quoted(text)} is a file, and its first line is no public key of a log. ${whereKeysAre}`);
  try {
    return readVerifierKey(word);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    throw usage(`This is no public key of a log: ${error.message}. ${whereKeysAre}`);
  }
}

async function firstLine(path: string): Promise<string> {
  try {
    return (await readText(path)).trim().split('\n')[0]?.trim() ?? '';
  } catch (error) {
    if (!(error instanceof CommandRefused) || error.code !== exitCodes.notFound) throw error;
    throw usage(`${quoted(path)} is neither a public key of a log nor a file. ${whereKeysAre}`);
  }
}

export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString('utf8');
}

export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(resolve(path));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const code = error.code === 'ENOENT' ? exitCodes.notFound : exitCodes.refused;
    throw new CommandRefused(code, `${shown(path)} cannot be read: ${error.message}.`);
  }
}
