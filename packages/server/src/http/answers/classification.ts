import type {
  ClassifiedWire,
  InterviewWire,
  ListedObligationWire,
  ManyClassifiedWire,
  QuestionWire,
} from '@throughline/domain/wire-classification.ts';
import type { PlannedDutyWire, RegisterWire } from '@throughline/domain/wire-register.ts';
import { z } from 'zod';
import { day, ref } from './common.ts';

/** Shapes of the interview's answers, for the contract alone; see common.ts. */
const answer = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
const named = z.array(z.strictObject({ id: z.string(), label: z.string() }));

const question = z
  .strictObject({
    fact: z.string(),
    group: z.string(),
    level: z.string(),
    type: z.enum(['bool', 'enum', 'multi', 'date', 'number']),
    article: z.string().nullable(),
    ask: z.string(),
    help: z.string().nullable(),
    example: z.string().nullable(),
    values: z.array(z.strictObject({ id: z.string(), label: z.string().nullable() })),
  })
  .meta({ id: 'Question' }) satisfies z.ZodType<QuestionWire>;

const obligation = z
  .strictObject({
    id: z.string(),
    article: z.string(),
    title: z.string(),
    summary: z.string(),
    status: z.enum(['applies', 'upcoming', 'dormant', 'open']),
    from: day.nullable(),
    formalFrom: day.nullable(),
    because: z.string().nullable(),
    dischargedBy: z.array(z.string()),
    carveOut: z.string().nullable(),
  })
  .meta({ id: 'ListedObligation' }) satisfies z.ZodType<ListedObligationWire>;

export const classified = z
  .strictObject({
    ruleSet: z.string(),
    on: day,
    status: z.enum(['final', 'undetermined', 'contradiction']),
    outcomes: named,
    prohibitedFrom: day.nullable(),
    atLeast: named,
    alerts: named,
    needed: z.array(z.string()),
    idle: z.array(z.string()),
    contradictions: z.array(z.strictObject({ id: z.string(), says: z.string(), facts: z.array(z.string()) })),
    path: z.array(
      z.strictObject({
        rule: z.string(),
        article: z.string(),
        truth: z.boolean().nullable(),
        set: z.array(z.string()),
        note: z.string().nullable(),
      }),
    ),
    obligations: z.array(obligation),
  })
  .meta({ id: 'Classified' }) satisfies z.ZodType<ClassifiedWire>;

export const manyClassified = z
  .strictObject({
    questions: z.array(question),
    shared: classified,
    rows: z.array(
      z.strictObject({
        useCase: ref,
        classification: ref.nullable(),
        status: z.enum(['final', 'undetermined', 'contradiction']).nullable(),
        outcomes: named,
        left: z.int(),
        otherwise: z.array(z.string()),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ManyClassified' }) satisfies z.ZodType<ManyClassifiedWire>;

export const interview = z
  .strictObject({
    classification: ref,
    useCase: ref.nullable(),
    version: z.int(),
    questions: z.array(question),
    answers: z.record(z.string(), answer),
    notes: z.record(z.string(), z.string()),
    known: z.array(z.strictObject({ fact: z.string(), answer, from: ref })),
    elsewhere: z.array(z.strictObject({ fact: z.string(), answer, from: ref })),
    unread: z.array(z.strictObject({ fact: z.string(), text: z.string() })),
    result: classified,
    keptRuleSet: z.string().nullable(),
    classifiedOn: z.string().nullable(),
    differs: z.boolean(),
  })
  .meta({ id: 'Interview' }) satisfies z.ZodType<InterviewWire>;

const plannedDuty = z
  .strictObject({
    item: z.string(),
    article: z.string(),
    title: z.string(),
    does: z.enum(['add', 'move', 'stand', 'hold']),
    from: day.nullable(),
    because: z.string().nullable(),
    record: ref.nullable(),
    before: z.string().nullable(),
    dischargedBy: z.array(z.string()),
  })
  .meta({ id: 'PlannedDuty' }) satisfies z.ZodType<PlannedDutyWire>;

export const register = z
  .strictObject({
    notYet: z.string().nullable(),
    duties: z.array(plannedDuty),
    fellAway: z.array(z.strictObject({ item: z.string(), record: ref })),
  })
  .meta({ id: 'Register' }) satisfies z.ZodType<RegisterWire>;
