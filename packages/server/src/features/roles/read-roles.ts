import { dayIn } from '@throughline/domain/day.ts';
import { type Role, roles } from '@throughline/domain/permissions.ts';
import { holdersOf, type RoleHolder } from '@throughline/domain/role-holders.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { roleBearers } from '../../store/role-bearers.ts';

/** As many members as are looked at: an organisation with more sees the first by name, and how many there are. */
const mostMembers = 10_000;

/** Who holds each role today, through which group and in whose place. */
export async function readRoles(
  services: Services,
  who: Asker,
): Promise<readonly { readonly role: Role; readonly holders: readonly RoleHolder[] }[]> {
  return services.store.read(who, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const bearers = await roleBearers(reader, dayIn(services.clock(), timeZone), mostMembers);
    return roles.map((role) => ({ role, holders: holdersOf(bearers, role) }));
  });
}
