import { isObject } from '@throughline/domain/json.ts';
import { pairIn } from '@throughline/domain/proposals.ts';
import type { ConfirmedWire } from '@throughline/domain/wire-proposals.ts';
import { z } from 'zod';
import { changeAuthority, dimensionsOf, proposedTable } from '../../features/authority/authority.ts';
import { confirmRuleSet, proposedRules } from '../../features/classification/rule-sets.ts';
import { giveWaiver } from '../../features/duties/duty-waivers.ts';
import { partSamePerson } from '../../features/duties/same-persons.ts';
import { editGroup, endGroup } from '../../features/groups/groups.ts';
import { editMember } from '../../features/members/members.ts';
import { resetFactors, resetPassword } from '../../features/members/resets.ts';
import { editOrganisation } from '../../features/organisation/organisation.ts';
import { proposedProof } from '../../features/organisation/proof-rules.ts';
import { endProposed, readProposal, readProposals } from '../../features/proposals/proposals.ts';
import { proposedGroup, proposedMember } from '../../features/proposals/rights.ts';
import { secretLink } from '../../secret-link.ts';
import type { Context } from '../../store/context.ts';
import type { Proposal } from '../../store/proposals.ts';
import * as common from '../answers/common.ts';
import * as answers from '../answers/proposals.ts';
import type { Caller } from '../caller.ts';
import { proposalsWire } from '../present/proposals.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, reasonShape } from '../shapes.ts';

const tag = 'Proposals';
const byId = z.strictObject({ id: idShape });

/** What takes two hands: who proposed it, who could confirm it, and what came of it. */
export function proposalRoutes(services: HttpServices): Route[] {
  const dimensions = new Map(dimensionsOf(services).map(({ id, name }) => [id, name]));
  const listed = async (caller: Caller) => ({
    items: proposalsWire(await readProposals(services, caller), dimensions),
  });
  const list = { description: 'The newest 100, newest first.', shape: common.list(answers.proposal) };
  return [
    route({
      method: 'GET',
      path: '/proposals',
      tag,
      summary: 'What waits for another person to confirm it, and what took effect by one hand alone',
      access: 'signed-in',
      answers: { 200: list },
      handle: async ({ caller }) => ok(await listed(caller)),
    }),
    route({
      method: 'POST',
      path: '/proposals/:id/confirm',
      tag,
      summary: 'Confirms what another person proposed, which takes effect with it',
      access: 'signed-in',
      params: byId,
      answers: { 200: { description: 'It took effect.', shape: answers.confirmed } },
      handle: async (call) => {
        const proposal = await readProposal(services, call.caller, call.params.id);
        return ok(await carryOut(services, call.change(proposal.id), proposal));
      },
    }),
    route({
      method: 'POST',
      path: '/proposals/:id/end',
      tag,
      summary: 'Withdraws what one proposed, or refuses what another person did',
      access: 'signed-in',
      params: byId,
      body: z.strictObject({ reason: reasonShape(500) }),
      answers: { 200: list },
      handle: async (call) => {
        await readProposal(services, call.caller, call.params.id);
        await endProposed(services, call.change(), call.params.id, call.body.reason);
        return ok(await listed(call.caller));
      },
      replay: async (_subject, call) => ok(await listed(call.caller)),
    }),
  ];
}

async function carryOut(
  services: HttpServices,
  ctx: Context,
  { id, matter, what, about, reason }: Proposal,
): Promise<ConfirmedWire> {
  const done = { matter, link: null, until: null, mailed: false };
  const said: Readonly<Record<string, unknown>> = isObject(what) ? what : {};
  switch (matter) {
    case 'authority': {
      const { grants, base } = proposedTable(what);
      await changeAuthority(services, ctx, grants, { confirming: { id, base } });
      return done;
    }
    case 'waiver':
      await giveWaiver(services, ctx, { reason: reason ?? '', until: String(said.lastDay) }, id);
      return done;
    case 'proof-rules': {
      const { before, next } = proposedProof(what);
      await editOrganisation(services, ctx, next, { confirming: { id, before } });
      return done;
    }
    case 'classification-rules':
      await confirmRuleSet(services, ctx, id, proposedRules(what));
      return done;
    case 'administrator':
    case 'administrator-end': {
      const { base, ...rights } = proposedMember(what);
      await editMember(services, ctx, about ?? '', rights, { confirming: { id, base } });
      return done;
    }
    case 'administrator-group': {
      const { group, base, ended, ...next } = proposedGroup(what);
      const asked = { confirming: { id, base } };
      if (ended) await endGroup(services, ctx, group, asked);
      else await editGroup(services, ctx, group, next, asked);
      return done;
    }
    case 'same-person-end':
      await partSamePerson(services, ctx, pairIn(what)?.pair ?? '', reason ?? '', id);
      return done;
    case 'factors-reset':
      await resetFactors(services, ctx, about ?? '', reason ?? '', { confirming: id });
      return done;
    case 'password-reset': {
      const made = await resetPassword(services, ctx, about ?? '', said.byHand === true, { confirming: id });
      if ('waits' in made) throw new Error('What was confirmed cannot wait');
      const { token, until, mailed } = made;
      const link = token === null ? null : services.config.publicUrl + secretLink('/password', token);
      return { matter, link, until: until?.toISOString() ?? null, mailed };
    }
  }
}
