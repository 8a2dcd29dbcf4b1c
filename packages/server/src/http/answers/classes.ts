import type {
  ClassOfUseWire,
  DueClassesWire,
  SchemeTableWire,
  TierComparisonWire,
  TierFactWire,
  TierOfUseWire,
  UseClassesWire,
} from '@throughline/domain/wire-classes.ts';
import { z } from 'zod';
import { day, ref } from './common.ts';

/** Shapes of answers on schemes of classification, for the contract alone; see common.ts. */
const words = z.array(z.string());
const labelled = z.strictObject({ id: z.string(), label: z.string() });
const open = z.enum(['answers', 'hole', 'several']).nullable();

const fact = z
  .strictObject({ id: z.string(), label: z.string(), many: z.boolean(), values: z.array(labelled) })
  .meta({ id: 'TierFact' }) satisfies z.ZodType<TierFactWire>;
const condition = z.strictObject({ fact: z.string(), test: z.enum(['any', 'none']), values: words });
const level = z.strictObject({
  level: z.string(),
  meaning: z.string().nullable(),
  grade: z.string().nullable(),
  months: z.number().nullable(),
});
const example = z.array(z.strictObject({ fact: z.string(), values: words }));

export const schemeTable = z
  .strictObject({
    scheme: ref,
    version: z.int(),
    inForce: z.int().nullable(),
    hits: z.enum(['first', 'severest', 'one']),
    levels: z.array(level),
    rows: z.array(
      z.strictObject({
        row: z.string(),
        level: z.string(),
        because: z.string().nullable(),
        when: z.array(condition),
      }),
    ),
    asked: words,
    facts: z.array(fact),
    questions: z.array(z.strictObject({ id: z.string(), key: z.string(), ask: z.string(), answers: words })),
    findings: z.strictObject({
      tried: z.int().nullable(),
      holes: z.strictObject({ count: z.int(), examples: z.array(example) }),
      overlaps: z.array(
        z.strictObject({
          rows: z.tuple([z.string(), z.string()]),
          decides: z.string().nullable(),
          example,
        }),
      ),
      idle: words,
      unreached: words,
    }),
  })
  .meta({ id: 'SchemeTable' }) satisfies z.ZodType<SchemeTableWire>;

export const tierComparison = z
  .strictObject({
    scheme: ref,
    version: z.int(),
    inForce: z.int().nullable(),
    looked: z.int(),
    changed: z.array(
      z.strictObject({
        record: ref,
        before: z.string().nullable(),
        after: z.string().nullable(),
        open,
        asked: words,
      }),
    ),
  })
  .meta({ id: 'TierComparison' }) satisfies z.ZodType<TierComparisonWire>;

const classOfUse = z
  .strictObject({
    record: ref,
    outcome: z.string().nullable(),
    stated: z.string().nullable(),
    prohibitedFrom: z.string().nullable(),
    signedOff: z.boolean(),
    on: z.string().nullable(),
    givenBy: z.string().nullable(),
    validatedOn: z.string().nullable(),
    due: z.string().nullable(),
    waits: z.string().nullable(),
    over: z.boolean(),
    levelGone: z.boolean(),
    takenBack: z
      .strictObject({
        said: z.string().nullable(),
        signedOff: z.boolean(),
        by: z.string().nullable(),
        on: day,
        reason: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ClassOfUse' }) satisfies z.ZodType<ClassOfUseWire>;

const tier = z
  .strictObject({
    level: z.strictObject({ level: z.string(), meaning: z.string().nullable() }).nullable(),
    atLeast: z.string().nullable(),
    open,
    needed: words,
    known: z.array(z.strictObject({ label: z.string(), values: words })),
    questions: z.array(
      z.strictObject({
        id: z.string(),
        ask: z.string(),
        values: z.array(labelled),
        answer: z.string().nullable(),
        needed: z.boolean(),
      }),
    ),
    fits: z.array(z.strictObject({ row: z.string(), level: z.string(), because: z.string().nullable() })),
    differs: z.boolean(),
  })
  .meta({ id: 'TierOfUse' }) satisfies z.ZodType<TierOfUseWire>;

export const useClasses = z
  .strictObject({
    useCase: ref,
    system: ref.nullable(),
    schemes: z.array(
      z.strictObject({
        method: z.enum(['law', 'table', 'given']),
        scheme: ref.nullable(),
        name: z.string(),
        version: z.int().nullable(),
        askedWhere: words,
        asked: z.enum(['yes', 'no', 'open']),
        classes: z.array(classOfUse),
        withdrawn: z.array(classOfUse),
        apart: z.boolean(),
        tier: tier.nullable(),
      }),
    ),
    loose: z.array(classOfUse),
    stated: z.array(z.strictObject({ scheme: z.string(), value: z.string() })),
  })
  .meta({ id: 'UseClasses' }) satisfies z.ZodType<UseClassesWire>;

export const dueClasses = z
  .strictObject({
    today: day,
    of: z.int(),
    over: z.int(),
    undated: z.int(),
    rows: z.array(
      z.strictObject({
        record: ref,
        scheme: z.string(),
        owner: z.string().nullable(),
        due: z.string(),
        over: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'DueClasses' }) satisfies z.ZodType<DueClassesWire>;
