import type { Actor } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { latestLastDay, stood } from '@throughline/domain/duty-waivers.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { administersInOwnRight, whoAdministers } from '@throughline/domain/permissions.ts';
import { ensurePresent } from '../../records/presence.ts';
import { type Hand, takeHand } from '../../records/second-hand.ts';
import {
  standsForWaivers,
  tableNames,
  type WaivingRight,
  waivingRight,
} from '../../records/waiving-right.ts';
import { type Named, whoAdministersHere } from '../../records/who-could.ts';
import type { Services } from '../../services.ts';
import { authorityRows } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import {
  addWaiver,
  dutyWaivers,
  endWaiver,
  type WaivedCount,
  type WrittenWaiver,
  waivedCounts,
} from '../../store/duty-waivers.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';

/** The same, where a no names the people too who could by themselves, as far as names may be told. */
export type NamedRight = WaivingRight & { readonly people?: readonly Named[] };

export type WaiversView = {
  /** Newest first. */
  readonly waivers: readonly (WrittenWaiver & { readonly inForce: boolean })[];
  readonly counts: readonly WaivedCount[];
  readonly names: ReadonlyMap<string, string>;
  readonly give: NamedRight;
  readonly end: NamedRight;
};

/** Every waiver of "another person approves", with what stands approved under each and who may give the next. */
export async function readWaivers(
  services: Services,
  who: Asker,
  kind: string | null = null,
): Promise<WaiversView> {
  return services.store.read(who, async (reader) => {
    const now = services.clock();
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(now, timeZone);
    const written = await dutyWaivers(reader);
    const people = written.flatMap((one) => [one.by, one.onBehalfOf, one.askedBy, one.endedBy]);
    const give = await rightToWaive(reader, who.actor, today, now);
    return {
      waivers: written
        .map((waiver) => ({ ...waiver, inForce: stood(waiver, now.toISOString(), today) }))
        .reverse(),
      // What was let through before waivers were kept like this is counted too.
      counts: await waivedCounts(reader, kind),
      names: await memberNames(
        reader,
        people.filter((one) => one !== null),
      ),
      give,
      end: rightToEnd(who.actor, give),
    };
  });
}

/**
 * Waives that another person approves, to a day; or proposes it, where another one could confirm it (see `takeHand`).
 * Throws `forbidden`, `conflict` while one stands, `unprocessable`.
 */
export async function giveWaiver(
  services: Services,
  ctx: Context,
  input: { readonly reason: string; readonly until: string },
  confirming: string | null = null,
): Promise<Hand> {
  return services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'duty-waivers');
    const { timeZone } = await organisationSettings(write);
    const today = dayIn(ctx.at, timeZone);
    const right = ensured(await rightToWaive(write, ctx.actor, today, ctx.at));
    const until = (message: string) => unprocessable([{ at: 'until', message }]);
    if (input.until < today) throw until('This day is past.');
    if (input.until > latestLastDay(today)) throw until('A waiver stands for a year at most.');
    const standing = (await dutyWaivers(write)).some((one) => stood(one, ctx.at.toISOString(), today));
    if (standing)
      throw new DomainError('conflict', 'A waiver stands already. End it before another one is given.');
    await ensurePresent(write);
    const { reason, until: lastDay } = input;
    const wish = {
      matter: 'waiver',
      what: { lastDay },
      about: null,
      reason,
      onBehalfOf: right.onBehalfOf,
    } as const;
    const hand = await takeHand(write, wish, confirming);
    if (hand.waits === null) {
      const { askedBy } = hand;
      const { onBehalfOf } = right;
      await addWaiver(write, { reason, by: memberOf(ctx.actor), onBehalfOf, askedBy, lastDay });
    }
    return hand;
  });
}

/** Ends a waiver before its day. What was approved under it stands, and says so. */
export async function endWaiverEarly(
  services: Services,
  ctx: Context,
  id: string,
  reason: string,
): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const { timeZone } = await organisationSettings(write);
    const today = dayIn(ctx.at, timeZone);
    const waiver = (await dutyWaivers(write)).find((one) => one.id === id);
    if (!waiver) throw notFound();
    ensured(rightToEnd(ctx.actor, await rightToWaive(write, ctx.actor, today, ctx.at)));
    if (!stood(waiver, ctx.at.toISOString(), today))
      throw new DomainError('conflict', 'This waiver has ended already.');
    await endWaiver(write, waiver, { by: memberOf(ctx.actor), reason });
  });
}

const memberOf = (actor: Actor): string => (actor.type === 'person' ? actor.member : '');

async function rightToWaive(reader: Reader, actor: Actor, today: string, now: Date): Promise<NamedRight> {
  const rows = await authorityRows(reader);
  const right = waivingRight(rows, actor, today);
  if (right.may || actor.type !== 'person' || !tableNames(rows, actor, today)) return right;
  const could = (one: Actor) => waivingRight(rows, one, today).may && standsForWaivers(rows, one, today);
  const people = await whoAdministersHere(reader, actor, { could }, now);
  if (people === undefined) return right;
  if (people.length > 0) return { ...right, people };
  // Whoever has a role that the table names is refused too: the way on is another table.
  return { ...right, reason: `${right.reason} ${nobodyByName}`, who: whoAdministers('settings') };
}

const nobodyByName =
  'It names nobody by name who could give one, and a role alone does not: propose a table that names somebody by name for waivers.';

/** Ending makes the rule stricter again: whoever keeps the settings may, beside whoever could give it. */
function rightToEnd(actor: Actor, give: NamedRight): NamedRight {
  return actor.type === 'person' && administersInOwnRight(actor, 'settings')
    ? { may: true, onBehalfOf: null }
    : give;
}

function ensured(right: NamedRight): Extract<WaivingRight, { may: true }> {
  if (right.may) return right;
  const { reason, who, people } = right;
  throw new DomainError('forbidden', reason, [], people ? { who, people } : { who });
}
