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

/**
 * Pairs of members that are one person: those declared, and each service account with whoever answers for it, so that
 * naming the account names the person.
 */
export const personPairs = `select member, other from same_person where organisation = $1 and ended_at is null
  union all select id, owner from member where organisation = $1 and owner is not null`;

async function pairs(reader: Reader): Promise<(readonly [string, string])[]> {
  const rows = await reader.run<{ member: string; other: string }>({
    name: 'person-pairs',
    text: personPairs,
    values: [reader.organisation],
  });
  return rows.map(({ member, other }) => [member, other] as const);
}

/**
 * Who is one person: declared pairs, service accounts, and who made each token, gave it another secret or answers for it.
 * Whoever answered for an account or held a secret at any time counts with what its tokens wrote: handing it on takes
 * nothing of that back. They are told by the entries of the log, which name the owner of each account and by whose hand a
 * secret was made.
 */
export async function persons(reader: Reader): Promise<Persons> {
  const same = await pairs(reader);
  const tokens = await reader.run<{ id: string; behind: string[] }>({
    name: 'token-makers',
    text: `select t.id, array_remove(array[t.created_by, m.owner::text] || t.behind::text[] || a.owners || r.hands, null) as behind from token t
      left join member m on m.organisation = t.organisation and m.id = t.service
      left join (select s.body ->> 'member' as account, array_agg(distinct s.body ->> 'owner') as owners from (
          select convert_from(e.body, 'UTF8')::jsonb as body from entry e where e.organisation = $1
            and e.act in ('member.joined', 'member.changed') and e.body like '%"type":"service"%'::bytea) s
        group by 1) a on a.account = t.service::text
      left join (select convert_from(e.body, 'UTF8')::jsonb ->> 'token' as token, array_agg(distinct e.actor_id) as hands
          from entry e where e.organisation = $1 and e.act = 'token.rotated' and e.actor_type in ('person', 'token')
        group by 1) r on r.token = t.id::text
      where t.organisation = $1`,
    values: [reader.organisation],
  });
  return personsOf({ same, behind: new Map(tokens.map(({ id, behind }) => [id, behind])) });
}

/** Every id by which the person of a member acts: members that they are, and tokens that they made. */
export async function identitiesOf(reader: Reader, member: string): Promise<string[]> {
  const who = await persons(reader);
  const paired = (await pairs(reader)).flat();
  const tokens = await reader.run<{ id: string }>({
    name: 'token-ids',
    text: 'select id from token where organisation = $1',
    values: [reader.organisation],
  });
  const person = who.person(member);
  const known = [member, ...paired, ...tokens.map(({ id }) => id)];
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
