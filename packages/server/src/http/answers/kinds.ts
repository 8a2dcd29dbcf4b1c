import type { CatalogueItemWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { abilities, free } from './common.ts';

const texts = z.array(z.string());

/** `KindWire`. Fields are open: their types are described by the declaration itself. */
export const kind = z
  .strictObject({
    name: z.string(),
    prefix: z.string(),
    collection: z.string(),
    label: z.string(),
    plural: z.string(),
    purpose: z.string(),
    regime: z.enum(['factual', 'versioned']),
    title: z.string(),
    owner: z.string().nullable(),
    fields: z.record(z.string(), free),
    relations: z.record(
      z.string(),
      z.strictObject({
        type: z.enum(['within', 'uses', 'about']),
        to: texts,
        many: z.boolean(),
        required: z.boolean(),
        label: z.string(),
        inverse: z.string(),
        byAct: z.literal(true).exactOptional(),
        ownSystem: z.literal(true).exactOptional(),
      }),
    ),
    index: texts,
    material: texts,
    stateLabel: z.string(),
    states: z.record(z.string(), free),
    initial: z.string(),
    beginnings: texts,
    transitions: z.record(
      z.string(),
      z.strictObject({ label: z.string(), from: texts, to: z.string(), requires: texts }),
    ),
    approvable: z.boolean(),
    approving: z.enum(['approve', 'accept']),
    serves: texts,
    abilities,
  })
  .meta({ id: 'Kind' });

export const catalogueItem = z
  .strictObject({ id: z.string(), title: z.string() })
  .meta({ id: 'CatalogueItem' }) satisfies z.ZodType<CatalogueItemWire>;
