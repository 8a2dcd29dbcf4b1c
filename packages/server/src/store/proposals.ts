import { type ActorRef, actorRef } from '@throughline/domain/actor.ts';
import type { Json } from '@throughline/domain/json.ts';
import {
  groupIn,
  type ProposalEnd,
  type ProposalMatter,
  pairIn,
  proposalState,
  readEnd,
  readMatter,
  waitingSince,
} from '@throughline/domain/proposals.ts';
import { type Selectable, sql } from 'kysely';
import { proposalContent, reasonContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { ProposalTable } from './proposal-table.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Something that one administrator wants and another one confirms. */
export type Proposal = {
  readonly id: string;
  readonly matter: ProposalMatter;
  /** What takes effect: ids, levels and days. */
  readonly what: unknown;
  /** The member whose account it is about. */
  readonly about: string | null;
  /** Missing where none was asked for, and once the name of whom it is about was erased. */
  readonly reason: string | null;
  readonly by: ActorRef;
  readonly onBehalfOf: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly end: ProposalEnd | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
};

export type NewProposal = {
  readonly matter: ProposalMatter;
  readonly what: Json;
  readonly about: string | null;
  readonly reason: string | null;
  readonly onBehalfOf: string | null;
};

/** Keeps a proposal with its entry; `alone`: it takes effect as it is made. Answers its id. */
export async function addProposal(write: Write, given: NewProposal, alone: boolean): Promise<string> {
  const { matter, what, about, reason, onBehalfOf } = given;
  const { actor, at } = write.ctx;
  const id = newId(at.getTime());
  const salt = newSalt();
  const by = actorRef(actor);
  const ended = { ended_at: at, ended_by: by.id, ended_as: 'alone' };
  const open = { ended_at: null, ended_by: null, ended_as: null };
  await write.db
    .insertInto('proposal')
    .values({
      ...{ organisation: write.organisation, id, matter, what: JSON.stringify(what), about, reason, salt },
      ...{ by_type: by.type, by_id: by.id, on_behalf_of: onBehalfOf, at, end_reason: null, end_salt: null },
      ...(alone ? ended : open),
    })
    .execute();
  write.log({
    act: alone ? 'proposal.alone' : 'proposal.made',
    proposal: id,
    matter,
    ...(about === null ? {} : { member: about }),
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    digest: proposalContent(salt, { what, reason }),
  });
  return id;
}

/** Ends a proposal with its entry; false where it ended meanwhile. */
export async function endProposal(
  write: Write,
  { id, matter, about, by: first }: Proposal,
  { end, by, reason }: { readonly end: ProposalEnd; readonly by: string; readonly reason: string | null },
): Promise<boolean> {
  const salt = reason === null ? null : newSalt();
  const row = await write.db
    .updateTable('proposal')
    .set({ ended_at: write.ctx.at, ended_by: by, ended_as: end, end_reason: reason, end_salt: salt })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  write.log({
    act: `proposal.${end}`,
    proposal: id,
    matter,
    ...(about === null ? {} : { member: about }),
    ...(end === 'confirmed' && first.type === 'person' ? { askedBy: first.id } : {}),
    ...(salt && reason !== null ? { digest: reasonContent(salt, reason) } : {}),
  });
  return true;
}

/** Of whose proposals somebody is told: all, or those of some matters and those about a member. */
export type ToldOf = 'all' | { readonly matters: readonly ProposalMatter[]; readonly about: string | null };

/** Of what is over, beside what one hand did alone: the newest. */
const mostOver = 100;

/**
 * Proposals, newest first: what waits and what took effect by one hand alone, however many came after it, and the newest of
 * the rest.
 */
export async function listProposals(reader: Reader, told: ToldOf, now: Date): Promise<Proposal[]> {
  const staying = sql<boolean>`(ended_as = 'alone' or ended_at is null and at >= ${waitingSince(now)})`;
  const some = (stays: boolean) =>
    reader.db
      .selectFrom('proposal')
      .selectAll()
      .where('organisation', '=', reader.organisation)
      .where(sql<boolean>`coalesce(${staying}, false) = ${stays}`)
      .$if(told !== 'all', (query) => query.where(told === 'all' ? sql<boolean>`true` : toldOf(told)))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc');
  const stays = await some(true).execute();
  const rest = await some(false).limit(mostOver).execute();
  return [...stays, ...rest]
    .sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))
    .map(proposalOf);
}

const toldOf = ({ matters, about }: Exclude<ToldOf, 'all'>) =>
  sql<boolean>`(matter = any(${[...matters]}::text[]) or about = ${about}::uuid)`;

/** How many proposals wait, by who made them. */
export async function waitingBy(
  reader: Reader,
  now: Date,
): Promise<
  {
    readonly type: 'person' | 'token';
    readonly id: string;
    readonly onBehalfOf: string | null;
    readonly n: number;
  }[]
> {
  return reader.run({
    name: 'waiting-by',
    text: `select by_type as type, by_id as id, on_behalf_of as "onBehalfOf", count(*)::int as n from proposal
      where organisation = $1 and ended_at is null and at >= $2 group by 1, 2, 3`,
    values: [reader.organisation, waitingSince(now)],
  });
}

export async function findProposal(reader: Reader, id: string): Promise<Proposal | undefined> {
  const row = await reader.db
    .selectFrom('proposal')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && proposalOf(row);
}

/** One that waits for a second hand already, of the same matter and about the same member, group or pair. */
export async function waitingProposal(
  reader: Reader,
  { matter, about, what }: Pick<Proposal, 'matter' | 'about' | 'what'>,
  now: Date,
): Promise<Proposal | undefined> {
  const rows = await reader.db
    .selectFrom('proposal')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .where('matter', '=', matter)
    .where('ended_at', 'is', null)
    .execute();
  return rows
    .map(proposalOf)
    .find(
      (one) =>
        one.about === about &&
        groupIn(one.what) === groupIn(what) &&
        pairIn(one.what)?.pair === pairIn(what)?.pair &&
        proposalState(one, now) === 'waits',
    );
}

function proposalOf(row: Selectable<ProposalTable>): Proposal {
  const matter = readMatter(row.matter);
  if (!matter) throw new Error(`Proposals of "${row.matter}" are unknown to this release`);
  const type = row.by_type === 'token' ? 'token' : 'person';
  return {
    ...{ id: row.id, matter, what: row.what, about: row.about, reason: row.reason },
    by: { type, id: row.by_id },
    onBehalfOf: row.on_behalf_of,
    at: row.at.toISOString(),
    end: readEnd(row.ended_as) ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    endReason: row.end_reason,
  };
}
