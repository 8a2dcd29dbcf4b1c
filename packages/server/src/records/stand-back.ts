import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { addRecusal, recusalsOf } from '../store/recusals.ts';
import { ensureMay, loadReadable } from './load.ts';

/**
 * A person stands back from a record: from then on they neither decide about it nor audit it, nor anything that belongs
 * to it. For good, because a duty that could be laid down and taken up again would bind nobody.
 */
export async function standBack(
  services: Services,
  ctx: Context,
  kind: Kind,
  { ref, reason }: { readonly ref: string; readonly reason: string },
): Promise<void> {
  const { actor } = ctx;
  ensureMay(actor, kind, 'read');
  await services.store.change(ctx, async (write) => {
    const record = await loadReadable(write, actor, kind, ref);
    if (actor.type !== 'person')
      throw new DomainError('forbidden', 'Only a person stands back; a token decides nothing.', [], {
        who: [],
      });
    const stood = await recusalsOf(write, [record.id]);
    if (stood.some((one) => one.member === actor.member))
      throw new DomainError('conflict', 'You stood back from this already.');
    await addRecusal(write, record, actor.member, reason);
  });
}
