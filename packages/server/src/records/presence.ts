import { organisationSettings } from '../store/organisations.ts';
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
