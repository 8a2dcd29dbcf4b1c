import { z } from 'zod';
import { day, moment, ref } from './common.ts';
import { action } from './line.ts';

const need = z
  .strictObject({
    record: ref,
    label: z.string(),
    closes: z.string().nullable(),
    due: z.string().nullable(),
    action,
  })
  .meta({ id: 'Need' });

const line = z.strictObject({
  strip: z.string().nullable(),
  gaps: z.int(),
  holdsUntil: day.nullable(),
  stale: z.boolean(),
});

export const home = z
  .strictObject({
    overdue: z.array(need),
    approve: z.array(need),
    confirm: z.array(need),
    mentioned: z.array(need),
    week: z.array(need),
    undated: z.array(need),
    next: z.strictObject({ day: z.string(), label: z.string(), record: ref }).nullable(),
    systems: z.array(z.strictObject({ ...ref.shape, line: line.nullable() })),
    readiness: z.strictObject({
      systems: z.int(),
      running: z.int(),
      runningWithGaps: z.int(),
      demo: z.int(),
      stale: z.int(),
      mandatory: z.strictObject({ passes: z.int(), of: z.int() }),
      worst: z.array(z.strictObject({ station: z.string(), name: z.string(), systems: z.int() })),
      authorityOpen: z.boolean(),
      trend: z.array(z.strictObject({ day, withGaps: z.int() })),
    }),
    changes: z.array(
      z.strictObject({
        record: ref,
        what: z.string(),
        by: z.string().nullable(),
        at: moment,
        significant: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Home' });
