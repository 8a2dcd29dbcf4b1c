import type { SamePersonWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import {
  declareSamePerson,
  type NamedPair,
  partSamePerson,
  readSamePersons,
} from '../../features/duties/same-persons.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape } from '../shapes.ts';

const tag = 'People';

/** Members that are one person: separation of duties is held between persons. */
export function samePersonRoutes(services: HttpServices): Route[] {
  const listed = async (organisation: string) => ({
    items: (await readSamePersons(services, organisation)).map(wire),
  });
  return [
    route({
      method: 'GET',
      path: '/same-persons',
      tag,
      summary: 'Members that are declared to be one person',
      access: 'signed-in',
      answers: { 200: { description: 'The pairs, oldest first.', shape: common.list(people.samePerson) } },
      handle: async (call) => ok(await listed(call.caller.organisation)),
    }),
    route({
      method: 'POST',
      path: '/same-persons',
      tag,
      summary: 'Declares two members to be one person, so that neither approves what the other wrote',
      access: 'members',
      body: z.strictObject({ members: z.tuple([idShape, idShape]) }),
      answers: { 201: { description: 'The pairs as they stand.', shape: common.list(people.samePerson) } },
      handle: async (call) => {
        await declareSamePerson(services, call.change(), call.body.members);
        return created(await listed(call.caller.organisation));
      },
      replay: async (_subject, call) => created(await listed(call.caller.organisation)),
    }),
    route({
      method: 'DELETE',
      path: '/same-persons/:id',
      tag,
      summary: 'Takes back what was declared by mistake; never by one of the two',
      access: 'members',
      params: z.strictObject({ id: idShape }),
      answers: { 204: { description: 'Taken back.' } },
      handle: async (call) => {
        await partSamePerson(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}

const wire = ({ id, members, at }: NamedPair): SamePersonWire => ({ id, members, at: at.toISOString() });
