import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { isWeighty } from '@throughline/domain/kinds/weighty-steps.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Store } from '../store/store.ts';
import type { Write } from '../store/write.ts';
import { refuseOldProof } from './old-proof.ts';

/**
 * Before somebody approves or accepts, the last proof of who they are is young enough for their organisation's rule.
 * Throws `step-up`. Programs and rules carry no proof; that they may not approve is decided elsewhere.
 */
export async function ensurePresent(write: Write): Promise<void> {
  const { presence, at } = write.ctx;
  if (!presence) return;
  const { stepUp } = await organisationSettings(write);
  refuseOldProof(stepUp, presence, at);
}

/** The same before a step of the life cycle that weighs as much. */
export async function ensurePresentFor(write: Write, kind: Kind, transition: string): Promise<void> {
  if (isWeighty(kind, transition)) await ensurePresent(write);
}

/** The same before such a step is taken on many records: asked once, for a job shows nobody anything. */
export async function ensurePresentBefore(
  { store }: Services,
  ctx: Context,
  kind: Kind,
  transition: string,
): Promise<void> {
  if (isWeighty(kind, transition)) await ensurePresentNow(store, ctx);
}

/** The same outside a change, before it begins. */
export async function ensurePresentNow(
  store: Store,
  { presence, organisation, at }: Pick<Context, 'presence' | 'organisation' | 'at'>,
): Promise<void> {
  if (!presence) return;
  const { stepUp } = await store.readWhole(organisation, organisationSettings);
  refuseOldProof(stepUp, presence, at);
}
