import { gateTypes } from '@throughline/domain/gates/stages.ts';
import { z } from 'zod';
import { ref } from './common.ts';
import { action, sentence } from './line.ts';

/** Shapes of answers on gates, for the contract alone; see common.ts. */
const finding = z.enum(['met', 'not-met', 'undetermined', 'does-not-apply', 'person']);
const type = z.enum(gateTypes);
const criterion = z
  .strictObject({
    key: z.string(),
    text: z.string(),
    source: z.enum(['standard', 'law', 'contract', 'house', 'advice']),
    from: z.strictObject({
      type: z.enum(['line', 'catalogue', 'organisation']),
      refs: z.array(z.strictObject({ id: z.string(), title: z.string() })),
      document: ref.nullable(),
    }),
    finding,
    says: z.array(sentence),
    records: z.array(ref),
    action: action.nullable(),
    row: z
      .strictObject({
        finding: finding.nullable(),
        seen: z.string().nullable(),
        answer: z.enum(['met', 'not-met', 'not-applicable']).nullable(),
        checked: z.string().nullable(),
        answerToMiss: z.string().nullable(),
        missOwner: z.string().nullable(),
        missBy: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'GateCriterion' });
const standing = { stands: z.boolean(), fallen: z.array(ref) };
const exception = z.strictObject({
  type: z.enum(['emergency', 'retrospective']),
  until: z.string(),
  over: z.boolean(),
  gate: ref,
  ...standing,
});

const condition = z
  .strictObject({
    gate: ref,
    criterion: z.string(),
    what: z.string(),
    owner: z.string().nullable(),
    by: z.string().nullable(),
    fulfilledOn: z.string().nullable(),
    how: z.string(),
    over: z.boolean(),
    people: z.array(z.string()),
    action: action.nullable(),
  })
  .meta({ id: 'GateCondition' });

export const gateSheet = z
  .strictObject({
    gate: ref,
    version: z.int(),
    type,
    system: ref,
    criteria: z.array(criterion),
    current: z.boolean(),
    obstacles: z.array(z.string()),
    standing: z.strictObject(standing).nullable(),
    exception: exception.nullable(),
    entered: z
      .strictObject({ decidedOn: z.string(), recordedOn: z.string(), broughtIn: z.boolean() })
      .nullable(),
  })
  .meta({ id: 'GateSheet' });

export const systemGates = z
  .strictObject({
    system: ref,
    stage: z.string(),
    stages: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    next: z
      .strictObject({
        type,
        label: z.string(),
        asked: ref.nullable(),
        open: ref.nullable(),
        criteria: z.array(criterion),
      })
      .nullable(),
    passed: z.array(z.strictObject({ gate: ref, type: z.string(), ...standing })),
    exceptions: z.array(exception),
    conditions: z.array(condition),
  })
  .meta({ id: 'SystemGates' });

export const gateExceptions = z
  .strictObject({
    overdue: z.int(),
    items: z.array(
      z.strictObject({
        ...{ gate: ref, system: ref, stage: z.string(), type: z.enum(['emergency', 'retrospective']) },
        ...{ reason: z.string().nullable(), missing: z.string().nullable() },
        ...{ decidedBy: z.string().nullable(), decidedOn: z.string().nullable() },
        ...{ until: z.string(), over: z.boolean(), ...standing },
      }),
    ),
  })
  .meta({ id: 'GateExceptions' });
