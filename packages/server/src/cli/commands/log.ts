import { resolve } from 'node:path';
import { exitCodes } from '../../exit-codes.ts';
import { exportLog } from '../../features/log/export-log.ts';
import { readLogState } from '../../features/log/read-state.ts';
import { untilSigned } from '../../features/log/until-signed.ts';
import { logStateWire } from '../../http/present/log.ts';
import { ensureKey } from '../../log/ensure-key.ts';
import { SigningRefused } from '../../log/refused.ts';
import { rotateKey } from '../../log/rotate-key.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { type Signing, signAll } from '../../log/signer.ts';
import { cannotWrite } from '../cannot-write.ts';
import { CommandRefused } from '../refuse.ts';
import { counted, grouped } from '../terminal.ts';
import { askerOf, type Work } from '../work.ts';

export type LogExportOptions = { readonly json?: true };

/** `log export DIR`: everything under the signed checkpoint as plain files. */
export async function exportLogFiles(work: Work, path: string, options: LogExportOptions): Promise<void> {
  const { services, organisation, terminal } = work;
  await bringUpToDate(work);
  const directory = resolve(path);
  const told = (done: number, total: number) => terminal.progress('Writing tiles', done, total);
  const done = await exportLog(services, organisation.id, directory, told).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  const state = logStateWire(await readLogState(services, askerOf(work)));
  if (done.behind > 0)
    terminal.note(
      `${counted(done.behind, 'newer entry is', 'newer entries are')} not signed yet and not among the files. ${state.unsigned?.message ?? ''}`.trim(),
    );
  const { origin, size, root, note } = done.checkpoint;
  if (options.json) {
    const { files, bytes } = done;
    terminal.json({
      directory,
      origin,
      size,
      root: root.toString('base64'),
      checkpoint: note,
      keys: state.keys,
      files,
      bytes,
    });
  } else {
    terminal.print(`${path}: ${counted(size, 'entry', 'entries')} of ${origin}`);
    terminal.print(`${counted(done.files, 'file')}, ${grouped(done.bytes)} bytes. The checkpoint:`);
    terminal.print();
    terminal.write(note);
  }
}

/**
 * What a running server does by itself; without one, whoever exports does it now. What was written before the command
 * began is under the checkpoint then, also where another node is at it at this moment.
 */
export async function bringUpToDate(work: Work): Promise<void> {
  await untilSigned(work.services, work.organisation.id, () => placeAndSign(work));
}

async function placeAndSign(work: Work): Promise<void> {
  if (work.database.held === 'by a server') return;
  const signing = signingOf(work);
  try {
    if (work.database.held === 'by this command') await ensureKey(signing);
  } catch (error) {
    if (!(error instanceof SigningRefused)) throw error;
    work.terminal.note(error.message);
  }
  await sequenceAll(work.services.store, async (organisation, { message }) =>
    work.terminal.note(`The log of organisation ${organisation} is not whole. ${message}.`),
  );
  await signAll(signing);
}

export function signingOf({ services, terminal, log }: Work): Signing {
  return {
    store: services.store,
    clock: services.clock,
    directory: log.keyDir,
    address: log.address,
    refused: (message) => terminal.note(message),
  };
}

export type RotateOptions = { readonly lost?: true; readonly json?: true };

/** `log rotate-key`: another key signs from now on, and every organisation's log says so. */
export async function rotateLogKey(work: Work, options: RotateOptions): Promise<void> {
  const { terminal, actor } = work;
  const signing = signingOf(work);
  const keys = await rotateKey(signing, { actor, lost: options.lost === true }).catch((error: unknown) => {
    if (error instanceof SigningRefused) throw new CommandRefused(exitCodes.refused, error.message);
    throw error;
  });
  await bringUpToDate(work);
  const [key, previous] = [keys.now, keys.before].map((one) => one.public.toString('hex'));
  if (options.json) terminal.json({ key, previous, number: keys.now.number, at: keys.now.at.toISOString() });
  else {
    terminal.print(`The log is signed with key ${keys.now.number} from now on: ${key}`);
    terminal.note(
      'Hand the new public key to those who verify the log; they find it at /log/ORGANISATION/key.',
    );
  }
}
