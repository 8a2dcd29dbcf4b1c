import { decidedBy, dimensionsAsked, kindsDecided } from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { waiverDemand } from '@throughline/domain/duty-waivers.ts';
import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { may } from '@throughline/domain/permissions.ts';
import { z } from 'zod';
import { goesOn, type Hand, takeHand } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import { type AuthorityGrant, authorityOn, authorityRows, setAuthority } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import { digestOf } from '../../store/digest.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { peopleAmong } from '../../store/people-among.ts';
import { membersActing } from '../../store/powers.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';

export type AuthorityTable = {
  readonly grants: readonly AuthorityGrant[];
  readonly names: ReadonlyMap<string, string>;
  /** By what each dimension is decided on that day. */
  readonly decided: (dimension: string) => ReturnType<typeof decidedBy>;
};

/** Everything that authority can be given over. */
export const dimensionsOf = ({ catalogue }: Services): readonly { id: string; name: string }[] =>
  dimensionsAsked(catalogue);

/**
 * The table of authority in force on a day (YYYY-MM-DD), today unless named, with the names of the people in it. Of
 * today's, a line over what nothing asks says nothing, so it is left out, and ends as the table is next put in force.
 */
export async function readAuthority(services: Services, who: Asker, on?: string): Promise<AuthorityTable> {
  return services.store.read(who, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const day = on ?? dayIn(services.clock(), timeZone);
    const asked = new Set(dimensionsOf(services).map(({ id }) => id));
    const all = await authorityOn(reader, day);
    const grants = on === undefined ? all.filter(({ dimension }) => asked.has(dimension)) : all;
    // A line of later says nothing about a day before it.
    const rows = (await authorityRows(reader)).filter(({ validFrom }) => validFrom <= day);
    return {
      grants,
      names: await namesIn(reader, grants),
      decided: (dimension) => decidedBy(rows, dimension, day),
    };
  });
}

/** How a table is asked for: why, or as which proposal it is confirmed. */
export type AuthorityAsked = {
  readonly reason?: string | undefined;
  /** The proposal, and the digest of the table that it was made on. */
  readonly confirming?: { readonly id: string; readonly base: string } | undefined;
};

/**
 * Puts a whole table in force from today; or proposes it, where another person could confirm it (see `takeHand`). What
 * stands already is proposed by nobody. Throws `unprocessable` with one item per grant that cannot be, `changed` where
 * the table is no longer the one that a proposal was made on.
 */
export async function changeAuthority(
  services: Services,
  ctx: Context,
  grants: readonly AuthorityGrant[],
  { reason, confirming }: AuthorityAsked = {},
): Promise<Hand> {
  const { levels } = services.catalogue.model.authority;
  const dimensions = dimensionsOf(services);
  return services.store.change(ctx, async (write) => {
    const names = await peopleIn(write, grants);
    const idle = await idleDelegates(write, grants);
    const { timeZone } = await organisationSettings(write);
    const today = dayIn(ctx.at, timeZone);
    const problems: ErrorItem[] = [];
    const seen = new Set<string>();
    for (const [position, grant] of grants.entries()) {
      const say = (part: string, message: string) =>
        problems.push({ at: `grants.${position}.${part}`, message });
      const cell = `${grant.dimension} ${grant.level}`;
      if (!levels.some((level) => level === grant.level)) say('level', `One of: ${levels.join(', ')}.`);
      if (!dimensions.some((dimension) => dimension.id === grant.dimension))
        say('dimension', `One of: ${dimensions.map((dimension) => dimension.id).join(', ')}.`);
      if (grant.member !== null && !names.has(grant.member)) say('holder', 'There is no such member.');
      if (grant.delegate !== null && !names.has(grant.delegate)) say('delegate', 'There is no such member.');
      if (idle.has(grant))
        say('delegate', 'With their roles this person approves nothing of this. Name another.');
      if (grant.until !== null && grant.until < today) say('until', 'This day is past.');
      if (seen.has(cell)) say('level', 'This level of this dimension is given twice.');
      seen.add(cell);
    }
    if (problems.length > 0) throw unprocessable(problems);
    const standing = await authorityOn(write, today);
    const base = digestOf(standing).toString('hex');
    if (confirming && confirming.base !== base)
      throw new DomainError('changed', 'The table changed since this was proposed. Propose it anew.');
    if (!confirming && sameTable(standing, grants)) return goesOn;
    const what = { grants: grants.map((grant) => ({ ...grant })), base };
    const wish = {
      matter: 'authority',
      what,
      about: null,
      reason: reason ?? null,
      onBehalfOf: null,
    } as const;
    const hand = await takeHand(write, wish, confirming?.id ?? null);
    if (hand.waits === null) await setAuthority(write, grants, today);
    return hand;
  });
}

/** The grants of a proposal as it was kept, with the table that it was made on. */
export function proposedTable(what: unknown): { grants: AuthorityGrant[]; base: string } {
  return proposed.parse(what);
}

const text = z.string().nullable();
const proposed = z.object({
  grants: z.array(
    z.object({
      dimension: z.string(),
      level: z.string(),
      member: text,
      role: text,
      delegate: text,
      until: text,
    }),
  ),
  base: z.string(),
});

function sameTable(one: readonly AuthorityGrant[], other: readonly AuthorityGrant[]): boolean {
  const lines = (grants: readonly AuthorityGrant[]) =>
    grants
      .map((grant) => authorityParts.map((part) => grant[part]).join('|'))
      .sort()
      .join();
  return lines(one) === lines(other);
}

const authorityParts = ['dimension', 'level', 'member', 'role', 'delegate', 'until'] as const;

/** Nothing is decided by a service account, so it holds nothing of the table. */
async function peopleIn(write: Write, grants: readonly AuthorityGrant[]): Promise<ReadonlySet<string>> {
  const ids = grants.flatMap((grant) => [grant.member, grant.delegate]).filter((one) => one !== null);
  return ids.length === 0 ? new Set() : peopleAmong(write, ids);
}

/** Lines whose delegate could decide nothing by them: no role of theirs lets them approve what the line is about. */
async function idleDelegates(
  write: Write,
  grants: readonly AuthorityGrant[],
): Promise<ReadonlySet<AuthorityGrant>> {
  if (grants.every(({ delegate }) => delegate === null)) return new Set();
  const people = await membersActing(write, write.ctx.at, {});
  const actors = new Map(people.map(({ id, actor }) => [id, actor]));
  const { kinds } = write.registry;
  return new Set(
    grants.filter(({ dimension, delegate }) => {
      const actor = actors.get(delegate ?? '');
      const decided = dimension === waiverDemand.dimension ? [] : kindsDecided(dimension, kinds);
      return actor && decided.length > 0 && !decided.some((kind) => may(actor, kind, 'approve'));
    }),
  );
}

async function namesIn(
  reader: Reader,
  grants: readonly AuthorityGrant[],
): Promise<ReadonlyMap<string, string>> {
  const people = grants.flatMap((grant) => [grant.member, grant.delegate]).filter((one) => one !== null);
  return memberNames(reader, people);
}
