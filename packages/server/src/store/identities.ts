import { type Persons, personsOf } from '@throughline/domain/duties.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Two members that are declared to be one person. */
export type SamePerson = {
  readonly id: string;
  readonly member: string;
  readonly other: string;
  readonly at: Date;
};

/** Pairs that stand, oldest first. */
export async function samePersons(reader: Reader): Promise<SamePerson[]> {
  return reader.run<SamePerson>({
    name: 'same-persons',
    text: `select id, member, other, at from same_person
      where organisation = $1 and ended_at is null order by at, id`,
    values: [reader.organisation],
  });
}

/** Who is one person: declared pairs, and who made each token or answers for it. */
export async function persons(reader: Reader): Promise<Persons> {
  const same = (await samePersons(reader)).map(({ member, other }) => [member, other] as const);
  const tokens = await reader.run<{ id: string; behind: string[] }>({
    name: 'token-makers',
    text: `select t.id, array_remove(array[t.created_by, m.owner::text] || t.behind::text[], null) as behind from token t
      left join member m on m.organisation = t.organisation and m.id = t.service where t.organisation = $1`,
    values: [reader.organisation],
  });
  return personsOf({ same, behind: new Map(tokens.map(({ id, behind }) => [id, behind])) });
}

/** Every id by which the person of a member acts: members that they are, and tokens that they made. */
export async function identitiesOf(reader: Reader, member: string): Promise<string[]> {
  const who = await persons(reader);
  const pairs = (await samePersons(reader)).flatMap((pair) => [pair.member, pair.other]);
  const tokens = await reader.run<{ id: string }>({
    name: 'token-ids',
    text: 'select id from token where organisation = $1',
    values: [reader.organisation],
  });
  const person = who.person(member);
  const known = [member, ...pairs, ...tokens.map(({ id }) => id)];
  return [...new Set(known.filter((id) => who.of({ type: 'token', id }).includes(person)))];
}

/** Declares two members to be one person, with its entry. */
export async function joinMembers(write: Write, member: string, other: string): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  await write.db
    .insertInto('same_person')
    .values({ organisation: write.organisation, id, member, other, at: write.ctx.at, ended_at: null })
    .execute();
  write.log({ act: 'identity.joined', identity: id, members: [member, other] });
  return id;
}

/** Ends what was declared by mistake, with its entry; the row stays. */
export async function partMembers(write: Write, pair: SamePerson): Promise<void> {
  await write.db
    .updateTable('same_person')
    .set({ ended_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', pair.id)
    .execute();
  write.log({ act: 'identity.parted', identity: pair.id, members: [pair.member, pair.other] });
}
