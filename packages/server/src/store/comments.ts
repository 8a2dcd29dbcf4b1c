import { actorRef } from '@throughline/domain/actor.ts';
import type { Selectable } from 'kysely';
import { commentContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { CommentTable } from './tables.ts';
import type { Write } from './write.ts';

export type StoredComment = Omit<Selectable<CommentTable>, 'organisation' | 'digest' | 'salt'>;

const columns = [
  'id',
  'record',
  'field',
  'text',
  'by_type',
  'by_id',
  'at',
  'edited_at',
  'removed_at',
] as const;

/** The conversation on a record, oldest first; a removed comment keeps its place and loses its text. */
export async function commentsOf(reader: Reader, record: string): Promise<StoredComment[]> {
  return reader.db
    .selectFrom('comment')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('record', '=', record)
    .orderBy('at')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** How many comments stand on a record, without those taken back. */
export async function commentCount(reader: Reader, record: string): Promise<number> {
  const rows = await reader.run<{ n: number }>({
    name: 'comment-count',
    text: 'select count(*)::int as n from comment where organisation = $1 and record = $2 and removed_at is null',
    values: [reader.organisation, record],
  });
  return rows[0]?.n ?? 0;
}

export async function findComment(reader: Reader, id: string): Promise<StoredComment | undefined> {
  return reader.db
    .selectFrom('comment')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertComment(
  write: Write,
  comment: { record: string; field: string | null; text: string },
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const by = actorRef(write.ctx.actor);
  const { salt, digest } = bound(comment.field, comment.text);
  await write.db
    .insertInto('comment')
    .values({
      organisation: write.organisation,
      id,
      ...comment,
      digest,
      by_type: by.type,
      by_id: by.id,
      at: write.ctx.at,
      edited_at: null,
      removed_at: null,
      salt,
    })
    .execute();
  write.log({ act: 'comment.created', comment: id, record: comment.record, digest: digest.toString('hex') });
  return id;
}

export async function updateComment(write: Write, comment: StoredComment, text: string): Promise<void> {
  const { salt, digest } = bound(comment.field, text);
  await write.db
    .updateTable('comment')
    .set({ text, digest, salt, edited_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', comment.id)
    .execute();
  write.log({
    act: 'comment.edited',
    comment: comment.id,
    record: comment.record,
    digest: digest.toString('hex'),
  });
}

export async function removeComment(write: Write, comment: StoredComment): Promise<void> {
  const { digest } = bound(comment.field, '');
  await write.db
    .updateTable('comment')
    .set({ text: null, salt: null, digest, removed_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', comment.id)
    .execute();
  write.log({
    act: 'comment.removed',
    comment: comment.id,
    record: comment.record,
    digest: digest.toString('hex'),
  });
}

/** Salted, so that a short comment cannot be guessed from its digest; the salt goes with the text. */
function bound(field: string | null, text: string): { salt: Buffer; digest: Buffer } {
  const salt = newSalt();
  return { salt, digest: Buffer.from(commentContent(salt, { field, text }), 'hex') };
}
