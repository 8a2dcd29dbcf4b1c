import type {
  ImpactAlikeGroupsWire,
  ImpactMethodsWire,
  ImpactSheetWire,
  RightsElementWire,
} from '@throughline/domain/wire-impact.ts';
import { z } from 'zod';
import { ref } from './common.ts';

/** Shapes of answers on impact assessments, for the contract alone; see common.ts. */
const day = z.string();
const json = z.json();
const standing = z.enum(['none', 'current', 'in-transition', 'older', 'unknown']);
const element = z
  .strictObject({ id: z.string(), name: z.string(), there: z.boolean(), says: z.string(), field: z.string() })
  .meta({ id: 'RightsElement' }) satisfies z.ZodType<RightsElementWire>;

export const impactSheet = z
  .strictObject({
    assessment: ref,
    version: z.int(),
    fields: z.record(z.string(), json),
    useCases: z.array(ref),
    method: z.strictObject({
      document: ref.nullable(),
      version: z.int().nullable(),
      inForce: z.int().nullable(),
      transitionOn: day.nullable(),
      standing,
      says: z.string(),
      offered: z.strictObject({ document: ref, version: z.int() }).nullable(),
    }),
    scales: z.array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        own: z.boolean(),
        steps: z.array(z.strictObject({ id: z.string(), label: z.string(), meaning: z.string().nullable() })),
      }),
    ),
    parts: z.array(z.strictObject({ id: z.string(), fields: z.array(z.string()) })),
    blanks: z.array(z.strictObject({ part: z.string(), field: z.string(), says: z.string() })),
    toConfirm: z.array(z.string()),
    known: z.array(z.strictObject({ field: z.string(), value: json, from: z.array(ref) })),
    signs: z.array(z.strictObject({ id: z.string(), part: z.string().nullable(), says: z.string() })),
    alike: z.array(
      z.strictObject({ field: z.string(), label: z.string(), with: z.array(ref), more: z.boolean() }),
    ),
    rights: z.strictObject({
      due: z.enum(['yes', 'no', 'unknown']),
      because: z.string(),
      classifications: z.array(ref),
      elements: z.array(element),
      acts: z.array(element),
      gaps: z.int(),
    }),
    lastTime: z.strictObject({ version: z.int(), effects: json }).nullable(),
  })
  .meta({ id: 'ImpactSheet' }) satisfies z.ZodType<ImpactSheetWire>;

export const impactMethods = z
  .strictObject({
    method: ref.nullable(),
    inForce: z.int().nullable(),
    transitionOn: day.nullable(),
    counts: z.strictObject({
      none: z.int(),
      current: z.int(),
      'in-transition': z.int(),
      older: z.int(),
      unknown: z.int(),
    }),
    items: z.array(
      z.strictObject({ assessment: ref, version: z.int().nullable(), standing, says: z.string() }),
    ),
  })
  .meta({ id: 'ImpactMethods' }) satisfies z.ZodType<ImpactMethodsWire>;

export const impactAlike = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        field: z.string(),
        label: z.string(),
        assessments: z.array(ref),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'ImpactAlike' }) satisfies z.ZodType<ImpactAlikeGroupsWire>;
