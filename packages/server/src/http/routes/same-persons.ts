import type { AbilityWire } from '@throughline/domain/wire.ts';
import type { SamePersonWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import {
  aboutYou,
  declareSamePerson,
  type NamedPair,
  partSamePerson,
  readSamePersons,
} from '../../features/duties/same-persons.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import * as proposals from '../answers/proposals.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, handsOn } from '../present/ability.ts';
import { created, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, reasonShape } from '../shapes.ts';

const tag = 'People';

/** Members that are one person: separation of duties is held between persons. */
export function samePersonRoutes(services: HttpServices): Route[] {
  const listed = async (caller: Caller) => {
    const end = await administersNamed(services, caller, 'members', handsOn);
    return { items: (await readSamePersons(services, caller)).map((pair) => wire(pair, end)) };
  };
  return [
    route({
      method: 'GET',
      path: '/same-persons',
      tag,
      summary: 'Members that are declared to be one person',
      access: 'signed-in',
      answers: { 200: { description: 'The pairs, oldest first.', shape: common.list(people.samePerson) } },
      handle: async (call) => ok(await listed(call.caller)),
    }),
    route({
      method: 'POST',
      path: '/same-persons',
      tag,
      summary:
        'Declares two members to be one person, so that neither approves what the other wrote; never by one of the two',
      access: 'members',
      body: z.strictObject({ members: z.tuple([idShape, idShape]) }),
      answers: { 201: { description: 'The pairs as they stand.', shape: common.list(people.samePerson) } },
      handle: async (call) => {
        await declareSamePerson(services, call.change(), call.body.members);
        return created(await listed(call.caller));
      },
      replay: async (_subject, call) => created(await listed(call.caller)),
    }),
    route({
      method: 'POST',
      path: '/same-persons/:id/end',
      tag,
      summary: 'Takes back what was declared by mistake, by two hands; never by one of the two',
      access: 'members',
      params: z.strictObject({ id: idShape }),
      body: z.strictObject({ reason: reasonShape(500) }),
      answers: {
        200: { description: 'Taken back: the pairs that stand.', shape: common.list(people.samePerson) },
        202: { description: 'It waits for another person.', shape: proposals.waits },
      },
      handle: async (call) => {
        const { params, body, caller } = call;
        const { waits } = await partSamePerson(services, call.change(), params.id, body.reason);
        return waits === null ? ok(await listed(caller)) : { status: 202, body: { waits } };
      },
      replay: async (_subject, call) => ok(await listed(call.caller)),
    }),
  ];
}

const wire = ({ id, members, at, own }: NamedPair, end: AbilityWire): SamePersonWire => ({
  ...{ id, members, at: at.toISOString() },
  abilities: { end: own && end.allowed ? { allowed: false, reason: aboutYou, who: ['admin'] } : end },
});
