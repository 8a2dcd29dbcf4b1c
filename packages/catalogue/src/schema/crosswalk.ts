import { z } from 'zod';
import { crosswalkRelations } from '../vocabulary.ts';
import { fileMeta, id, ids, text, texts } from './common.ts';

/** Reads from ISO/IEC 42001 (`from`) to the other framework (`to`); only suggests reuse of evidence. */
const row = z.strictObject({
  id,
  from: id,
  to: id,
  relation: z.enum(crosswalkRelations),
  basis: ids.min(1),
  confidence: z.enum(['high', 'medium', 'low']),
  note: text.optional(),
  /** The id as the source prints it, where it differs. */
  source_ref: id.optional(),
  /** How much of the evidence one management system can take from the other. */
  shareable: z.enum(['full', 'partial']).optional(),
});

const candidates = z.strictObject({ note: text, pairs: z.array(z.array(text).min(2).max(3)) });

export const crosswalk = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('crosswalk'),
    direction: text,
    relation_model: text,
    relations: z.record(z.enum(crosswalkRelations), text),
    confidence_rule: text,
    use_rule: text,
    warnings: texts,
  }),
  iso42001_to_nist_ai_rmf: z.array(row),
  iso42001_to_eu_ai_act: z.array(row),
  rejected_eu_ai_act: z.array(z.strictObject({ from: text, to: text, claimed_by: ids, reason: text })),
  candidates_without_source_eu_ai_act: candidates,
  no_counterpart_in_iso42001: texts,
  iso42001_to_iso27001: z.array(row),
  no_counterpart_in_iso27001: ids,
  candidates_without_source_iso27001: candidates,
});
