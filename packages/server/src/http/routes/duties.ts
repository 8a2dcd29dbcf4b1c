import type { DutyWaiversWire, RecusalRowWire } from '@throughline/domain/wire-duties.ts';
import { z } from 'zod';
import { endWaiverEarly, giveWaiver, readWaivers } from '../../features/duties/duty-waivers.ts';
import { endStandingBack, readRecusals } from '../../features/duties/recusals.ts';
import type { Context } from '../../store/context.ts';
import * as common from '../answers/common.ts';
import * as answers from '../answers/duties.ts';
import * as proposals from '../answers/proposals.ts';
import type { Caller } from '../caller.ts';
import { dutyWaiversWire, recusalsWire } from '../present/duties.ts';
import { created, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, idShape, reasonShape } from '../shapes.ts';

const tag = 'Duties';
const reason = reasonShape(2000);
const byId = z.strictObject({ id: idShape });

/** Duties that were waived or laid down: who approves their own, and who stands back from what. */
export function dutyRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const waivers = async (caller: Caller, kind?: string) =>
    dutyWaiversWire(registry, await readWaivers(services, caller, kind));
  const recusals = async (caller: Caller) => ({
    items: recusalsWire(registry, await readRecusals(services, caller)),
  });
  const waiversAnswer = { description: 'The waivers, newest first.', shape: answers.dutyWaivers };
  const recusalsAnswer = { description: 'Newest first.', shape: common.list(answers.recusal) };
  return [
    route({
      method: 'GET',
      path: '/duty-waivers',
      tag,
      summary: 'Waivers of "another person approves", and how many approvals stand by each, of all',
      access: 'signed-in',
      query: z.strictObject({ kind: z.string().max(40).optional() }),
      answers: { 200: waiversAnswer },
      handle: async (call) => ok(await waivers(call.caller, call.query.kind)),
    }),
    route({
      method: 'POST',
      path: '/duty-waivers',
      tag,
      summary:
        'Lets authors approve, in writing and to a day; by whom the table of authority names for waivers',
      access: 'signed-in',
      body: z.strictObject({ reason, until: dateShape }),
      answers: {
        201: waiversAnswer,
        202: { description: 'It waits for another person.', shape: proposals.waits },
      },
      handle: async (call) => {
        const { waits } = await giveWaiver(services, call.change(), call.body);
        if (waits !== null) return { status: 202, body: { waits } };
        return created(await waivers(call.caller));
      },
      replay: async (_subject, call) => created(await waivers(call.caller)),
    }),
    ending({
      path: '/duty-waivers/:id/end',
      access: 'signed-in',
      summary: 'Ends a waiver before its day; what was approved under it stands and says so',
      answer: waiversAnswer,
      end: (ctx, id, why) => endWaiverEarly(services, ctx, id, why),
      list: (caller) => waivers(caller),
    }),
    route({
      method: 'GET',
      path: '/recusals',
      tag,
      summary: 'Who stands back from what, and who did: the newest 500',
      access: 'signed-in',
      answers: { 200: recusalsAnswer },
      handle: async (call) => ok(await recusals(call.caller)),
    }),
    ending({
      path: '/recusals/:id/end',
      access: 'settings',
      summary: 'Ends that somebody stands back; never by themselves',
      answer: recusalsAnswer,
      end: (ctx, id, why) => endStandingBack(services, ctx, id, why),
      list: recusals,
    }),
  ];
}

type Ending = {
  readonly path: string;
  readonly summary: string;
  readonly access: 'signed-in' | 'settings';
  readonly answer: { readonly description: string; readonly shape: z.ZodType };
  readonly end: (ctx: Context, id: string, why: string) => Promise<void>;
  readonly list: (caller: Caller) => Promise<DutyWaiversWire | { readonly items: RecusalRowWire[] }>;
};

/** Ends one of a list with a reason, and answers the list as it is then. */
function ending({ path, summary, access, answer, end, list }: Ending): Route {
  return route({
    ...{ method: 'POST', path, tag, summary, access },
    params: byId,
    body: z.strictObject({ reason }),
    answers: { 200: answer },
    handle: async (call) => {
      await end(call.change(), call.params.id, call.body.reason);
      return ok(await list(call.caller));
    },
    replay: async (_subject, call) => ok(await list(call.caller)),
  });
}
