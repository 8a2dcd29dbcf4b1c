import { createHash } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { list } from '../answers/common.ts';
import { kind } from '../answers/kinds.ts';
import { kindWire } from '../present/kind.ts';
import { type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

type Kept = { readonly body: string; readonly etag: string };

/** Sets of roles and scopes are few; beyond this many somebody makes them up, and the oldest goes. */
const keptAtMost = 200;

export function kindRoutes({ registry }: HttpServices): Route[] {
  const kept = new Map<string, Kept>();
  return [
    route({
      method: 'GET',
      path: '/kinds',
      tag: 'Records',
      summary: 'The declarations of all registers, with what you may do; answers 304 to a known `ETag`',
      access: 'signed-in',
      answers: {
        200: { description: 'Kinds that you may read.', shape: list(kind) },
        304: { description: 'Nothing changed since the ETag that `If-None-Match` names.' },
      },
      handle: async ({ caller, request }) => {
        const key = dependsOn(caller.actor);
        const known = kept.get(key) ?? keep(kept, key, declarations(registry, caller.actor));
        // Kept by this browser for this person alone, and asked for again each time.
        const headers = {
          etag: known.etag,
          'cache-control': 'private, no-cache',
          vary: 'cookie, authorization',
        };
        if (names(request.headers['if-none-match'], known.etag)) return { status: 304, headers };
        return {
          status: 200,
          body: known.body,
          headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
        };
      },
    }),
  ];
}

function declarations(registry: Registry, actor: Actor): Kept {
  const readable = registry.kinds.filter((one) => may(actor, one.name, 'read'));
  const body = JSON.stringify({ items: readable.map((one) => kindWire(one, actor)) });
  // Weak: what the answer says, however it is compressed on its way (RFC 9110 8.8.1).
  return { body, etag: `W/"${createHash('sha256').update(body).digest('base64url')}"` };
}

/** All of an actor that the answer depends on: roles, and what an auditor or a token is narrowed to. */
function dependsOn(actor: Actor): string {
  const roles = 'roles' in actor ? [...actor.roles].sort() : [actor.type];
  const { kinds, acts } = { kinds: 'all', acts: 'all', ...('scope' in actor ? actor.scope : {}) } as const;
  return JSON.stringify([roles, kinds, acts]);
}

function keep(kept: Map<string, Kept>, key: string, made: Kept): Kept {
  const [oldest] = kept.keys();
  if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}

/** Whether a list of tags names this one, weakly (RFC 9110 13.1.2). */
function names(header: string | undefined, etag: string): boolean {
  const weak = (tag: string) => tag.trim().replace(/^W\//, '');
  return header?.split(',').some((tag) => tag.trim() === '*' || weak(tag) === weak(etag)) ?? false;
}
