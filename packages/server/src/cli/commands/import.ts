import { resolve } from 'node:path';
import type { KindFit } from '@throughline/domain/import/recognise.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readDemo } from '../../features/demo/ask-demo.ts';
import { type Understood, understandFile } from '../../features/imports/analyse-file.ts';
import { type Imported, importAtOnce } from '../../features/imports/import-at-once.ts';
import { betterOf } from '../../features/imports/present-import.ts';
import { readUpload } from '../read-upload.ts';
import { readKind } from '../read-words.ts';
import { Ended, usage } from '../refuse.ts';
import { counted } from '../terminal.ts';
import { fitLine, importLines } from '../words/import.ts';
import { askerOf, type Work } from '../work.ts';
import { writeWhole } from '../write-whole.ts';

export type ImportOptions = {
  readonly kind?: string;
  readonly profile?: string | false;
  readonly dryRun?: true;
  readonly strict?: true;
  readonly archiveMissing?: true;
  readonly rejected?: string;
  readonly json?: true;
};

/**
 * `import FILE`: reads the file, says what it would do, and applies it unless it is a dry run or `--strict` finds
 * something rejected. All of it is one transaction: what is not applied, or is interrupted, was never kept.
 */
export async function importFile(work: Work, path: string, options: ImportOptions): Promise<void> {
  const { services, terminal } = work;
  const kind = options.kind === undefined ? undefined : readKind(services.registry, options.kind);
  const upload = await readUpload(path);
  const progress = async (done: number, total: number, message: string) =>
    terminal.progress(message, done, total);
  const profile = options.profile === false ? null : options.profile;
  terminal.progress('Reading the file', 0, 0);
  const understood = await understandFile(services, work.context(), {
    ...upload,
    ...(kind ? { kind } : {}),
    ...(profile === undefined ? {} : { profile }),
  });
  if (!kind) sayKind(work, understood, profile);
  const better = betterOf(understood);
  if (better) warn(work, understood.kind, better);
  await warnOfDemo(work);
  const refuses = (rejected: number) => options.strict === true && rejected > 0;
  const done = await importAtOnce(
    services,
    work.context(),
    understood,
    {
      apply: ({ counts }) => !options.dryRun && !refuses(counts.rejected),
      ...(options.archiveMissing ? { archiveMissing: true } : {}),
      ...(options.rejected === undefined ? {} : { withRejected: true }),
    },
    progress,
  );
  tell(work, done, options);
  await keepRejected(work, done, options);
  if (!refuses(done.preview.counts.rejected) || options.dryRun) return;
  const what = counted(done.preview.counts.rejected, 'cell or row', 'cells or rows');
  terminal.note(`${upload.name}: ${what} rejected, and --strict was asked for. Nothing was imported.`);
  throw new Ended(exitCodes.rejected);
}

/** A kind that nobody named is said with its reasons; one that hardly fits is not taken without asking. */
function sayKind(work: Work, understood: Understood, profile: string | null | undefined): void {
  const { registry } = work.services;
  const [best] = understood.analysis.fits ?? [];
  // A profile that was named says the kind itself.
  if (!best || (typeof profile === 'string' && best.kind !== understood.kind)) return;
  const line = fitLine(registry, best);
  if (best.sureness === 'unsure' && typeof profile !== 'string')
    throw usage(
      `Say with --kind what the rows of ${understood.fileName} are: its headings do not tell for sure. The nearest: ${line}`,
    );
  work.terminal.note(`${understood.fileName}: ${line}`);
}

/** Another kind that takes clearly more of the file: said, and the rest is the caller's. */
function warn({ services: { registry }, terminal }: Work, kind: string, better: KindFit): void {
  const profile = better.profile ? ` --profile ${better.profile.id}` : '';
  terminal.note(
    `As ${registry.get(kind).plural.toLowerCase()} this file loses columns. It fits better with --kind ${better.kind}${profile}: ${fitLine(registry, better)}`,
  );
}

/** A register of one's own beside the demo: said, for its documents answer for both. */
async function warnOfDemo(work: Work): Promise<void> {
  const { standing, systems } = await readDemo(work.services, askerOf(work));
  if (standing === 'none') return;
  work.terminal.note(
    `The demo organisation is here, with ${counted(systems, 'system')}: its documents answer for systems of your own, and counts mix both. "throughline demo remove" takes it away.`,
  );
}

function tell(work: Work, done: Imported, { json }: ImportOptions): void {
  const { import: wire, preview } = done;
  if (json) work.terminal.json({ import: wire, preview });
  else
    for (const line of importLines(work.services.registry.get(wire.kind), wire, preview, work.terminal))
      work.terminal.print(line);
}

/** The file is written in every case, so that one of an earlier run is never taken for this one's. */
async function keepRejected({ terminal }: Work, done: Imported, { rejected: path }: ImportOptions) {
  if (path === undefined || !done.rejected) return;
  const { csv, rows } = done.rejected;
  await writeWhole(
    resolve(path),
    (async function* () {
      yield csv;
    })(),
    terminal,
  );
  terminal.note(
    rows === 0 ? `${path}: nothing was rejected.` : `${path}: ${counted(rows, 'row')} not taken whole.`,
  );
}
