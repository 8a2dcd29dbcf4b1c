import type { OutsideWire } from '@throughline/domain/wire-outside.ts';
import type { OutsideIdentity } from '../../store/outside-identities.ts';

/** What the source calls them stays here: it is of no use to anybody who reads it. */
export function outsideWire(identity: OutsideIdentity): OutsideWire {
  const { id, kind, source, address, roles, linkedAt, seenAt } = identity;
  return {
    ...{ id, kind, source, address, roles },
    linkedAt: linkedAt.toISOString(),
    seenAt: seenAt.toISOString(),
  };
}
