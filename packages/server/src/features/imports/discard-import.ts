import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { deleteImport, lockImport } from '../../store/imports.ts';
import { ensureMayImport } from './analyse-file.ts';

/** Takes an import away that was looked at and not applied. Throws `conflict` for one that was applied. */
export async function discardImport(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const stored = await lockImport(write, id);
    if (!stored) throw notFound();
    ensureMayImport(ctx.actor, services.registry.get(stored.kind), services.registry);
    if (stored.state !== 'analysed')
      throw new DomainError('conflict', 'This import was applied. It can be undone, not taken away.');
    await deleteImport(write, id);
  });
}
