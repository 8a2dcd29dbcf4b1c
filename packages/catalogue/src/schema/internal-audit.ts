import { z } from 'zod';
import { duration, fileMeta, id, ids, requirementSource, text, texts, weight } from './common.ts';

const clauseText = z.array(z.strictObject({ id, clause: id, text }));

const field = z.strictObject({
  id,
  type: id,
  required: z.boolean(),
  rule: text.optional(),
  privacy: z.literal('working_paper').optional(),
});

export const internalAudit = z.strictObject({
  meta: z.strictObject({ ...fileMeta('internal-audit'), clause: id, cross_checked_in: ids }),
  what_it_must_establish: clauseText,
  programme_requirements: clauseText,
  cadence_default: z.strictObject({
    every: duration,
    before: id,
    source: id,
    requirement_source: requirementSource,
    note: text,
  }),
  programme_fields: ids,
  audit_fields: z.array(field),
  independence: z.array(z.strictObject({ id, rule: text, basis: text })),
  working_paper_privacy: texts,
  auditee_agreement: texts,
  finding_grades: z.array(
    z.strictObject({
      id: weight,
      name: text,
      meaning: text,
      creates: id,
      counts_as_nonconformity: z.boolean(),
    }),
  ),
  grade_rules: texts,
  after_the_audit: z.strictObject({ correction: text, corrective_action: text, improvement: text }),
  coverage_rules: texts,
  checklist_source: z.record(z.string(), id),
});
