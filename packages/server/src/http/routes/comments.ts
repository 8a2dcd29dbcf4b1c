import { z } from 'zod';
import { addComment, deleteComment, editComment, listComments, seeComment } from '../../records/comments.ts';
import { list } from '../answers/common.ts';
import * as answers from '../answers/records.ts';
import { commentsWire } from '../present/comment.ts';
import { type Answer, type Call, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, textShape } from '../shapes.ts';
import { kindOf, ofRecord, tag } from './record-tools.ts';

const words = textShape(5000, 1);
const byId = z.strictObject({ id: idShape });

export function commentRoutes(services: HttpServices): Route[] {
  const all = async (call: Call<{ collection: string; ref: string }>) => {
    const { caller, params } = call;
    const found = await listComments(services, caller, kindOf(services, params), params.ref);
    return commentsWire(found, caller.actor);
  };
  const one = async (call: Call<{ collection: string; ref: string }>, id: string | null): Promise<Answer> => {
    const comments = await all(call);
    return { status: 201, body: comments.find((comment) => comment.id === id) ?? comments.at(-1) };
  };
  return [
    route({
      method: 'GET',
      path: '/:collection/:ref/comments',
      tag,
      summary: 'The conversation on a record, oldest first',
      access: 'signed-in',
      params: ofRecord,
      answers: { 200: { description: 'The comments.', shape: list(answers.comment) } },
      handle: async (call) => ok({ items: await all(call) }),
    }),
    route({
      method: 'POST',
      path: '/:collection/:ref/comments',
      tag,
      summary:
        'Adds a comment, to the record or to one of its fields; `@[` the id of a member or a role `]` mentions them',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ text: words, field: z.string().max(100).nullable().optional() }),
      answers: { 201: { description: 'The comment.', shape: answers.comment } },
      handle: async (call) => {
        const input = { ref: call.params.ref, field: call.body.field ?? null, text: call.body.text };
        return one(call, await addComment(services, call.change(), kindOf(services, call.params), input));
      },
      replay: async (subject, call) => one(call, subject),
    }),
    route({
      method: 'PATCH',
      path: '/comments/:id',
      tag,
      summary: 'Changes a comment of your own',
      access: 'signed-in',
      params: byId,
      body: z.strictObject({ text: words }),
      answers: { 204: { description: 'Changed.' } },
      handle: async (call) => {
        await editComment(services, call.change(), call.params.id, call.body.text);
        return nothing;
      },
    }),
    route({
      method: 'POST',
      path: '/comments/:id/seen',
      tag,
      summary: 'Says that the caller has seen a comment that mentions them',
      access: 'signed-in',
      params: byId,
      answers: { 204: { description: 'It no longer waits on their first page.' } },
      handle: async (call) => {
        await seeComment(services, call.change(), call.params.id);
        return nothing;
      },
      replay: async () => nothing,
    }),
    route({
      method: 'DELETE',
      path: '/comments/:id',
      tag,
      summary: 'Removes a comment of your own; its place stays',
      access: 'signed-in',
      params: byId,
      answers: { 204: { description: 'Removed.' } },
      handle: async (call) => {
        await deleteComment(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}
