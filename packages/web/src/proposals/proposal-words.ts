import type {
  ProposalWire,
  ProposedProofWire,
  ProposedRightsWire,
  ProposedRulesWire,
} from '@throughline/domain/wire-proposals.ts';
import { roleName } from '../kinds/roles.ts';
import { formatDay } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { p } from './proposal-text.ts';

/** What a proposal would do, in a sentence. */
export const proposalTitle = ({
  matter,
  about,
  group,
  lastDay,
  pair,
  rules,
}: Pick<ProposalWire, 'matter' | 'about' | 'group' | 'lastDay' | 'pair' | 'rules'>): string =>
  p(`proposal.${matter}`, {
    name: about?.name ?? '',
    names: pair.map(({ name }) => name).join(` ${p('proposal.and')} `),
    group: group?.name || p('proposal.group-unknown'),
    day: lastDay === null ? '' : formatDay(lastDay),
    version: rules?.version ?? '',
  });

const roleWords = (roles: readonly string[]): string => roles.map(roleName).join(', ');
const namesOf = (people: readonly { readonly name: string }[]): string =>
  people.map(({ name }) => name).join(', ');

/** What a proposal changes about who administers, a line each. */
export function rightsLines(rights: ProposedRightsWire | null): string[] {
  if (rights === null) return [];
  const { gains, loses, joins, leaves, access, until, answers, ended } = rights;
  // A group that ends says by that what its roles and members lose.
  if (ended) return [p('proposal.group-ends')];
  return [
    ...(gains.length === 0 ? [] : [p('proposal.gains', { roles: roleWords(gains) })]),
    ...(loses.length === 0 ? [] : [p('proposal.loses', { roles: roleWords(loses) })]),
    ...(access === null ? [] : [p(`proposal.access-${access}`)]),
    ...(until === undefined
      ? []
      : [until === null ? p('proposal.day-none') : p('proposal.day', { day: formatDay(until) })]),
    ...(answers === undefined ? [] : [p('proposal.answers', { name: answers.name })]),
    ...(joins.length === 0 ? [] : [p('proposal.joins', { names: namesOf(joins) })]),
    ...(leaves.length === 0 ? [] : [p('proposal.leaves', { names: namesOf(leaves) })]),
  ];
}

/** What less would be demanded of people to show who they are, beside what stood as it was asked for. */
export function proofLines(proof: ProposedProofWire | null): string[] {
  if (proof === null) return [];
  const { stepUp, secondFactor } = proof;
  const lines: string[] = [];
  if (stepUp && stepUp.from.minutes !== stepUp.to.minutes)
    lines.push(p('proposal.proof-minutes', { from: stepUp.from.minutes, to: stepUp.to.minutes }));
  if (stepUp && stepUp.from.everyone !== stepUp.to.everyone)
    lines.push(p(stepUp.to.everyone ? 'proposal.proof-everyone' : 'proposal.proof-some'));
  if (secondFactor) {
    const { from, to } = secondFactor;
    const words = (of: typeof to.of): string => t(`settings.factor.${of}`);
    if (from.of !== to.of) lines.push(p('proposal.proof-of', { from: words(from.of), to: words(to.of) }));
    if (to.of !== 'nobody' && from.days !== to.days)
      lines.push(p('proposal.proof-days', { from: from.days, to: to.days }));
  }
  return lines;
}

const mostCases = 12;

/** What other rules of classification change, as it was counted when they were proposed. */
export function rulesLines(rules: ProposedRulesWire | null): string[] {
  if (rules === null) return [];
  const { version, inForce, file, looked, changed, cases } = rules;
  const ids = cases.slice(0, mostCases).join(', ');
  const more = cases.length - mostCases;
  return [
    ...(version === inForce ? [] : [p('proposal.rules-instead', { inForce })]),
    p(file === null ? 'proposal.rules-follow' : 'proposal.rules-stays'),
    changed === 0
      ? p('proposal.rules-none', { n: looked })
      : p('proposal.rules-some', { n: changed, of: looked }),
    ...(cases.length === 0
      ? []
      : [more > 0 ? p('proposal.rules-cases-more', { ids, n: more }) : p('proposal.rules-cases', { ids })]),
  ];
}

/** Who could be the second hand. */
export const confirmerWords = (confirmers: ProposalWire['confirmers']): string => {
  const names = namesOf(confirmers);
  if (names === '') return p('proposal.nobody');
  return p(confirmers.length === 1 ? 'proposal.confirmer' : 'proposal.confirmers', { names });
};
