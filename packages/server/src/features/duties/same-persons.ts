import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { goesOn, type Hand, takeHand } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { joinMembers, partMembers, persons, type SamePerson, samePersons } from '../../store/identities.ts';
import { findMember } from '../../store/members.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';

export type NamedPair = Pick<SamePerson, 'id' | 'at'> & {
  readonly members: readonly { readonly member: string; readonly name: string }[];
  /** It is about whoever asks, under whatever account. */
  readonly own: boolean;
};

/** Members that are declared to be one person. */
export async function readSamePersons(
  services: Services,
  { organisation, actor }: Asker,
): Promise<NamedPair[]> {
  return services.store.readWhole(organisation, async (reader) =>
    named(reader, await samePersons(reader), actor),
  );
}

/**
 * Declares two members to be one person: duties hold for both at once. It binds and frees nobody, so one hand does it;
 * but never one of the two, which could take a second hand away from what they propose themselves. Throws `conflict`
 * where it is known.
 */
export async function declareSamePerson(
  services: Services,
  ctx: Context,
  [member, other]: readonly [string, string],
): Promise<void> {
  if (member === other)
    throw unprocessable([{ at: 'members.1', message: 'Name two members; this is one twice.' }]);
  await services.store.change(ctx, async (write) => {
    // Who could be a second hand is decided by who is one person.
    await oneAtATime(write, 'proposals');
    for (const [at, id] of [member, other].entries())
      if (!(await findMember(write, id)))
        throw unprocessable([{ at: `members.${at}`, message: 'There is no such member.' }]);
    const who = await persons(write);
    if (who.person(member) === who.person(other))
      throw new DomainError('conflict', 'These two are known to be one person already.');
    await refuseOneOf(write, [member, other], 'This is about you, so another administrator declares it.');
    await joinMembers(write, member, other);
  });
}

/**
 * Takes back what was declared by mistake. Never by one of the two: their duties hang on it. It loosens what must not lie
 * in one hand, so it takes two (see `takeHand`), and says why. `confirming` is the proposal that is confirmed by it.
 */
export async function partSamePerson(
  services: Services,
  ctx: Context,
  id: string,
  reason: string,
  confirming: string | null = null,
): Promise<Hand> {
  return services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'proposals');
    const pair = (await samePersons(write)).find((one) => one.id === id);
    if (!pair) throw confirming === null ? notFound() : new DomainError('changed', over);
    await refuseOneOf(write, [pair.member, pair.other], aboutYou);
    const members = [pair.member, pair.other].map((member) => ({ member }));
    const what = { pair: id, members };
    const wish = { matter: 'same-person-end', what, about: null, reason, onBehalfOf: null } as const;
    const hand = await takeHand(write, wish, confirming);
    write.made(id);
    if (hand.waits !== null) return hand;
    await partMembers(write, pair);
    return goesOn;
  });
}

const over = 'These two are known to be two persons already.';
/** Said to one of a pair before they try, too. */
export const aboutYou = 'This is about you, so other administrators take it back.';

async function refuseOneOf(write: Write, members: readonly string[], message: string): Promise<void> {
  const who = await persons(write);
  const acting = who.of(actorRef(write.ctx.actor));
  if (members.some((member) => acting.includes(who.person(member))))
    throw new DomainError('forbidden', message, [], { who: ['admin'] });
}

async function named(reader: Reader, pairs: readonly SamePerson[], actor: Actor): Promise<NamedPair[]> {
  const names = await memberNames(
    reader,
    pairs.flatMap((pair) => [pair.member, pair.other]),
  );
  const who = await persons(reader);
  const acting = who.of(actorRef(actor));
  return pairs.map(({ id, at, member, other }) => ({
    ...{ id, at, own: acting.includes(who.person(member)) },
    members: [member, other].map((one) => ({ member: one, name: names.get(one) ?? '' })),
  }));
}
