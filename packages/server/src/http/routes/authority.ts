import { roles } from '@throughline/domain/permissions.ts';
import { usualAuthority } from '@throughline/domain/usual-authority.ts';
import type { AuthorityWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { changeAuthority, dimensionsOf, readAuthority } from '../../features/authority/authority.ts';
import * as people from '../answers/people.ts';
import * as proposals from '../answers/proposals.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, handsOn } from '../present/ability.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, idShape, whyShape } from '../shapes.ts';

const tag = 'Organisation';
const grant = z.strictObject({
  level: z.string().max(40),
  dimension: z.string().max(40),
  holder: z.union([z.strictObject({ role: z.enum(roles) }), z.strictObject({ member: idShape })]),
  delegate: idShape.nullable().optional(),
  until: dateShape.nullable().optional(),
});

/** Who may decide what, up to which level. */
export function authorityRoutes(services: HttpServices): Route[] {
  const answers = { 200: { description: 'The table in force.', shape: people.authority } };
  return [
    route({
      method: 'GET',
      path: '/authority',
      tag,
      summary: 'Who may decide what, up to which level, today or on the day named',
      access: 'signed-in',
      query: z.strictObject({ asOf: dateShape.optional() }),
      answers,
      handle: async (call) => ok(await presented(services, call.caller, call.query.asOf)),
    }),
    route({
      method: 'PUT',
      path: '/authority',
      tag,
      summary: 'Puts a whole table of authority in force from today',
      access: 'settings',
      body: z.strictObject({
        grants: z.array(grant).max(200),
        reason: whyShape,
      }),
      answers: { ...answers, 202: { description: 'It waits for another person.', shape: proposals.waits } },
      handle: async (call) => {
        const grants = call.body.grants.map(({ level, dimension, holder, delegate, until }) => ({
          level,
          dimension,
          member: 'member' in holder ? holder.member : null,
          role: 'role' in holder ? holder.role : null,
          delegate: delegate ?? null,
          until: until ?? null,
        }));
        const { waits } = await changeAuthority(services, call.change(), grants, {
          reason: call.body.reason,
        });
        if (waits !== null) return { status: 202, body: { waits } };
        return ok(await presented(services, call.caller));
      },
    }),
  ];
}

async function presented(services: HttpServices, caller: Caller, on?: string): Promise<AuthorityWire> {
  const { grants, names, decided } = await readAuthority(services, caller, on);
  const { levels } = services.catalogue.model.authority;
  // Of an earlier day also what was given then and is asked by nothing now.
  const given = services.catalogue.model.authority.dimensions.filter(({ id }) =>
    grants.some(({ dimension }) => dimension === id),
  );
  const dimensions = new Map([...dimensionsOf(services), ...given].map((one) => [one.id, one]));
  const person = (member: string) => ({ member, name: names.get(member) ?? '' });
  return {
    levels: levels.map((id) => ({ id, name: id.charAt(0).toUpperCase() + id.slice(1) })),
    dimensions: [...dimensions.values()].map(({ id, name }) => ({ id, name, decidedBy: decided(id) })),
    grants: grants.flatMap(({ level, dimension, member, role, delegate, until }) => {
      const known = roles.find((one) => one === role);
      const holder = member !== null ? person(member) : known ? { role: known } : undefined;
      if (!holder) return [];
      return [{ level, dimension, holder, delegate: delegate === null ? null : person(delegate), until }];
    }),
    usual: usualAuthority(services.catalogue),
    abilities: { edit: await administersNamed(services, caller, 'settings', handsOn) },
  };
}
