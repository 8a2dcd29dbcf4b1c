import type { Actor } from '@throughline/domain/actor.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import { barOf, type Deed, type Persons } from '@throughline/domain/duties.ts';
import { can, whoCan } from '@throughline/domain/permissions.ts';
import { authorsSince } from '../store/history.ts';
import { persons } from '../store/identities.ts';
import { acceptedMembers } from '../store/members.ts';
import { membersActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { type Named, namesAtMost } from './who-could.ts';

/** Why whoever asks does not erase a record, and who could. */
export type OwnErasing = { readonly reason: string; readonly people: readonly Named[] };

/**
 * What somebody wrote is erased by another person (5.3): by whatever account, program or deputy it was written. Nothing for
 * whoever wrote none of it, and where nobody else here could erase it: what the law wants erased goes all the same.
 */
export async function ownErasing(
  reader: Reader,
  actor: Actor,
  record: StoredRecord,
  now: Date,
): Promise<OwnErasing | undefined> {
  const authors = await authorsSince(reader, record.id, 0);
  if (authors.length === 0 || (actor.type !== 'person' && actor.type !== 'token')) return undefined;
  const who = await persons(reader);
  const bar = barOf('author', authors, who);
  const wrote = (one: Actor): boolean => handsOf(one, who).some((person) => bar.persons.has(person));
  if (!wrote(actor)) return undefined;
  const facts = await factsOf(reader, record);
  const accepted = await acceptedMembers(reader);
  const others = (await membersActing(reader, now, { roles: whoCan(facts.kind, 'erase') })).filter(
    (one) =>
      accepted.has(one.id) && !isDemoMember(one.id) && can(one.actor, 'erase', facts) && !wrote(one.actor),
  );
  return others.length === 0
    ? undefined
    : {
        reason: 'You wrote this, so another person erases it.',
        people: others.slice(0, namesAtMost).map(({ id, name }) => ({ id, name })),
      };
}

/** Everybody who acts where this one does: themselves, whom they stand in for, and who is behind a token. */
export function handsOf(actor: Actor, who: Persons): string[] {
  const deeds: Deed[] =
    actor.type === 'person'
      ? [actor.member, ...(actor.standsFor ?? []).map(({ member }) => member)].map((id) => ({
          type: 'person',
          id,
        }))
      : actor.type === 'token'
        ? [{ type: 'token', id: actor.token }]
        : [];
  return deeds.flatMap((deed) => who.of(deed));
}
