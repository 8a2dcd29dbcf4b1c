import { documentItem } from '@throughline/catalogue/lookup.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { insertJudgement } from '../store/judgements.ts';
import { ensureMay } from './load.ts';

export type JudgementInput = {
  /** Id of an item of the mandatory set. */
  readonly item: string;
  readonly answer: 'yes' | 'no';
  /** The version that the answer is about, where the item is a document. */
  readonly version: number | null;
  readonly note: string | null;
};

/** Keeps that a person says of an item: I can explain it to an auditor, or I cannot. Nobody answers for somebody else. */
export async function judgeItem(services: Services, ctx: Context, input: JudgementInput): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'person') throw new DomainError('forbidden', 'Only a person judges; a token cannot.');
  ensureMay(actor, services.registry.get('document'), 'comment');
  if (!documentItem(services.catalogue, input.item)) {
    throw unprocessable([
      { at: 'item', message: `"${input.item.slice(0, 40)}" is no item of the mandatory set.` },
    ]);
  }
  await services.store.change(ctx, async (write) => {
    await insertJudgement(write, { ...input, member: actor.member });
  });
}
