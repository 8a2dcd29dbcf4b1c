import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { askForJob } from '../../store/jobs.ts';
import { type ApplyChoice, ensureAnalysed } from './apply-import.ts';
import { withImport } from './preview-import.ts';

/** Asks for the import to be applied in the background; answers the job's id. Refuses at once what would be refused then. */
export async function requestApply(
  services: Services,
  ctx: Context,
  id: string,
  choice: ApplyChoice,
): Promise<string> {
  await withImport(services, ctx, id, async (_reader, stored) => ensureAnalysed(stored));
  const { archiveMissing = false, expect } = choice;
  const input = { import: id, choice: { archiveMissing, ...(expect ? { expect: { ...expect } } : {}) } };
  return services.store.change({ ...ctx, because: id }, (write) => askForJob(write, 'apply-import', input));
}
