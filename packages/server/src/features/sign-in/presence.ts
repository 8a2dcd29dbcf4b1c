import { DomainError } from '@throughline/domain/errors.ts';
import { refuseOldProof } from '../../records/old-proof.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Store } from '../../store/store.ts';
import type { SessionIdentity } from './identify.ts';
import { hasOwnWay } from './own-entrance.ts';

/**
 * Before somebody changes how they sign in, they show who they are, second factor or not: whoever finds an open browser
 * must not be able to make the account their own. Throws `step-up`.
 */
export async function ensureProved(store: Store, session: SessionIdentity, now: Date): Promise<void> {
  const { stepUp } = await store.readWhole(session.organisation, organisationSettings);
  refuseOldProof({ ...stepUp, everyone: true }, session.by.presence, now);
  // A provider vouches in its own organisation; what somebody signs in with everywhere is theirs to change.
  if (session.by.presence.own === false && (await hasOwnWay(store, session.by.person)))
    throw new DomainError(
      'step-up',
      'Show your password, or a factor of your own: your organisation’s account does not change how you sign in elsewhere.',
    );
}
