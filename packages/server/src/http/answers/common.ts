import type { ActorRef } from '@throughline/domain/actor.ts';
import { errorCodes } from '@throughline/domain/errors.ts';
import { outsideKinds } from '@throughline/domain/outside.ts';
import { roles } from '@throughline/domain/permissions.ts';
import { tokenActs } from '@throughline/domain/token-reach.ts';
import type { TokenScope } from '@throughline/domain/token-scope.ts';
import type { AbilityWire, MemberWire, RefWire } from '@throughline/domain/wire.ts';
import type { NamedMember } from '@throughline/domain/wire-duties.ts';
import type { OutsideWire } from '@throughline/domain/wire-outside.ts';
import type { ProblemWire } from '@throughline/domain/wire-problem.ts';
import { z } from 'zod';

/**
 * Shapes of answers, for the contract alone: nothing is run through them while serving; tests hold real answers
 * against them. `satisfies` ties each to the type that presenters return.
 */
export const id = z.string().meta({ format: 'uuid' });
export const moment = z.string().meta({ format: 'date-time' });
export const day = z.string().meta({ format: 'date' });
export const role = z.enum(roles);
export const words = z.record(z.string(), z.string());
export const free = z.record(z.string(), z.unknown());

export const outside = z
  .strictObject({
    id,
    kind: z.enum(outsideKinds),
    source: z.string(),
    address: z.string().nullable(),
    roles: z.array(role),
    linkedAt: moment,
    seenAt: moment,
  })
  .meta({ id: 'OutsideIdentity' }) satisfies z.ZodType<OutsideWire>;
export const namedMember = z.strictObject({
  member: id,
  name: z.string(),
}) satisfies z.ZodType<NamedMember>;

export const actor = z
  .strictObject({ type: z.enum(['person', 'token', 'telemetry', 'rule', 'visitor']), id: z.string() })
  .meta({ id: 'Actor' }) satisfies z.ZodType<ActorRef>;

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([...errorCodes, 'wrong-method', 'internal']),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.strictObject({ at: z.string(), message: z.string() })),
    facts: free.exactOptional(),
  })
  .meta({ id: 'Problem' }) satisfies z.ZodType<ProblemWire>;

/** No line of the table of authority limits who decides; whether the caller may write one. */
export const unlimited = z.strictObject({ edit: z.boolean() });
export const ability = z
  .union([
    z.strictObject({
      allowed: z.literal(true),
      for: z.strictObject({ id: z.string(), name: z.string() }).exactOptional(),
      groups: z.array(z.strictObject({ id: z.string(), name: z.string() })).exactOptional(),
    }),
    z.strictObject({
      allowed: z.literal(false),
      reason: z.string(),
      who: z.array(z.string()),
      people: z.array(z.strictObject({ id: z.string(), name: z.string() })).exactOptional(),
    }),
  ])
  .meta({ id: 'Ability' }) satisfies z.ZodType<AbilityWire>;
export const abilities = z.record(z.string(), ability);

export const ref = z
  .strictObject({
    id,
    ref: z.string(),
    kind: z.string(),
    title: z.string(),
    state: z.string(),
    archived: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Ref' }) satisfies z.ZodType<RefWire>;

export const member = z
  .strictObject({
    id,
    name: z.string(),
    roles: z.array(role),
    active: z.boolean(),
    until: day.exactOptional(),
    scope: z
      .strictObject({
        kinds: z.union([z.literal('all'), z.array(z.string())]),
        systems: z.union([z.literal('all'), z.array(id)]),
        audits: z.array(id),
      })
      .exactOptional(),
    scopeRecords: z.array(ref).exactOptional(),
    you: z.literal(true).exactOptional(),
    service: z.strictObject({ owner: z.strictObject({ id, name: z.string() }).nullable() }).exactOptional(),
    provisioned: z.literal(true).exactOptional(),
    erased: z.literal(true).exactOptional(),
    opened: z
      .strictObject({ at: moment, by: z.string(), vouch: z.boolean(), linked: z.boolean() })
      .exactOptional(),
    outside: z.array(outside).exactOptional(),
    email: z.string().exactOptional(),
    invitedUntil: moment.exactOptional(),
    mail: z
      .strictObject({ state: z.enum(['sending', 'sent', 'failed']), message: z.string() })
      .exactOptional(),
  })
  .meta({ id: 'Member' }) satisfies z.ZodType<MemberWire>;

export const tokenScope = z
  .strictObject({
    kinds: z.union([z.literal('all'), z.array(z.string())]),
    acts: z.union([z.enum(['all', 'read-only', 'provisioning']), z.array(z.enum(tokenActs))]),
  })
  .meta({ id: 'TokenScope' }) satisfies z.ZodType<TokenScope>;

export const me = z
  .strictObject({
    member: member.nullable(),
    token: z.strictObject({ id, name: z.string(), scope: tokenScope }).nullable(),
    organisation: z.strictObject({
      id,
      name: z.string(),
      slug: z.string().nullable(),
      timeZone: z.string(),
    }),
    organisations: z.array(z.strictObject({ id, name: z.string() })),
    roles: z.array(role),
    preferences: free,
    log: z.strictObject({ size: z.int(), at: moment.nullable() }),
    counts: z.record(z.string(), z.int()),
    demo: z.enum(['offered', 'loaded']).exactOptional(),
    factorDue: moment.exactOptional(),
  })
  .meta({ id: 'Me' });

export function list<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().exactOptional(),
    total: z.strictObject({ count: z.int(), more: z.boolean() }).exactOptional(),
  });
}
