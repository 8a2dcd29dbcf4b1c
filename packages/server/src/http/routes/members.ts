import { Readable } from 'node:stream';
import { erasureReasons } from '@throughline/domain/erasure.ts';
import { z } from 'zod';
import { readJob } from '../../features/jobs/jobs.ts';
import { eraseMember } from '../../features/members/erase-member.ts';
import { askForExport, readExport } from '../../features/members/export-member.ts';
import {
  editMember,
  type Invited,
  inviteAgain,
  inviteMember,
  readMember,
  readMembers,
} from '../../features/members/members.ts';
import { addServiceAccount } from '../../features/members/service-accounts.ts';
import { vouchedAlone } from '../../features/sign-in/own-entrance.ts';
import { secretLink } from '../../secret-link.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import * as proposals from '../answers/proposals.ts';
import { attachment } from '../attachment.ts';
import type { Caller } from '../caller.ts';
import { memberWire } from '../present/people.ts';
import { type Answer, created, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import {
  countShape,
  dateShape,
  emailShape,
  flagShape,
  idShape,
  lineShape,
  refShape,
  rolesShape,
  whyShape,
} from '../shapes.ts';
import { job, jobWire } from './jobs.ts';

const tag = 'People';
/** What an external auditor reads: kinds, and systems named or covered by audits. */
const scopeShape = z.strictObject({
  kinds: z.union([z.literal('all'), z.array(lineShape(60)).max(100)]),
  systems: z.union([z.literal('all'), z.array(refShape).max(500)]),
  audits: z.array(refShape).max(100),
});
const byId = z.strictObject({ id: idShape });
const sessionIn = ({ by }: Caller) =>
  by.type === 'session' ? { person: by.person, member: by.member, own: !vouchedAlone({ by }) } : null;

export function memberRoutes(services: HttpServices): Route[] {
  const invitedAnswer = (invited: Invited): Answer =>
    created({
      member: invited.member.id,
      link:
        invited.token === null ? null : services.config.publicUrl + secretLink('/invitation', invited.token),
      until: invited.until?.toISOString() ?? null,
      mailed: invited.mailed,
      ...(invited.waits === null ? {} : { waits: invited.waits }),
    });
  // The link's secret is not kept, so it cannot be said again; the member can be invited anew.
  const replay = async (subject: string | null) =>
    created({ member: subject, link: null, until: null, mailed: services.mail !== undefined });
  const description = 'Either a mail is on its way, or a link to hand over, shown this once.';
  const answers = { 201: { description, shape: people.invited } };
  return [
    route({
      method: 'GET',
      path: '/members',
      tag,
      summary: 'People and service accounts of the organisation, by name',
      access: 'signed-in',
      query: z.strictObject({
        q: lineShape(100).optional(),
        limit: countShape(500, 500),
        cursor: idShape.optional(),
      }),
      answers: { 200: { description: 'The members.', shape: common.list(common.member) } },
      handle: async ({ caller, query }) => {
        const { q: words, limit, cursor: after } = query;
        const { members, next } = await readMembers(services, caller, { words, limit, after });
        return ok({
          items: members.map((one) => memberWire(one, caller, services.registry)),
          ...(next === undefined ? {} : { next }),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/members/:id',
      tag,
      summary: 'One member',
      access: 'signed-in',
      params: byId,
      answers: { 200: { description: 'The member.', shape: common.member } },
      handle: async ({ caller, params }) =>
        ok(memberWire(await readMember(services, caller, params.id), caller, services.registry)),
    }),
    route({
      method: 'POST',
      path: '/members',
      tag,
      summary: 'Adds a member, and sends or shows the link that lets them in',
      access: 'members',
      body: z.strictObject({
        name: lineShape(200),
        email: emailShape,
        roles: rolesShape,
        until: dateShape.nullable().optional(),
        scope: scopeShape.nullable().optional(),
        reason: whyShape,
      }),
      answers,
      handle: async (call) => {
        const input = { ...call.body, until: call.body.until ?? null };
        return invitedAnswer(await inviteMember(services, call.change(), input));
      },
      replay,
    }),
    route({
      method: 'POST',
      path: '/service-accounts',
      tag,
      summary: 'Adds an account that acts by tokens alone, and that a person answers for',
      access: 'members',
      body: z.strictObject({
        name: lineShape(200),
        owner: idShape,
        roles: rolesShape.min(1),
        until: dateShape.nullable().optional(),
        reason: whyShape,
      }),
      answers: {
        201: {
          description:
            'The account, among the members; `waits` where roles of it wait for another person, who is asked as whoever makes it does not have them, or as it administers.',
          shape: people.madeAccount,
        },
      },
      handle: async (call) => {
        const input = { ...call.body, until: call.body.until ?? null };
        const { member, waits } = await addServiceAccount(services, call.change(), input);
        const made = await readMember(services, call.caller, member.id);
        return created({
          ...memberWire(made, call.caller, services.registry),
          ...(waits === null ? {} : { waits }),
        });
      },
      replay: async (subject, { caller }) =>
        created(memberWire(await readMember(services, caller, subject ?? ''), caller, services.registry)),
    }),
    route({
      method: 'POST',
      path: '/members/:id/invitation',
      tag,
      summary: 'Invites a member again who did not accept yet; the link before ends',
      access: 'members',
      params: byId,
      query: z.strictObject({
        byHand: flagShape.meta({ description: 'Answers with a link although mail could go out.' }),
      }),
      answers,
      handle: async (call) =>
        invitedAnswer(await inviteAgain(services, call.change(), call.params.id, call.query.byHand)),
      replay,
    }),
    route({
      method: 'POST',
      path: '/members/:id/erase',
      tag,
      summary: 'Erases for good the name of a person who has left; what they did stays under their id',
      access: 'members',
      params: byId,
      body: z.strictObject({ reason: z.enum(erasureReasons) }),
      answers: { 200: { description: 'The member, without a name.', shape: common.member } },
      handle: async (call) => {
        const { params, caller, body } = call;
        await eraseMember(services, call.change(), params.id, body.reason);
        return ok(memberWire(await readMember(services, caller, params.id), caller, services.registry));
      },
      replay: async (subject, { caller }) =>
        ok(memberWire(await readMember(services, caller, subject ?? ''), caller, services.registry)),
    }),
    route({
      method: 'POST',
      path: '/members/:id/export',
      tag,
      summary:
        'Asks for everything held about a person, as one document: your own, or anybody’s for who administers people',
      access: 'signed-in',
      params: byId,
      answers: { 202: { description: 'The job that puts it together.', shape: job } },
      handle: async (call) => {
        const asked = await askForExport(services, call.change(), call.params.id, sessionIn(call.caller));
        return { status: 202, body: jobWire(asked) };
      },
      replay: async (subject, { caller }) => ({
        status: 202,
        body: jobWire(await readJob(services, caller, subject ?? '')),
      }),
    }),
    route({
      method: 'GET',
      path: '/members/:id/export/:job',
      tag,
      summary: 'The document that such a job put together, for whoever asked for it, for a day',
      access: 'signed-in',
      params: z.strictObject({ id: idShape, job: idShape }),
      answers: { 200: { description: 'The document; no secret is in it.', shape: common.free } },
      handle: async ({ caller, params }) => {
        const document = await readExport(services, caller, sessionIn(caller), {
          member: params.id,
          job: params.job,
        });
        const headers = {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': attachment(`person-${params.id}.json`),
        };
        return { status: 200, body: Readable.from(document), headers };
      },
    }),
    route({
      method: 'PATCH',
      path: '/members/:id',
      tag,
      summary: 'Changes name, roles, end or access, or who answers for a service account',
      access: 'members',
      params: byId,
      body: z.strictObject({
        name: lineShape(200).optional(),
        roles: rolesShape.optional(),
        active: z.boolean().optional(),
        until: dateShape.nullable().optional(),
        owner: idShape.optional(),
        scope: scopeShape.nullable().optional(),
        reason: whyShape,
      }),
      answers: {
        200: { description: 'The member as it stands now.', shape: common.member },
        202: {
          description:
            'Roles, end and access wait for another person: they make an administrator, give whoever asks more than they have, or end the last other administrator.',
          shape: proposals.waits,
        },
      },
      handle: async (call) => {
        const { params, caller } = call;
        const { reason, ...patch } = call.body;
        const { waits } = await editMember(services, call.change(), params.id, patch, { reason });
        if (waits !== null) return { status: 202, body: { waits } };
        return ok(memberWire(await readMember(services, caller, params.id), caller, services.registry));
      },
    }),
  ];
}
