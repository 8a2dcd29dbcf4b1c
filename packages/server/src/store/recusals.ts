import { recusalContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { StoredRecord } from './stored-record.ts';
import type { Write } from './write.ts';

/** A person who stands back from a record, and why. `reason` is gone where the record was erased. */
export type Recusal = {
  readonly id: string;
  readonly record: string;
  readonly member: string;
  readonly reason: string | null;
  readonly at: Date;
};

/** Who stood back from any of the records given, oldest first. */
export async function recusalsOf(reader: Reader, records: readonly (string | null)[]): Promise<Recusal[]> {
  const wanted = [...new Set(records.filter((one) => one !== null))];
  if (wanted.length === 0) return [];
  return reader.run<Recusal>({
    name: 'recusals-of',
    text: `select id, record, member, reason, at from recusal
      where organisation = $1 and record = any($2::uuid[]) order by at, id`,
    values: [reader.organisation, wanted],
  });
}

/** Keeps that a member stands back from a record, with its entry. */
export async function addRecusal(
  write: Write,
  record: StoredRecord,
  member: string,
  reason: string,
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const salt = newSalt();
  await write.db
    .insertInto('recusal')
    .values({
      organisation: write.organisation,
      id,
      record: record.id,
      member,
      reason,
      at: write.ctx.at,
      salt,
    })
    .execute();
  const digest = recusalContent(salt, reason);
  write.log({ act: 'recusal.declared', recusal: id, record: record.id, kind: record.kind, member, digest });
  return id;
}
