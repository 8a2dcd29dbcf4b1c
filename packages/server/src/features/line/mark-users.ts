import type { Services } from '../../services.ts';
import { markUsers, usersToMark } from '../../store/standing.ts';

/** Before lines are chosen for computing: those who came to use a record while it was changed are marked, and so among them. */
export async function markUsersOf({ store, clock }: Services, organisation: string): Promise<void> {
  if (!(await store.readWhole(organisation, usersToMark))) return;
  const actor = { type: 'rule', rule: 'standing' } as const;
  await store.change({ organisation, actor, at: clock(), because: null, request: null }, markUsers);
}
