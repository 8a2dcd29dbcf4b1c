import { organisationActs, recordActs } from '@throughline/domain/permissions.ts';
import type { DeputyWire, GroupWire, RoleHolderWire, RoleWire } from '@throughline/domain/wire-people.ts';
import type { NamedWire } from '@throughline/domain/wire-through.ts';
import { z } from 'zod';
import { ability, day, id, moment, role } from './common.ts';

export const named = z.strictObject({ id, name: z.string() }) satisfies z.ZodType<NamedWire>;

export const group = z
  .strictObject({
    id,
    name: z.string(),
    roles: z.array(role),
    members: z.array(z.strictObject({ id, name: z.string(), active: z.boolean() })),
    createdAt: moment,
  })
  .meta({ id: 'Group' }) satisfies z.ZodType<GroupWire>;

/** `waits`: the proposal to let it make administrators. */
export const madeGroup = group.extend({ waits: id.exactOptional() }).meta({ id: 'MadeGroup' });

export const deputy = z
  .strictObject({
    id,
    absent: named,
    member: named,
    first: day,
    last: day,
    why: z.string().nullable(),
    now: z.boolean(),
    abilities: z.strictObject({ end: ability }),
  })
  .meta({ id: 'Deputy' }) satisfies z.ZodType<DeputyWire>;

const holder = z.strictObject({
  member: named,
  service: z.boolean(),
  own: z.boolean(),
  groups: z.array(named),
  standsFor: z.array(z.strictObject({ id, name: z.string(), last: day })),
}) satisfies z.ZodType<RoleHolderWire>;

export const heldRole = z
  .strictObject({
    role,
    purpose: z.string(),
    may: z.array(
      z.strictObject({
        acts: z.array(z.enum(recordActs)),
        kinds: z.union([z.literal('all'), z.array(z.string())]),
        records: z.string(),
        why: z.string(),
      }),
    ),
    administers: z.array(
      z.strictObject({ act: z.enum(organisationActs), what: z.string(), why: z.string() }),
    ),
    holders: z.array(holder),
    holderCount: z.int(),
  })
  .meta({ id: 'Role' }) satisfies z.ZodType<RoleWire>;
