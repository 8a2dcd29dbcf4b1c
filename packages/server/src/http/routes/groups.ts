import type { GroupWire } from '@throughline/domain/wire-people.ts';
import { z } from 'zod';
import { editGroup, endGroup, makeGroup, readGroup, readGroups } from '../../features/groups/groups.ts';
import type { StoredGroup } from '../../store/groups.ts';
import * as common from '../answers/common.ts';
import * as shapes from '../answers/groups.ts';
import * as proposals from '../answers/proposals.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, rolesShape, whyShape } from '../shapes.ts';

const tag = 'People';
const byId = z.strictObject({ id: idShape });
const membersShape = z.array(idShape).max(500);
const waiting = {
  description:
    'Roles and members wait for another person: they make or end administrators, or give whoever asks more than they have.',
  shape: proposals.waits,
};

/** Groups: people who have roles together. */
export function groupRoutes(services: HttpServices): Route[] {
  const answers = { 200: { description: 'The group as it stands now.', shape: shapes.group } };
  return [
    route({
      method: 'GET',
      path: '/groups',
      tag,
      summary: 'Groups with their roles and members, by name',
      access: 'signed-in',
      query: z.strictObject({ member: idShape.optional() }),
      answers: { 200: { description: 'The groups.', shape: common.list(shapes.group) } },
      handle: async ({ caller, query: { member } }) => {
        const found = await readGroups(services, caller, member === undefined ? {} : { member });
        return ok({ items: found.map(wire) });
      },
    }),
    route({
      method: 'GET',
      path: '/groups/:id',
      tag,
      summary: 'One group',
      access: 'signed-in',
      params: byId,
      answers,
      handle: async ({ caller, params }) => ok(wire(await readGroup(services, caller, params.id))),
    }),
    route({
      method: 'POST',
      path: '/groups',
      tag,
      summary: 'Makes a group, whose roles add to those of each of its members',
      access: 'members',
      body: z.strictObject({
        name: lineShape(200),
        roles: rolesShape,
        members: membersShape.optional(),
        reason: whyShape,
      }),
      answers: {
        201: {
          description:
            'The group; roles that make administrators, or give whoever asks more than they have, wait for another person.',
          shape: shapes.madeGroup,
        },
      },
      handle: async (call) => {
        const { reason, ...body } = call.body;
        const input = { ...body, members: body.members ?? [] };
        const { group, waits } = await makeGroup(services, call.change(), input, { reason });
        return created({ ...wire(group), ...(waits === null ? {} : { waits }) });
      },
      replay: async (subject, { caller }) => created(wire(await readGroup(services, caller, subject ?? ''))),
    }),
    route({
      method: 'PATCH',
      path: '/groups/:id',
      tag,
      summary: 'Changes name, roles or members; `add` and `remove` leave the other members alone',
      access: 'members',
      params: byId,
      body: z.strictObject({
        name: lineShape(200).optional(),
        roles: rolesShape.optional(),
        members: membersShape.optional(),
        add: membersShape.optional(),
        remove: membersShape.optional(),
        reason: whyShape,
      }),
      answers: { ...answers, 202: waiting },
      handle: async (call) => {
        const { reason, ...patch } = call.body;
        const { group, waits } = await editGroup(services, call.change(), call.params.id, patch, { reason });
        return waits === null ? ok(wire(group)) : { status: 202, body: { waits } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/groups/:id',
      tag,
      summary: 'Ends a group: nobody has a role by it any more',
      access: 'members',
      params: byId,
      answers: { 204: { description: 'Ended.' }, 202: waiting },
      handle: async (call) => {
        const { waits } = await endGroup(services, call.change(), call.params.id);
        return waits === null ? nothing : { status: 202, body: { waits } };
      },
    }),
  ];
}

const wire = ({ createdAt, ...group }: StoredGroup): GroupWire => ({
  ...group,
  createdAt: createdAt.toISOString(),
});
