import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Keeps a person's answer to a judgement; earlier answers stay, the newest counts. */
export async function insertJudgement(
  write: Write,
  judgement: {
    item: string;
    answer: 'yes' | 'no';
    version: number | null;
    note: string | null;
    member: string;
  },
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const { member, ...rest } = judgement;
  await write.db
    .insertInto('judgement')
    .values({ organisation: write.organisation, id, ...rest, by_member: member, at: write.ctx.at })
    .execute();
  return id;
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
