import { adoptedControls } from '@throughline/domain/kinds/adopt-controls.ts';
import { rightTo } from '@throughline/domain/permissions.ts';
import { createInside } from '../../records/create-record.ts';
import { ensureMay, forbidden } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { adoptedItems } from '../../store/soa.ts';

/**
 * Adopts every control of Annex A that has no record yet, in one change, and answers how many those were. Nothing is
 * decided by it: whether a control applies, and why, is a line of the statement (6.1.3).
 */
export async function adoptAnnexA(services: Services, ctx: Context): Promise<number> {
  const kind = services.registry.get('control');
  ensureMay(ctx.actor, kind, 'create');
  // Controls are the whole organisation's: whoever may make records of one system alone makes none of these.
  const shared = { kind: kind.name, owner: null, systemOwner: null, assignee: null };
  if (!rightTo(ctx.actor, 'create', shared)) throw forbidden(kind, 'create', ctx.actor, shared);
  return services.store.change(ctx, async (write) => {
    // Two people who adopt at once would each find nothing there, and every control would stand twice.
    await oneAtATime(write, 'adopted-controls');
    const known = await adoptedItems(write);
    const missing = adoptedControls(services.catalogue).filter(
      ({ fields }) => !known.has(String(fields?.item)),
    );
    for (const patch of missing) await createInside(write, kind, { patch });
    return missing.length;
  });
}
