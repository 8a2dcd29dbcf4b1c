import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { text } from '@throughline/domain/text.ts';
import type { Services } from '../services.ts';
import {
  commentsOf,
  findComment,
  insertComment,
  removeComment,
  type StoredComment,
  updateComment,
} from '../store/comments.ts';
import type { Context } from '../store/context.ts';
import type { Write } from '../store/write.ts';
import { ensureMay, loadReadable } from './load.ts';

const most = 5_000;

export async function listComments(
  services: Services,
  ctx: Context,
  kind: Kind,
  ref: string,
): Promise<StoredComment[]> {
  ensureMay(ctx.actor, kind, 'read');
  return services.store.read(ctx.organisation, async (reader) => {
    const record = await loadReadable(reader, ctx.actor, kind, ref);
    return commentsOf(reader, record.id);
  });
}

export async function addComment(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: { ref: string; field: string | null; text: string },
): Promise<string> {
  ensureMay(ctx.actor, kind, 'comment');
  const words = readWords(input.text);
  if (input.field !== null && !Object.hasOwn(kind.fields, input.field)) {
    throw unprocessable([
      { at: 'field', message: `${kind.label} has no field "${input.field.slice(0, 40)}".` },
    ]);
  }
  return services.store.change(ctx, async (write) => {
    const record = await loadReadable(write, ctx.actor, kind, input.ref);
    return insertComment(write, { record: record.id, field: input.field, text: words });
  });
}

export async function editComment(
  services: Services,
  ctx: Context,
  id: string,
  words: string,
): Promise<void> {
  const clean = readWords(words);
  await services.store.change(ctx, async (write) => updateComment(write, await own(write, id), clean));
}

export async function deleteComment(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => removeComment(write, await own(write, id)));
}

/** A comment belongs to who wrote it: nobody else changes or removes it. */
async function own(write: Write, id: string): Promise<StoredComment> {
  const comment = await findComment(write, id);
  if (!comment || comment.removed_at) throw notFound();
  const me = actorRef(write.ctx.actor);
  if (comment.by_type !== me.type || comment.by_id !== me.id) {
    throw new DomainError('forbidden', 'Only who wrote a comment changes or removes it.');
  }
  return comment;
}

function readWords(words: string): string {
  const read = text(words, most);
  if ('problem' in read) throw unprocessable([{ at: 'text', message: read.problem }]);
  if (read.value.trim() === '') throw unprocessable([{ at: 'text', message: 'A comment needs words.' }]);
  return read.value;
}
