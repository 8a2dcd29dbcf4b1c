import { z } from 'zod';
import { fieldHelp, fileMeta, id, ids, internalRole, text, texts } from './common.ts';

const nature = z.enum(['document', 'record']);

/** Software computes a rule; a judgement is answered, signed and dated by a person. */
const check = z.union([z.strictObject({ rule: text }), z.strictObject({ judgement: text })]);
const review = z.strictObject({ every_months: z.int().positive() });

/** A record holds only when computed from work; a document has no such condition. */
const holdsForRecords = (item: { nature: string; holds_when?: string | undefined }) =>
  (item.nature === 'record') === (item.holds_when !== undefined);
const holdsMessage = 'holds_when belongs to items of nature record, and each of those has one';

const mandatory = z
  .strictObject({
    id,
    title: text,
    clause: id,
    also: ids.optional(),
    nature,
    holds_when: text.optional(),
    generated_from: ids.optional(),
    auditor_check: z.array(check).min(1),
    owner_role: internalRole,
    review,
    triggers: ids,
    records: ids,
  })
  .refine(holdsForRecords, holdsMessage);

const supporting = z
  .strictObject({
    id,
    title: text,
    category: id,
    controls: ids,
    nature,
    holds_when: text.optional(),
    generated_from: ids.optional(),
    auditor_check: z.array(check).min(1),
    owner_role: internalRole,
    review,
    records: ids,
  })
  .refine(holdsForRecords, holdsMessage);

const additional = z
  .strictObject({
    id,
    title: text,
    clause: id,
    nature,
    holds_when: text.optional(),
    generated_from: ids.optional(),
    sources: ids,
    records: ids,
    note: text,
  })
  .refine(holdsForRecords, holdsMessage);

const readinessGate = z.strictObject({
  source: id,
  per_item_checks: z.array(
    z.strictObject({
      id,
      nature: z.enum(['document', 'record', 'both']),
      rule: text.optional(),
      judgement: text.optional(),
    }),
  ),
  trace_walk: z.strictObject({
    target_seconds: z.int(),
    pick: text,
    path: z.array(z.strictObject({ step: z.int(), from: id, to: id, meaning: text })),
    recorded_as: id,
  }),
  frequent_failures: texts,
});

export const mandatoryDocuments = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('mandatory-documents'),
    basis: ids,
    cross_checked_in: ids,
    counts: z.strictObject({ mandatory: z.int(), supporting: z.int(), additional: z.int() }),
    field_help: fieldHelp,
    notes: texts,
  }),
  readiness_gate: readinessGate,
  mandatory: z.array(mandatory),
  supporting: z.array(supporting),
  additional: z.array(additional),
});
