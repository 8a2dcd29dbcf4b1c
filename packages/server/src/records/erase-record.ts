import { dayIn } from '@throughline/domain/day.ts';
import type { ErasureReason } from '@throughline/domain/erasure.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { whoCan } from '@throughline/domain/permissions.ts';
import { removalObstacle } from '@throughline/domain/removal.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { eraseContent } from '../store/erase.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { ensureMay, ensureVersion, lockFor } from './load.ts';
import { ownErasing } from './own-erasing.ts';

/**
 * Erases what a record says, for good: the law may ask for it, and nothing brings it back. That it was there, its
 * versions and their digests stay, so everything else still verifies. Only an archived record can be erased, none that
 * is held back, and for the end of the time that it is kept for none before that. Whoever wrote it leaves it to another.
 */
export async function eraseRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { readonly ref: string; readonly version: number | null; readonly reason: ErasureReason },
): Promise<StoredRecord> {
  ensureMay(ctx.actor, kind, 'erase');
  return services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'erase');
    ensureVersion(record, input.version);
    write.refuseErased(record.id);
    if (!record.archivedAt)
      throw new DomainError('conflict', 'Archive this record first. Erasing cannot be undone.');
    const own = await ownErasing(write, ctx.actor, record, write.ctx.at);
    if (own) {
      const { reason, people } = own;
      throw new DomainError('forbidden', reason, [], { who: whoCan(kind.name, 'erase'), people });
    }
    const { timeZone } = await organisationSettings(write);
    const today = dayIn(write.ctx.at, timeZone);
    const obstacle = removalObstacle(kind.kept, record.content, input.reason, today);
    if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
    await eraseContent(write, record, input.reason);
    return record;
  });
}
