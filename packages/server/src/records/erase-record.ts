import type { ErasureReason } from '@throughline/domain/erasure.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { eraseContent } from '../store/erase.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { ensureMay, ensureVersion, lockFor } from './load.ts';

/**
 * Erases what a record says, for good: the law may ask for it, and nothing brings it back. That it was there, its
 * versions and their digests stay, so everything else still verifies. Only an archived record can be erased.
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
    await eraseContent(write, record, input.reason);
    return record;
  });
}
