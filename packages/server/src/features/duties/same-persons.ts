import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { joinMembers, partMembers, persons, type SamePerson, samePersons } from '../../store/identities.ts';
import { findMember } from '../../store/members.ts';
import type { Reader } from '../../store/reader.ts';
import { memberNames } from '../../store/records.ts';

export type NamedPair = Pick<SamePerson, 'id' | 'at'> & {
  readonly members: readonly { readonly member: string; readonly name: string }[];
};

/** Members that are declared to be one person. */
export async function readSamePersons(services: Services, organisation: string): Promise<NamedPair[]> {
  return services.store.readWhole(organisation, async (reader) => named(reader, await samePersons(reader)));
}

/** Declares two members to be one person: duties hold for both at once. Throws `conflict` where that is known. */
export async function declareSamePerson(
  services: Services,
  ctx: Context,
  [member, other]: readonly [string, string],
): Promise<void> {
  if (member === other)
    throw unprocessable([{ at: 'members.1', message: 'Name two members; this is one twice.' }]);
  await services.store.change(ctx, async (write) => {
    for (const [at, id] of [member, other].entries())
      if (!(await findMember(write, id)))
        throw unprocessable([{ at: `members.${at}`, message: 'There is no such member.' }]);
    const who = await persons(write);
    if (who.person(member) === who.person(other))
      throw new DomainError('conflict', 'These two are known to be one person already.');
    await joinMembers(write, member, other);
  });
}

/** Takes back what was declared by mistake. Never by one of the two: their duties hang on it. */
export async function partSamePerson(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const pair = (await samePersons(write)).find((one) => one.id === id);
    if (!pair) throw notFound();
    const { actor } = ctx;
    const who = await persons(write);
    const acting = who.of(
      actor.type === 'token'
        ? { type: 'token', id: actor.token }
        : { type: 'person', id: actor.type === 'person' ? actor.member : '' },
    );
    if (acting.includes(who.person(pair.member)))
      throw new DomainError('forbidden', 'This is about you, so another administrator takes it back.', [], {
        who: ['admin'],
      });
    await partMembers(write, pair);
  });
}

async function named(reader: Reader, pairs: readonly SamePerson[]): Promise<NamedPair[]> {
  const names = await memberNames(
    reader,
    pairs.flatMap((pair) => [pair.member, pair.other]),
  );
  return pairs.map(({ id, at, member, other }) => ({
    id,
    at,
    members: [member, other].map((one) => ({ member: one, name: names.get(one) ?? '' })),
  }));
}
