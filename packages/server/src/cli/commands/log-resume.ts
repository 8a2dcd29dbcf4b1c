import { exitCodes } from '../../exit-codes.ts';
import { SigningRefused } from '../../log/refused.ts';
import { type ResumeFrom, resumeSigning } from '../../log/resume.ts';
import { CommandRefused, usage } from '../refuse.ts';
import { counted } from '../terminal.ts';
import type { Work } from '../work.ts';
import { bringUpToDate, signingOf } from './log.ts';
import { readText } from './log-verify.ts';

export type ResumeOptions = {
  readonly checkpoint?: string;
  readonly published?: true;
  readonly nothing?: true;
  readonly json?: true;
};

const whose = {
  kept: 'as somebody kept it',
  database: 'as the database has it',
  nobody: '',
} as const;

/** `log resume`: an operator says what the log goes on from, the log says so, and it is signed again. */
export async function resumeLog(work: Work, options: ResumeOptions): Promise<void> {
  const { organisation, terminal, actor } = work;
  const asked = await askedOf(options);
  const done = await resumeSigning(signingOf(work), organisation.id, asked, actor).catch((error: unknown) => {
    if (error instanceof SigningRefused) throw new CommandRefused(exitCodes.refused, error.message);
    throw error;
  });
  await bringUpToDate(work);
  const { from, checkpoint } = done;
  const root = checkpoint && Buffer.from(checkpoint.root).toString('base64');
  if (options.json)
    terminal.json({
      from,
      checkpoint: checkpoint && { origin: checkpoint.origin, size: checkpoint.size, root },
    });
  else if (checkpoint)
    terminal.print(
      `The log goes on from ${counted(checkpoint.size, 'entry', 'entries')} of ${checkpoint.origin} with the root ${root}, ${whose[from]}. An entry of the log says so.`,
    );
  else
    terminal.print(
      'The log goes on from what is there now: nothing says what was signed before. An entry of the log says so.',
    );
}

async function askedOf({ checkpoint, published, nothing }: ResumeOptions): Promise<ResumeFrom> {
  if ([checkpoint, published, nothing].filter((one) => one !== undefined).length !== 1)
    throw usage(
      'Say what the log goes on from: --checkpoint FILE that somebody kept, else --published, or --nothing where neither is left.',
    );
  if (checkpoint !== undefined) return { from: 'kept', note: await readText(checkpoint) };
  return published ? { from: 'database' } : { from: 'nobody' };
}
