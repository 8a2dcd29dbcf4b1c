import { isObject } from '@throughline/domain/json.ts';
import { roles } from '@throughline/domain/permissions.ts';
import { groupIn, pairIn } from '@throughline/domain/proposals.ts';
import type {
  ProposalWire,
  ProposedGrantWire,
  ProposedProofWire,
  ProposedRulesWire,
} from '@throughline/domain/wire-proposals.ts';
import { proposedTable } from '../../features/authority/authority.ts';
import { proposedRules } from '../../features/classification/rule-sets.ts';
import { proposedProof } from '../../features/organisation/proof-rules.ts';
import type { ProposalsView, ShownProposal } from '../../features/proposals/proposals.ts';
import type { AuthorityGrant } from '../../store/authority.ts';
import { namedMember } from './actor.ts';

/** `GET /proposals`; `dimensions` are what authority is given over, by id. */
export const proposalsWire = (view: ProposalsView, dimensions: ReadonlyMap<string, string>): ProposalWire[] =>
  view.proposals.map((proposal) => proposalWire(proposal, view, dimensions));

function proposalWire(
  proposal: ShownProposal,
  { names, standing, groups }: ProposalsView,
  dimensions: ReadonlyMap<string, string>,
): ProposalWire {
  const { id, matter, state, by, at, reason, about, what } = proposal;
  const group = groupIn(what);
  const waits = matter === 'authority' && state === 'waits' ? proposedTable(what).grants : undefined;
  const line = (grant: AuthorityGrant) => ({
    ...grantWire(grant, names),
    dimension: dimensions.get(grant.dimension) ?? grant.dimension,
  });
  return {
    ...{ id, matter, state, at, reason },
    by: by.type === 'person' ? namedMember(by.id, names) : null,
    about: about === null ? null : namedMember(about, names),
    group: group === undefined ? null : { id: group, name: groups.get(group) ?? '' },
    pair: (pairIn(what)?.members ?? []).map((member) => namedMember(member, names)),
    rights: proposal.rights,
    proof: matter === 'proof-rules' ? proofWire(what) : null,
    rules: matter === 'classification-rules' ? rulesWire(what) : null,
    lastDay: isObject(what) && typeof what.lastDay === 'string' ? what.lastDay : null,
    added: waits ? without(waits, standing).map(line) : [],
    removed: waits ? without(standing, waits).map(line) : [],
    confirmers: proposal.confirmers.map(({ id: member, name }) => ({ member, name })),
    ...(proposal.endedAt !== null && proposal.endedBy !== null
      ? {
          ended: {
            at: proposal.endedAt,
            by: namedMember(proposal.endedBy, names),
            reason: proposal.endReason,
          },
        }
      : {}),
    abilities: {
      confirm: proposal.notSecond ? { allowed: false, ...proposal.notSecond } : { allowed: true },
      end: proposal.mayEnd,
    },
  };
}

function proofWire(what: unknown): ProposedProofWire {
  const { before, next } = proposedProof(what);
  return {
    ...(next.stepUp ? { stepUp: { from: before.stepUp, to: next.stepUp } } : {}),
    ...(next.secondFactor ? { secondFactor: { from: before.secondFactor, to: next.secondFactor } } : {}),
  };
}

function rulesWire(what: unknown): ProposedRulesWire {
  const { version, file, base, compared } = proposedRules(what);
  const { looked, changed, cases } = compared;
  return { version, inForce: base.version, file, looked, changed, cases, comparison: compared.file };
}

const keyOf = ({ dimension, level, member, role, delegate, until }: AuthorityGrant): string =>
  JSON.stringify([dimension, level, member, role, delegate, until]);

function without(grants: readonly AuthorityGrant[], others: readonly AuthorityGrant[]): AuthorityGrant[] {
  const known = new Set(others.map(keyOf));
  return grants.filter((grant) => !known.has(keyOf(grant)));
}

function grantWire(grant: AuthorityGrant, names: ReadonlyMap<string, string>): ProposedGrantWire {
  const { level, dimension, member, role, delegate, until } = grant;
  const held = roles.find((one) => one === role);
  return {
    ...{ level, dimension, until },
    holder: held && member === null ? { role: held } : namedMember(member ?? '', names),
    delegate: delegate === null ? null : namedMember(delegate, names),
  };
}
