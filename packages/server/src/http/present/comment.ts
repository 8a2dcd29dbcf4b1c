import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { mentionsIn } from '@throughline/domain/mentions.ts';
import type { CommentWire } from '@throughline/domain/wire-around.ts';
import type { Conversation } from '../../records/comments.ts';
import { actorRefWire } from './actor.ts';

/** `GET /{collection}/{ref}/comments`. A role is named by its id, which pages put into words. */
export function commentsWire({ comments, names, asking }: Conversation, actor: Actor): CommentWire[] {
  const me = actorRef(actor);
  return comments.map((comment) => ({
    id: comment.id,
    field: comment.field,
    text: comment.text ?? '',
    mentions: mentionsIn(comment.text ?? '').map(({ type, id }) => ({
      id,
      name: type === 'role' ? id : (names.get(id) ?? 'Somebody whose name was erased'),
    })),
    asksYou: asking.has(comment.id),
    by: actorRefWire(comment.by_type, comment.by_id),
    byName: names.get(comment.by_id) ?? null,
    at: comment.at.toISOString(),
    editedAt: comment.edited_at?.toISOString() ?? null,
    removed: comment.removed_at !== null,
    yours: comment.by_type === me.type && comment.by_id === me.id,
  }));
}
