import { z } from 'zod';
import { samplingMethods } from '../vocabulary-assessment.ts';
import { duration, id, ids, requirementSource, text, texts } from './common.ts';

/** How a sample is drawn, and from which lists kept outside the AIMS (9.2). */
export const sampling = z.strictObject({
  basis: text,
  principle: text,
  outside_populations: z.array(z.strictObject({ id, name: text, finds: text })),
  methods: z.array(z.strictObject({ id: z.enum(samplingMethods), name: text, needs: text })),
  draw_record: texts,
  rules: texts,
});

/** How long records are kept; `period` is a duration, or words where another law sets it (7.5.3). */
export const retention = z.strictObject({
  basis: text,
  defaults: z.array(
    z
      .strictObject({
        id,
        kinds: ids.min(1),
        period: z.union([duration, text]).optional(),
        period_min: duration.optional(),
        starts: text,
        requirement_source: requirementSource,
        ref: text,
        applies_if: text.optional(),
        basis: ids.optional(),
        verify: z.boolean().optional(),
      })
      .refine(
        (r) => (r.period === undefined) !== (r.period_min === undefined),
        'one of period and period_min',
      ),
  ),
});

/** Recommended rhythms. One binds only once the organisation adopts it. */
export const calendar = z.strictObject({
  status: text,
  basis: text,
  entries: z.array(
    z.strictObject({
      id,
      name: text,
      every: z.union([duration, z.literal('continuous')]),
      extra_on: ids.optional(),
      source: id.nullable(),
      requirement_source: requirementSource,
      note: text.optional(),
    }),
  ),
});
