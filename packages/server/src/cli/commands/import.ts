import type { ImportPreviewWire, ImportWire } from '@throughline/domain/wire-import.ts';
import { exitCodes } from '../../exit-codes.ts';
import { analyseFile } from '../../features/imports/analyse-file.ts';
import { applyImport } from '../../features/imports/apply-import.ts';
import { discardImport } from '../../features/imports/discard-import.ts';
import { presentImport } from '../../features/imports/present-import.ts';
import { previewImport } from '../../features/imports/preview-import.ts';
import type { StoredImport } from '../../store/imports.ts';
import { readUpload } from '../read-upload.ts';
import { readKind } from '../read-words.ts';
import { Ended } from '../refuse.ts';
import { counted } from '../terminal.ts';
import { importLines } from '../words/import.ts';
import type { Work } from '../work.ts';

export type ImportOptions = {
  readonly kind: string;
  readonly profile?: string | false;
  readonly dryRun?: true;
  readonly strict?: true;
  readonly archiveMissing?: true;
  readonly json?: true;
};

/**
 * `import FILE`: reads the file, says what it would do, and applies it in one transaction unless it is a dry run or
 * `--strict` finds something rejected. What is not applied is taken away again.
 */
export async function importFile(work: Work, path: string, options: ImportOptions): Promise<void> {
  const { services, terminal } = work;
  const kind = readKind(services.registry, options.kind);
  const upload = await readUpload(path);
  const progress = async (done: number, total: number, message: string) =>
    terminal.progress(message, done, total);
  const profile = options.profile === false ? null : options.profile;
  terminal.progress('Reading the file', 0, 0);
  const stored = await analyseFile(
    services,
    work.context(),
    { ...upload, kind, ...(profile === undefined ? {} : { profile }) },
    progress,
  );
  const preview = await kept(work, stored, () =>
    previewImport(services, work.context(), stored.id, progress),
  );
  const refused = options.strict === true && preview.counts.rejected > 0;
  if (options.dryRun || refused) {
    const wire = await present(work, stored);
    await discardImport(services, work.context(), stored.id);
    tell(work, wire, preview, options);
    if (!refused) return;
    const what = counted(preview.counts.rejected, 'cell or row', 'cells or rows');
    terminal.note(`${upload.name}: ${what} rejected, and --strict was asked for. Nothing was imported.`);
    throw new Ended(exitCodes.rejected);
  }
  const applied = await kept(work, stored, () =>
    applyImport(
      services,
      work.context(),
      stored.id,
      { expect: preview.counts, ...(options.archiveMissing ? { archiveMissing: true } : {}) },
      progress,
    ),
  );
  tell(work, await present(work, applied), preview, options);
}

/** What fails leaves nothing behind, not even the rows that were read. */
async function kept<T>(work: Work, stored: StoredImport, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    try {
      await discardImport(work.services, work.context(), stored.id);
    } catch (second) {
      throw new AggregateError([error, second], 'The import failed, and its rows could not be taken away.', {
        cause: error,
      });
    }
    throw error;
  }
}

function present({ services, organisation }: Work, stored: StoredImport): Promise<ImportWire> {
  return services.store.read(organisation.id, (reader) => presentImport(reader, stored));
}

function tell(work: Work, wire: ImportWire, preview: ImportPreviewWire, options: ImportOptions): void {
  if (options.json) work.terminal.json({ import: wire, preview });
  else
    for (const line of importLines(work.services.registry.get(wire.kind), wire, preview, work.terminal))
      work.terminal.print(line);
}
