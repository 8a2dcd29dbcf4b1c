import type { DeputyWire } from '@throughline/domain/wire-people.ts';
import { z } from 'zod';
import {
  nameDeputy,
  readDeputies,
  readDeputy,
  type ShownDeputy,
  stopDeputy,
} from '../../features/deputies/deputies.ts';
import * as common from '../answers/common.ts';
import * as shapes from '../answers/groups.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, idShape, lineShape } from '../shapes.ts';

const tag = 'People';

/** Deputies: who acts for whom during an absence. */
export function deputyRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/deputies',
      tag,
      summary: 'Who stands in for whom, from today on',
      access: 'signed-in',
      answers: {
        200: { description: 'Those whose last day is to come.', shape: common.list(shapes.deputy) },
      },
      handle: async ({ caller }) => ok({ items: (await readDeputies(services, caller)).map(wire) }),
    }),
    route({
      method: 'POST',
      path: '/deputies',
      tag,
      summary: 'Names who stands in for somebody on these days: for oneself, or by an administrator',
      access: 'signed-in',
      body: z.strictObject({
        absent: idShape,
        member: idShape,
        first: dateShape,
        last: dateShape,
        why: lineShape(200),
      }),
      answers: { 201: { description: 'The deputy.', shape: shapes.deputy } },
      handle: async (call) => created(wire(await nameDeputy(services, call.change(), call.body))),
      replay: async (subject, { caller }) => created(wire(await readDeputy(services, caller, subject ?? ''))),
    }),
    route({
      method: 'DELETE',
      path: '/deputies/:id',
      tag,
      summary: 'Ends a deputy’s time before its last day',
      access: 'signed-in',
      params: z.strictObject({ id: idShape }),
      answers: { 204: { description: 'Ended.' } },
      handle: async (call) => {
        await stopDeputy(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}

const wire = ({ mayEnd, ...deputy }: ShownDeputy): DeputyWire => ({
  ...deputy,
  abilities: {
    end: mayEnd
      ? { allowed: true }
      : {
          allowed: false,
          reason: 'Whoever is away, their deputy or an administrator ends this.',
          who: ['admin'],
        },
  },
});
