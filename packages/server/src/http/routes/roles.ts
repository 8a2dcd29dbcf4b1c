import { inSentence } from '@throughline/domain/kind-words.ts';
import { grants, organisationActs, type Role, whoAdministers } from '@throughline/domain/permissions.ts';
import type { RoleHolder } from '@throughline/domain/role-holders.ts';
import { conditionWords, organisationWords, rolePurposes } from '@throughline/domain/role-words.ts';
import type { RoleWire } from '@throughline/domain/wire-people.ts';
import { readRoles } from '../../features/roles/read-roles.ts';
import * as common from '../answers/common.ts';
import * as shapes from '../answers/groups.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

/** Roles in words: what each may, why, and who holds it. */
export function roleRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/roles',
      tag: 'People',
      summary:
        'What each role may and why, and who holds it today: by themselves, through a group, in whose place',
      access: 'signed-in',
      answers: { 200: { description: 'The roles.', shape: common.list(shapes.heldRole) } },
      handle: async ({ caller }) =>
        ok({
          items: (await readRoles(services, caller)).map(({ role, holders }) =>
            wire(services.registry, role, holders),
          ),
        }),
    }),
  ];
}

/** As many as a page lists. */
const namedAtMost = 200;

const wire = (registry: HttpServices['registry'], role: Role, holders: readonly RoleHolder[]): RoleWire => ({
  role,
  purpose: rolePurposes[role],
  may: grants[role].map(({ acts, kinds, except, when, why }) => ({
    acts,
    kinds,
    records: [
      when.map((condition) => conditionWords[condition]).join('; '),
      ...(except
        ? [`but for ${except.map((kind) => inSentence(registry.get(kind).plural)).join(', ')}`]
        : []),
    ].join(', '),
    why,
  })),
  administers: organisationActs
    .filter((act) => whoAdministers(act).includes(role))
    .map((act) => ({ act, ...organisationWords[act] })),
  holders: holders.slice(0, namedAtMost),
  holderCount: holders.length,
});
