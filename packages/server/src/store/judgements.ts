import { newId } from './ids.ts';
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
