import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { isWeighty } from '@throughline/domain/kinds/weighty-steps.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { whoAdministers } from '@throughline/domain/permissions.ts';
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
  refuseOpened(write.ctx.actor);
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
  if (!isWeighty(kind, transition)) return;
  refuseOpened(ctx.actor);
  await ensurePresentNow(store, ctx);
}

/** Throws `forbidden` for an account that one administrator alone opened: who uses it is not known. */
export function refuseOpened(actor: Actor): void {
  if (isOpened(actor))
    throw new DomainError('forbidden', openedWords, [], { who: whoAdministers('members') });
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
