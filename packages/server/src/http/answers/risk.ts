import type { RiskRatingWire } from '@throughline/domain/wire-risk.ts';
import { z } from 'zod';
import { ref } from './common.ts';

/** Shapes of the rating's answers, for the contract alone; see common.ts. */
const step = z.strictObject({ step: z.string(), meaning: z.string().nullable() });
const scale = z.strictObject({
  consequences: z.array(step),
  levels: z.array(z.array(z.string())),
  threshold: z.string().nullable(),
});
const criteria = z.strictObject({
  criteria: ref,
  version: z.int(),
  name: z.string(),
  likelihoods: z.array(step),
  scales: z.strictObject({ organisation: scale, individuals: scale, society: scale }),
});
const rating = z.strictObject({
  likelihood: z.string().nullable(),
  consequence: z.string().nullable(),
  level: z.string().nullable(),
  byCriteria: z.string().nullable(),
});
const byBearer = z.strictObject({ organisation: rating, individuals: rating, society: rating });

export const riskRating = z
  .strictObject({
    risk: ref,
    version: z.int(),
    criteria: criteria.nullable(),
    ratedBy: z.string().nullable(),
    points: z.strictObject({ inherent: byBearer, current: byBearer, residual: byBearer }),
  })
  .meta({ id: 'RiskRating' }) satisfies z.ZodType<RiskRatingWire>;
