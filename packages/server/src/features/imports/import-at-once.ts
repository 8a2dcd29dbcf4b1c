import type { ImportPreviewWire, ImportWire } from '@throughline/domain/wire-import.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { lockImport } from '../../store/imports.ts';
import type { Write } from '../../store/write.ts';
import { keepImport, type Understood } from './analyse-file.ts';
import { applyPlan } from './apply-import.ts';
import { showImport } from './list-imports.ts';
import { type Progress, parseImport, planImport } from './plan-import.ts';
import { presentImport } from './present-import.ts';
import { previewOf } from './preview-import.ts';
import { type RejectedFile, rejectedOf } from './rejected-file.ts';

export type AtOnce = {
  readonly archiveMissing?: boolean;
  /** Also gives the rows of which something is not taken. */
  readonly withRejected?: boolean;
  /** Whether what the preview says is to be applied; without it nothing of the file is kept. */
  readonly apply: (preview: ImportPreviewWire) => boolean;
};

export type Imported = {
  readonly import: ImportWire;
  readonly preview: ImportPreviewWire;
  readonly rejected: RejectedFile | null;
};

/**
 * Keeps, previews and applies a file in one change, for a caller without a person who looks in between: however it ends,
 * also when the process is killed, either all of it is there or not even its raw rows.
 */
export async function importAtOnce(
  services: Services,
  ctx: Context,
  understood: Understood,
  choice: AtOnce,
  progress: Progress,
): Promise<Imported> {
  const kind = services.registry.get(understood.kind);
  if (choice.archiveMissing) ensureMay(ctx.actor, kind, 'archive');
  const id = newId(ctx.at.getTime());
  const change = async (write: Write): Promise<Omit<Imported, 'import'>> => {
    await keepImport(write, id, understood);
    const stored = await lockImport(write, id);
    if (!stored) throw new Error('The import that was just kept is not there');
    const parsed = await parseImport(write, stored, progress);
    const plan = await planImport(services, write, parsed, progress, write.ctx);
    const preview = await previewOf(services, write, ctx, plan);
    const rejected = choice.withRejected ? await rejectedOf(write, stored, plan) : null;
    if (!choice.apply(preview))
      throw new NotApplied({ import: await presentImport(write, stored), preview, rejected });
    await progress(plan.rows.length, plan.rows.length, 'Writing the records');
    await applyPlan(services, write, stored, plan, choice);
    return { preview, rejected };
  };
  try {
    const done = await services.store.change({ ...ctx, because: id }, change);
    return { import: await showImport(services, ctx, id), ...done };
  } catch (error) {
    if (error instanceof NotApplied) return error.imported;
    throw error;
  }
}

/** Lets the change fall: what the preview says is not wanted, so nothing of the file is kept. */
class NotApplied extends Error {
  override readonly name = 'NotApplied';
  readonly imported: Imported;
  constructor(imported: Imported) {
    super('What the preview says is not applied');
    this.imported = imported;
  }
}
