import type { CaseChange } from '@throughline/domain/classification/kept-cases.ts';
import type { ChangedResultWire, ComparisonWire, RulesWire } from '@throughline/domain/wire-rules.ts';
import { z } from 'zod';
import { ability, moment, ref } from './common.ts';

/** Shapes of answers on the rules of classification, for the contract alone; see common.ts. */
const named = z.strictObject({ id: z.string(), name: z.string() });

export const rules = z
  .strictObject({
    inForce: z.strictObject({ version: z.string(), law: z.string() }),
    adopted: z
      .strictObject({
        by: named.nullable(),
        confirmedBy: named.nullable(),
        at: moment,
        file: z.string(),
      })
      .nullable(),
    release: z.string(),
    abilities: z.strictObject({ adopt: ability }),
  })
  .meta({ id: 'ClassificationRules' }) satisfies z.ZodType<RulesWire>;

const changedResult = z
  .strictObject({
    record: ref,
    before: z.array(z.string()),
    after: z.array(z.string()),
    says: z.array(z.string()),
  })
  .meta({ id: 'ChangedResult' }) satisfies z.ZodType<ChangedResultWire>;

const changedCase = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    before: z.array(z.string()).nullable(),
    after: z.array(z.string()).nullable(),
    says: z.string(),
  })
  .meta({ id: 'ChangedCase' }) satisfies z.ZodType<CaseChange>;

export const comparison = z
  .strictObject({
    inForce: z.string(),
    candidate: z.string(),
    looked: z.int(),
    changed: z.array(changedResult),
    cases: z.array(changedCase),
  })
  .meta({ id: 'RulesComparison' }) satisfies z.ZodType<ComparisonWire>;
