import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import type { CommentWire } from '@throughline/domain/wire.ts';
import type { StoredComment } from '../../store/comments.ts';
import { actorRefWire } from './actor.ts';

export function commentWire(
  comment: StoredComment,
  names: ReadonlyMap<string, string>,
  actor: Actor,
): CommentWire {
  const me = actorRef(actor);
  return {
    id: comment.id,
    field: comment.field,
    text: comment.text ?? '',
    by: actorRefWire(comment.by_type, comment.by_id),
    byName: names.get(comment.by_id) ?? null,
    at: comment.at.toISOString(),
    editedAt: comment.edited_at?.toISOString() ?? null,
    removed: comment.removed_at !== null,
    yours: comment.by_type === me.type && comment.by_id === me.id,
  };
}
