import { refuseOldProof } from '../../records/old-proof.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Store } from '../../store/store.ts';
import type { SessionIdentity } from './identify.ts';

/**
 * Before somebody changes how they sign in, they show who they are, second factor or not: whoever finds an open browser
 * must not be able to make the account their own. Throws `step-up`.
 */
export async function ensureProved(store: Store, session: SessionIdentity, now: Date): Promise<void> {
  const { stepUp } = await store.readWhole(session.organisation, organisationSettings);
  refuseOldProof({ ...stepUp, everyone: true }, session.by.presence, now);
}
