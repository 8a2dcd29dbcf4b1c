import type { Role } from '@throughline/domain/permissions.ts';
import { newId } from '@throughline/server/store/ids.ts';
import { addMember } from '@throughline/server/store/members.ts';
import { addOrganisation } from '@throughline/server/store/organisations.ts';
import type { Store } from '@throughline/server/store/store.ts';

type Founded = { readonly organisation: string; readonly member: string };

/** Makes an organisation with one member, as a start does: with the entries that `log verify` looks for. */
export async function foundOrganisation(store: Store, name: string): Promise<Founded> {
  const organisation = newId();
  const roles = ['admin', 'aims-manager'] as const;
  const member = await joined(store, organisation, { name: 'AIMS manager', roles }, (write) =>
    addOrganisation(write, { name, timeZone: 'Europe/Dublin' }),
  );
  return { organisation, member };
}

/** Adds a member who signs in nowhere, and answers their id. */
export async function joined(
  store: Store,
  organisation: string,
  { name, roles }: { readonly name: string; readonly roles: readonly Role[] },
  before: (write: Parameters<typeof addMember>[0]) => Promise<void> = async () => {},
): Promise<string> {
  const id = newId();
  const actor = { type: 'rule', rule: 'operator' } as const;
  const ctx = { organisation, actor, at: new Date(), because: null, request: null };
  await store.change(ctx, async (write) => {
    await before(write);
    await addMember(write, { id, person: null, name, roles, until: null });
  });
  return id;
}
