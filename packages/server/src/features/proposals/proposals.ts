import type { Actor } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { canAdminister } from '@throughline/domain/permissions.ts';
import { groupIn, type ProposalMatter, proposalState } from '@throughline/domain/proposals.ts';
import {
  confirmers,
  handsByMatter,
  mayTake,
  type NotSecond,
  notSecond,
  openProposal,
  rolesThatMay,
} from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import { type AuthorityGrant, authorityOn, authorityRows } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import { groupNames } from '../../store/groups.ts';
import { persons } from '../../store/identities.ts';
import { organisationSettings } from '../../store/organisations.ts';
import {
  endProposal,
  findProposal,
  listProposals,
  type Proposal,
  type ToldOf,
} from '../../store/proposals.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import { type ProposedRights, rightsProposed } from './rights.ts';

export type ShownProposal = Proposal & {
  readonly state: ReturnType<typeof proposalState>;
  /** Who could be the second hand; nobody once it is over. */
  readonly confirmers: readonly { readonly id: string; readonly name: string }[];
  /** Why whoever reads does not confirm it; nothing where they may. */
  readonly notSecond: NotSecond | undefined;
  readonly mayEnd: boolean;
  /** What it changes about who administers, while it waits. */
  readonly rights: ProposedRights | null;
};
export type ProposalsView = {
  /** Newest first. */
  readonly proposals: readonly ShownProposal[];
  readonly names: ReadonlyMap<string, string>;
  /** The table of authority in force, which a proposed one is held against. */
  readonly standing: readonly AuthorityGrant[];
  /** Names of the groups that proposals are about, by id. */
  readonly groups: ReadonlyMap<string, string>;
};

const isOver: NotSecond = { reason: 'This is over.', who: [], people: [] };

/**
 * What waits for a second hand, and what took effect by one alone or ended. About the table of authority, waivers,
 * settings and who is one person everybody is told; about somebody's account who administers people, and whom it is about.
 */
export async function readProposals(services: Services, who: Asker): Promise<ProposalsView> {
  return services.store.read(who, async (reader) => {
    const now = services.clock();
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(now, timeZone);
    const rows = await authorityRows(reader);
    const hands = handsByMatter(reader, now);
    const shown: ShownProposal[] = [];
    for (const proposal of await listProposals(reader, toldOf(who.actor), now)) {
      const state = proposalState(proposal, now);
      const others = state === 'waits' ? await confirmers(reader, proposal, hands) : [];
      shown.push({
        ...proposal,
        state,
        confirmers: others,
        notSecond: state === 'waits' ? await notSecond(proposal, who.actor, others, hands) : isOver,
        rights: state === 'waits' ? await rightsProposed(reader, proposal) : null,
        mayEnd: state === 'waits' && (await mayEnd(reader, who.actor, proposal, rows, today)),
      });
    }
    const people = shown.flatMap(({ by, onBehalfOf, about, endedBy, what }) => [
      ...(by.type === 'person' ? [by.id] : []),
      ...[onBehalfOf, about, endedBy].filter((one) => one !== null),
      ...membersNamed(what),
    ]);
    const standing = await authorityOn(reader, today);
    const held = standing.flatMap(({ member, delegate }) => [member, delegate]);
    const names = await memberNames(reader, [...people, ...held.filter((one) => one !== null)]);
    const groups = shown.map(({ what }) => groupIn(what)).filter((id) => id !== undefined);
    return { proposals: shown, names, standing, groups: await groupNames(reader, groups) };
  });
}

/** Ids of members in a proposed table. */
function membersNamed(what: unknown): string[] {
  const text = JSON.stringify(what ?? null);
  return [...text.matchAll(/"(?:member|delegate)":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id);
}

/** What everybody works under: who decides, what is waived, how proofs are asked for, who is one person, and which law is asked. */
const toldToAll: readonly ProposalMatter[] = [
  'authority',
  'waiver',
  'proof-rules',
  'same-person-end',
  'classification-rules',
];

const toldOf = (actor: Actor): ToldOf =>
  canAdminister(actor, 'members')
    ? 'all'
    : { matters: toldToAll, about: actor.type === 'person' ? actor.member : null };

function mayRead(actor: Actor, { matter, about }: Proposal): boolean {
  const told = toldOf(actor);
  return told === 'all' || told.matters.includes(matter) || (about !== null && about === told.about);
}

/** Whoever proposed it withdraws it; whoever has the right refuses it. */
async function mayEnd(
  reader: Reader,
  actor: Actor,
  proposal: Proposal,
  rows: Parameters<typeof mayTake>[2],
  today: string,
): Promise<boolean> {
  if (actor.type !== 'person') return false;
  if (mayTake(proposal.matter, actor, rows, today)) return true;
  return (await isOwn(reader, actor.member, proposal)) || actor.member === proposal.about;
}

async function isOwn(reader: Reader, member: string, proposal: Proposal): Promise<boolean> {
  const who = await persons(reader);
  return who.of({ ...proposal.by, onBehalfOf: proposal.onBehalfOf }).includes(who.person(member));
}

/** What a proposal is about; throws `not-found` for whom it is not shown to, as where there is none. */
export async function readProposal(services: Services, who: Asker, id: string): Promise<Proposal> {
  return services.store.read(who, async (reader) => {
    const found = await findProposal(reader, id);
    if (!found || !mayRead(who.actor, found)) throw notFound();
    return openProposal(reader, id, services.clock());
  });
}

/** Takes a proposal away, with a reason: withdrawn by whoever made it, refused by anybody else who may. */
export async function endProposed(
  services: Services,
  ctx: Context,
  id: string,
  reason: string,
): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const proposal = await openProposal(write, id, ctx.at);
    const { timeZone } = await organisationSettings(write);
    const [rows, today] = [await authorityRows(write), dayIn(ctx.at, timeZone)];
    if (ctx.actor.type !== 'person' || !(await mayEnd(write, ctx.actor, proposal, rows, today)))
      throw new DomainError('forbidden', 'Whoever proposed this, or could confirm it, ends it.', [], {
        who: rolesThatMay(proposal.matter),
      });
    const { member: by } = ctx.actor;
    const end = (await isOwn(write, by, proposal)) ? 'withdrawn' : 'refused';
    if (!(await endProposal(write, proposal, { end, by, reason })))
      throw new DomainError('conflict', 'This ended meanwhile.');
  });
}
