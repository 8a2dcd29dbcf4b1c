import type { Actor } from '@throughline/domain/actor.ts';
import { knownRoles, may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { z } from 'zod';
import { aboutOf, bodyOf, type LogPage, readLog } from '../../features/log/read-log.ts';
import * as common from '../answers/common.ts';
import { actorRefWire, namedMember, standingIn } from '../present/actor.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, idShape, lineShape } from '../shapes.ts';

const entry = z
  .strictObject({
    id: common.id,
    index: z.int().nullable(),
    at: common.moment,
    by: common.actor,
    byName: z.string().nullable(),
    onBehalfOf: common.namedMember.exactOptional(),
    askedBy: common.namedMember.exactOptional(),
    act: z.string(),
    about: z.array(z.strictObject({ id: common.id, name: z.string() })),
    roles: z.array(common.role).exactOptional(),
    record: common.ref.nullable(),
    kind: z.string().nullable(),
    version: z.int().nullable(),
    changed: z.array(z.string()),
    digest: z.string(),
    because: z.string().nullable(),
    cause: z.enum(['import', 'proposal']).exactOptional(),
    request: z.string().nullable(),
  })
  .meta({ id: 'LogEntry' });

/** A day stands for its beginning (`from`) or its end (`to`), in UTC; a moment for itself. */
const when = (end: boolean) =>
  z
    .string()
    .regex(
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/,
      'A day such as 2026-02-28, or a moment such as 2026-02-28T09:30:00Z.',
    )
    .transform((text, ctx) => {
      const day = text.length === 10;
      const at = new Date(day ? `${text}T00:00:00Z` : text);
      if (Number.isNaN(at.getTime()) || (day && !at.toISOString().startsWith(text))) {
        ctx.addIssue('This is not a date. Use day, month, year, such as 2026-02-28.');
        return z.NEVER;
      }
      return day && end ? new Date(at.getTime() + 86_400_000) : at;
    });

export function logRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/log',
      tag: 'Log',
      summary: 'Entries, newest first, by actors, kinds, record, acts, time and place',
      access: 'log',
      query: z.strictObject({
        actor: lineShape(2000).optional(),
        kind: lineShape(2000).optional(),
        entry: z
          .string()
          .regex(/^(0|[1-9]\d{0,14})$/, 'No entry: a whole number, such as 42.')
          .meta({ type: 'integer', minimum: 0 })
          .transform(Number)
          .optional(),
        record: lineShape(60).optional(),
        act: lineShape(500).optional(),
        from: when(false).optional(),
        to: when(true).optional(),
        limit: countShape(500, 100),
        cursor: idShape.optional(),
      }),
      answers: { 200: { description: 'A page of the log.', shape: common.list(entry) } },
      handle: async ({ caller, query }) => {
        const { actor, kind, entry: index, act, cursor, ...filter } = query;
        const page = await readLog(services, caller, {
          ...filter,
          index,
          actors: actor?.split(','),
          kinds: kind?.split(','),
          acts: act?.split(','),
          before: cursor,
        });
        const items = page.entries.map((row) => entryWire(services.registry, caller.actor, page, row));
        return ok({ items, ...(page.next === null ? {} : { next: page.next }) });
      },
    }),
  ];
}

function entryWire(
  registry: Registry,
  actor: Actor,
  page: LogPage,
  row: LogPage['entries'][number],
): z.output<typeof entry> {
  const body = bodyOf(row);
  const text = (name: string): string | null => {
    const value = body[name];
    return typeof value === 'string' ? value : null;
  };
  const asked = text('askedBy');
  const { version, changed, roles } = body;
  const because = text('because');
  const cause = page.causes.get(because ?? '');
  const given = Array.isArray(roles) ? knownRoles(roles.map(String)) : undefined;
  // Whoever acts on themselves is named already; which roles they have from there on is told with their name.
  const about = aboutOf(body).filter((id) => given !== undefined || id !== row.actor_id);
  const record = row.record === null ? undefined : page.refs.get(row.record);
  return {
    id: row.id,
    index: row.index,
    at: row.at.toISOString(),
    by: actorRefWire(row.actor_type, row.actor_id),
    byName: page.names.get(row.actor_id) ?? null,
    ...standingIn(text('onBehalfOf'), page.names),
    ...(asked === null ? {} : { askedBy: namedMember(asked, page.names) }),
    act: row.act,
    about: about.map((id) => ({ id, name: page.names.get(id) ?? '' })),
    ...(given === undefined ? {} : { roles: given }),
    record: record && may(actor, record.kind, 'read') ? refWire(registry, record) : null,
    kind: text('kind'),
    version: typeof version === 'number' ? version : null,
    changed: Array.isArray(changed) ? changed.map(String) : [],
    digest: row.hash,
    because,
    ...(cause === undefined ? {} : { cause }),
    request: text('request'),
  };
}
