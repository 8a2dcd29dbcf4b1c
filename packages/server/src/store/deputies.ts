import { deputyContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Who stands in for whom, on which days (YYYY-MM-DD, both included). It ends by itself, or before that by a person. */
export type StoredDeputy = {
  readonly id: string;
  /** Who is away. */
  readonly absent: { readonly id: string; readonly name: string };
  /** Who stands in. */
  readonly member: { readonly id: string; readonly name: string };
  readonly first: string;
  readonly last: string;
  /** What the absence is; `null` where a name was erased. */
  readonly why: string | null;
};

/** Those that nobody ended before their time and whose last day is not before the day given, the earliest first. */
export async function listDeputies(
  reader: Reader,
  day: string,
  of: { readonly id?: string; readonly member?: string } = {},
): Promise<StoredDeputy[]> {
  return reader.run<StoredDeputy>({
    name: 'deputies',
    text: `select d.id, d.first_day::text as first, d.last_day::text as last, d.why,
        json_build_object('id', a.id, 'name', a.name) as absent, json_build_object('id', m.id, 'name', m.name) as member
      from deputy d join member a on a.organisation = d.organisation and a.id = d.absent
      join member m on m.organisation = d.organisation and m.id = d.member
      where d.organisation = $1 and d.ended_at is null and d.last_day >= $2::date and ($3::uuid is null or d.id = $3)
        and ($4::uuid is null or $4 in (d.absent, d.member)) order by d.first_day, d.id`,
    values: [reader.organisation, day, of.id ?? null, of.member ?? null],
  });
}

export type NewDeputy = {
  readonly absent: string;
  readonly member: string;
  readonly first: string;
  readonly last: string;
  readonly why: string;
};

/** Names a deputy, with the entry; answers its id. */
export async function addDeputy(write: Write, named: NewDeputy): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const { absent, member, first, last, why } = named;
  const salt = newSalt();
  await write.db
    .insertInto('deputy')
    .values({
      organisation: write.organisation,
      id,
      absent,
      member,
      first_day: first,
      last_day: last,
      created_at: write.ctx.at,
      ended_at: null,
      why,
      salt,
    })
    .execute();
  const digest = deputyContent(salt, why);
  write.log({ act: 'deputy.named', deputy: id, absent, member, first, last, digest });
  return id;
}

/** Ends a deputy's time before its last day, with the entry; the row stays. */
export async function endDeputy(
  write: Write,
  { id, absent, member, first, last }: StoredDeputy,
): Promise<void> {
  await write.db
    .updateTable('deputy')
    .set({ ended_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
  const people = { absent: absent.id, member: member.id };
  write.log({ act: 'deputy.ended', deputy: id, ...people, first, last });
}
