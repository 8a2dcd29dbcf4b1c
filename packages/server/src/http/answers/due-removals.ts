import type { DueRemovalsWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { ability, day, ref } from './common.ts';

export const dueRemovals = z
  .strictObject({
    items: z.array(
      z.strictObject({
        record: ref,
        version: z.int(),
        until: day,
        hold: z.string().nullable(),
        archived: z.boolean(),
        erase: ability,
      }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'DueRemovals' }) satisfies z.ZodType<DueRemovalsWire>;
