import { duties } from '@throughline/domain/duties.ts';
import type { DutyWaiversWire, RecusalRowWire, WaivedWire } from '@throughline/domain/wire-duties.ts';
import { z } from 'zod';
import { ability, day, id, moment, namedMember, ref } from './common.ts';

export const waived = z.strictObject({
  duties: z.array(z.enum(duties)),
  waiver: z.strictObject({ id, at: moment, until: day }).nullable(),
}) satisfies z.ZodType<WaivedWire>;

const dutyWaiver = z
  .strictObject({
    id,
    reason: z.string(),
    by: namedMember,
    onBehalfOf: namedMember.exactOptional(),
    askedBy: namedMember.exactOptional(),
    at: moment,
    until: day,
    inForce: z.boolean(),
    ended: z.strictObject({ at: moment, by: namedMember, reason: z.string() }).exactOptional(),
  })
  .meta({ id: 'DutyWaiver' });

export const dutyWaivers = z
  .strictObject({
    items: z.array(dutyWaiver),
    counts: z.array(
      z.strictObject({
        kind: z.string(),
        label: z.string(),
        waiver: z.string().nullable(),
        approvals: z.int(),
        of: z.int(),
      }),
    ),
    abilities: z.strictObject({ give: ability, end: ability }),
  })
  .meta({ id: 'DutyWaivers' }) satisfies z.ZodType<DutyWaiversWire>;

export const recusal = z
  .strictObject({
    id,
    record: ref,
    member: namedMember,
    reason: z.string().nullable(),
    at: moment,
    ended: z.strictObject({ at: moment, by: namedMember, reason: z.string().nullable() }).exactOptional(),
    abilities: z.strictObject({ end: ability }),
  })
  .meta({ id: 'Recusal' }) satisfies z.ZodType<RecusalRowWire>;
