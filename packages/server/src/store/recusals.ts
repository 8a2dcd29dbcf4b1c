import { reasonContent } from './bound.ts';
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

/** The same with how it ended, where it did. */
export type WholeRecusal = Recusal & {
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
};

/** Who stands back from any of the records given, oldest first. */
export async function recusalsOf(reader: Reader, records: readonly (string | null)[]): Promise<Recusal[]> {
  const wanted = [...new Set(records.filter((one) => one !== null))];
  if (wanted.length === 0) return [];
  return reader.run<Recusal>({
    name: 'recusals-of',
    text: `select id, record, member, reason, at from recusal
      where organisation = $1 and record = any($2::uuid[]) and ended_at is null order by at, id`,
    values: [reader.organisation, wanted],
  });
}

const whole = `id, record, member, reason, at, ended_at as "endedAt", ended_by as "endedBy", end_reason as "endReason"`;

/** Everybody who stood back from anything that the reader may see, ended ones too, newest first, at most `most`. */
export async function allRecusals(reader: Reader, most: number): Promise<WholeRecusal[]> {
  return reader.run<WholeRecusal>({
    name: 'all-recusals',
    text: `select ${whole} from recusal where organisation = $1 order by at desc, id desc limit $2`,
    values: [reader.organisation, most],
  });
}

/** One of them; nothing where there is none, or none that the reader may see. */
export async function findRecusal(reader: Reader, id: string): Promise<WholeRecusal | undefined> {
  const [row] = await reader.run<WholeRecusal>({
    name: 'find-recusal',
    text: `select ${whole} from recusal where organisation = $1 and id = $2`,
    values: [reader.organisation, id],
  });
  return row;
}

/** Keeps that a member stands back from a record, with its entry. */
export async function addRecusal(
  write: Write,
  record: Pick<StoredRecord, 'id' | 'kind'>,
  member: string,
  reason: string,
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const salt = newSalt();
  await write.run({
    name: 'add-recusal',
    text: `insert into recusal (organisation, id, record, member, reason, at, salt) values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [write.organisation, id, record.id, member, reason, write.ctx.at, salt],
  });
  const digest = reasonContent(salt, reason);
  write.log({ act: 'recusal.declared', recusal: id, record: record.id, kind: record.kind, member, digest });
  return id;
}

/** Ends that somebody stands back, with its entry; the row stays. */
export async function endRecusal(
  write: Write,
  recusal: Recusal & { readonly kind: string },
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  const { id, record, kind, member } = recusal;
  const salt = newSalt();
  await write.run({
    name: 'end-recusal',
    text: `update recusal set ended_at = $3, ended_by = $4, end_reason = $5, end_salt = $6
      where organisation = $1 and id = $2`,
    values: [write.organisation, id, write.ctx.at, by, reason, salt],
  });
  const digest = reasonContent(salt, reason);
  write.log({ act: 'recusal.ended', recusal: id, record, kind, member, digest });
}
