import type { DeputyWire, GroupWire, NamedWire } from '@throughline/domain/wire-people.ts';
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
