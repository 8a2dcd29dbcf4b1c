import { judgementContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Keeps a person's answer to a judgement with its entry; earlier answers stay, the newest counts. */
export async function insertJudgement(
  write: Write,
  judgement: {
    item: string;
    answer: 'yes' | 'no';
    version: number | null;
    note: string | null;
    member: string;
  },
): Promise<void> {
  const id = newId(write.ctx.at.getTime());
  const { member, ...rest } = judgement;
  const salt = newSalt();
  await write.db
    .insertInto('judgement')
    .values({ organisation: write.organisation, id, ...rest, by_member: member, at: write.ctx.at, salt })
    .execute();
  const digest = judgementContent(salt, { judgement: id, ...rest });
  write.log({ act: 'judgement.given', judgement: id, digest });
}

/** Items that a member has answered for, at any time. */
export async function judgedItems(reader: Reader, member: string): Promise<Set<string>> {
  const rows = await reader.run<{ item: string }>({
    name: 'judged-items',
    text: 'select distinct item from judgement where organisation = $1 and by_member = $2',
    values: [reader.organisation, member],
  });
  return new Set(rows.map((row) => row.item));
}
