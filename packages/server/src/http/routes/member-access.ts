import { z } from 'zod';
import { resetFactors, resetPassword, vouchForMember } from '../../features/members/resets.ts';
import { endMemberSessions, memberSessions } from '../../features/members/sessions.ts';
import { secretLink } from '../../secret-link.ts';
import * as account from '../answers/account.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import * as proposals from '../answers/proposals.ts';
import { memberSessionWire } from '../present/account.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { flagShape, idShape, reasonShape } from '../shapes.ts';

const administering = { tag: 'People', access: 'members' } as const;
const byId = z.strictObject({ id: idShape });
const waiting = {
  description: 'Of whoever decides here, such as another administrator: it waits for another person.',
  shape: proposals.waits,
};
const done = { 204: { description: 'Done.' } };

/** What administrators do about how members sign in: they see and end sessions, and help whoever lost something. */
export function memberAccessRoutes(services: HttpServices): Route[] {
  return [...resetRoutes(services), ...vouchRoutes(services), ...sessionRoutes(services)];
}

function resetRoutes(services: HttpServices): Route[] {
  return [
    route({
      ...administering,
      method: 'POST',
      path: '/members/:id/password-reset',
      summary: 'Sends or shows a link by which a member sets a new password',
      params: byId,
      query: z.strictObject({
        byHand: flagShape.meta({ description: 'Answers with a link although mail could go out.' }),
      }),
      answers: {
        201: {
          description: 'Either a mail is on its way, or a link to hand over, shown this once.',
          shape: people.reset,
        },
        202: waiting,
      },
      handle: async (call) => {
        const made = await resetPassword(services, call.change(), call.params.id, call.query.byHand);
        if ('waits' in made) return { status: 202, body: made };
        const { member, token, until, mailed } = made;
        const link = token === null ? null : services.config.publicUrl + secretLink('/password', token);
        return created({ member, link, until: until?.toISOString() ?? null, mailed });
      },
      // The link's secret is not kept, so it cannot be said again.
      replay: async (subject, { query }) =>
        created({
          ...{ member: subject, link: null, until: null },
          mailed: services.mail !== undefined && !query.byHand,
        }),
    }),
    route({
      ...administering,
      method: 'POST',
      path: '/members/:id/factors-reset',
      summary: 'Ends the second factors of a member who lost them, and their sessions',
      params: byId,
      body: z.strictObject({ reason: reasonShape(500) }),
      answers: { ...done, 202: waiting },
      handle: async (call) => {
        const { waits } = await resetFactors(services, call.change(), call.params.id, call.body.reason);
        return waits === null ? nothing : { status: 202, body: { waits } };
      },
      replay: async () => nothing,
    }),
  ];
}

function vouchRoutes(services: HttpServices): Route[] {
  return [
    route({
      ...administering,
      method: 'POST',
      path: '/members/:id/vouch',
      summary: 'Says that it is the member who uses an account that another administrator alone opened',
      params: byId,
      answers: done,
      handle: async (call) => {
        await vouchForMember(services, call.change(), call.params.id);
        return nothing;
      },
      replay: async () => nothing,
    }),
  ];
}

function sessionRoutes(services: HttpServices): Route[] {
  return [
    route({
      ...administering,
      method: 'GET',
      path: '/members/:id/sessions',
      summary: 'Where a member is signed in',
      params: byId,
      answers: {
        200: {
          description: 'The sessions, the one used last first.',
          shape: common.list(account.memberSession),
        },
      },
      handle: async ({ caller, params, now }) => {
        const found = await memberSessions(services, caller.organisation, params.id, now);
        return ok({ items: found.map(memberSessionWire) });
      },
    }),
    route({
      ...administering,
      method: 'DELETE',
      path: '/members/:id/sessions',
      summary: 'Ends every session of a member',
      params: byId,
      answers: done,
      handle: async (call) => {
        await endMemberSessions(services, call.change(), call.params.id);
        return nothing;
      },
    }),
    route({
      ...administering,
      method: 'DELETE',
      path: '/members/:id/sessions/:session',
      summary: 'Ends one session of a member',
      params: z.strictObject({ id: idShape, session: idShape }),
      answers: done,
      handle: async (call) => {
        await endMemberSessions(services, call.change(), call.params.id, call.params.session);
        return nothing;
      },
    }),
  ];
}
