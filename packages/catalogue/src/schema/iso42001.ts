import { z } from 'zod';
import {
  documented,
  fieldHelp,
  fileMeta,
  id,
  ids,
  lifeCycleStage,
  organisationRole,
  scope,
  text,
  texts,
} from './common.ts';

const meta = z.strictObject({
  ...fileMeta('iso42001'),
  standard: text,
  european_adoption: text,
  language_policy: text,
  cross_checked_in: ids,
  counts: z.strictObject({
    clauses_leaf: z.int(),
    annex_a_topic_areas: z.int(),
    annex_a_control_objectives: z.int(),
    annex_a_controls: z.int(),
    controls_per_topic: z.record(z.string(), z.int()),
  }),
  count_notes: texts,
  /** Where published lists disagree on a short title: the title used here is one of the two. */
  title_variants: z.array(z.strictObject({ id, variant_a: text, variant_b: text, note: text })),
  annexes: z.array(z.strictObject({ id, nature: text, subject: text, note: text.optional() })),
  field_help: fieldHelp,
});

const heading = z.strictObject({ id, parent: id.optional(), title: text, level: z.literal('heading') });

/** A decision that a clause asks for by name, with the kind that holds it. */
const clauseDecision = z.strictObject({
  id,
  question: text,
  options: ids,
  reason: text,
  held_in: id,
  decided_by: id,
  review: text,
  note: text,
});

const leafClause = z.strictObject({
  id,
  parent: id,
  title: text,
  level: z.undefined().optional(),
  summary: text,
  evidence: texts,
  records: ids,
  decisions: z.array(clauseDecision).optional(),
  evidence_scope: scope,
  documented,
  documents: ids,
});

const topic = z.strictObject({
  id,
  title: text,
  guidance: id,
  subtopics: z.array(z.strictObject({ id, title: text })).optional(),
  objectives: z.array(z.strictObject({ id, summary: text })).min(1),
  controls: ids,
});

const control = z.strictObject({
  id,
  topic: id,
  objective: id.optional(),
  title: text,
  summary: text,
  evidence: texts,
  actions: texts.min(2).max(4),
  records: ids,
  documents: ids,
  documented,
  evidence_scope: scope,
  typical_roles: z.array(organisationRole),
  role_notes: z.partialRecord(organisationRole, text).optional(),
  caution: text.optional(),
  lifecycle: z.array(lifeCycleStage),
});

export const iso42001 = z.strictObject({
  meta,
  clauses: z.array(z.union([heading, leafClause])),
  annex_a: z.strictObject({ topics: z.array(topic), controls: z.array(control) }),
});
