import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { mentionsIn } from '@throughline/domain/mentions.ts';
import { can } from '@throughline/domain/permissions.ts';
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
import { markSeen, openMentions, setMentions } from '../store/mentions.ts';
import { peopleAmong } from '../store/people-among.ts';
import type { Reader } from '../store/reader.ts';
import { actorNames, factsOf, findAnyRecord } from '../store/records.ts';
import type { Write } from '../store/write.ts';
import { ensureMay, loadReadable } from './load.ts';

const most = 5_000;
const mentionsAtMost = 500;

export type Conversation = {
  readonly comments: readonly StoredComment[];
  /** Names of who wrote and of who is mentioned. */
  readonly names: ReadonlyMap<string, string>;
  /** Comments that speak to the caller, who has not yet said that they saw them. */
  readonly asking: ReadonlySet<string>;
};

export async function listComments(
  services: Services,
  ctx: Pick<Context, 'organisation' | 'actor'>,
  kind: Kind,
  ref: string,
): Promise<Conversation> {
  ensureMay(ctx.actor, kind, 'read');
  return services.store.read(ctx, async (reader) => {
    const record = await loadReadable(reader, ctx.actor, kind, ref);
    const comments = await commentsOf(reader, record.id);
    const wrote = comments.map((one) => one.by_id);
    const named = comments.flatMap((one) => membersIn(one.text ?? ''));
    return {
      comments,
      names: await actorNames(reader, [...wrote, ...named]),
      asking: new Set(await askingOn(reader, ctx.actor, record.id)),
    };
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
    await ensureStanding(write, record.id);
    await ensureMembers(write, words);
    // Whoever answers has seen what they were asked.
    if (ctx.actor.type === 'person')
      await markSeen(write, ctx.actor.member, await askingOn(write, ctx.actor, record.id));
    const id = await insertComment(write, { record: record.id, field: input.field, text: words });
    await setMentions(write, id, targetsIn(words));
    return id;
  });
}

export async function editComment(
  services: Services,
  ctx: Context,
  id: string,
  words: string,
): Promise<void> {
  const clean = readWords(words);
  await services.store.change(ctx, async (write) => {
    const comment = await own(write, id);
    await ensureStanding(write, comment.record);
    await ensureMembers(write, clean);
    await updateComment(write, comment, clean);
    await setMentions(write, id, targetsIn(clean));
  });
}

export async function deleteComment(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    await removeComment(write, await own(write, id));
    await setMentions(write, id, []);
  });
}

/** Says that the caller has seen a comment that speaks to them: it no longer waits on their first page. */
export async function seeComment(services: Services, ctx: Context, id: string): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'person') throw new DomainError('forbidden', 'Only a person is mentioned.');
  await services.store.change(ctx, async (write) => {
    const comment = await findComment(write, id);
    if (!comment || comment.removed_at) throw notFound();
    const record = await findAnyRecord(write, comment.record);
    if (!record || !can(actor, 'read', await factsOf(write, record))) throw notFound();
    await markSeen(write, actor.member, [id]);
  });
}

async function askingOn(reader: Reader, actor: Actor, record: string): Promise<string[]> {
  if (actor.type !== 'person') return [];
  const found = await openMentions(reader, actor, { limit: mentionsAtMost, record });
  return found.map((row) => row.comment);
}

/** Words are no way around an erasure; locked, so that none comes between it and its entry. */
async function ensureStanding(write: Write, record: string): Promise<void> {
  await write.lock([record]);
  write.refuseErased(record);
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

const targetsIn = (words: string): string[] => mentionsIn(words).map((mention) => mention.id);

const membersIn = (words: string): string[] =>
  mentionsIn(words).flatMap((mention) => (mention.type === 'member' ? [mention.id] : []));

async function ensureMembers(write: Write, words: string): Promise<void> {
  const ids = membersIn(words);
  const known = await peopleAmong(write, ids);
  if (ids.some((id) => !known.has(id)))
    throw unprocessable([{ at: 'text', message: 'It mentions somebody who is no member here.' }]);
}
