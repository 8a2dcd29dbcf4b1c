import { z } from 'zod';
import { authorityLevels, autonomyLevels, gateTypes, treatmentOptions } from '../vocabulary.ts';
import {
  aiObjectives,
  changeTypes,
  impactSeverities,
  individualDimensions,
  reaches,
  reversibilities,
  riskSources,
  societalDimensions,
} from '../vocabulary-assessment.ts';
import {
  authorityDimension,
  fileMeta,
  id,
  ids,
  internalRole,
  lifeCycleStage,
  organisationRole,
  requirementSource,
  text,
  texts,
  weight,
} from './common.ts';
import { calendar, retention, sampling } from './domain-model-practice.ts';

const basis = text;
const note = text;
const named = { id, name: text };

const organisationRoles = z.strictObject({
  basis,
  note,
  roles: z.array(
    z.strictObject({
      ...named,
      id: organisationRole,
      sub_roles: texts,
      description: text,
      eu_ai_act_hint: ids,
      caution: text.optional(),
    }),
  ),
});

const internalRoles = z.strictObject({
  basis,
  roles: z.array(z.strictObject({ ...named, id: internalRole, duty: text })),
  separation_of_duties: z.array(z.strictObject({ rule: text, basis: text })),
});

const requirementSources = z.strictObject({
  basis,
  rule: text,
  sources: z.array(
    z.strictObject({
      ...named,
      id: requirementSource,
      meaning: text,
      off_when: text,
      worst: weight,
      note: text.optional(),
    }),
  ),
});

const autonomy = z.strictObject({
  basis,
  note,
  levels: z.array(
    z.strictObject({
      ...named,
      id: z.enum(autonomyLevels),
      order: z.int(),
      meaning: text,
      human_part: text,
      ask: text,
    }),
  ),
});

/** Who may decide what up to which level (5.3, 6.1.3, 8.3). */
const authority = z.strictObject({
  basis,
  model: text,
  levels: z.array(z.enum(authorityLevels)),
  dimensions: z.array(z.strictObject({ ...named, id: authorityDimension, record: id })),
  default_table: z.array(
    z.strictObject({
      dimension: authorityDimension,
      low: internalRole,
      moderate: internalRole,
      high: internalRole,
      severe: internalRole,
    }),
  ),
  rules: texts,
});

const lifeCycle = z.strictObject({
  basis,
  note,
  stages: z.array(
    z.strictObject({
      ...named,
      id: lifeCycleStage,
      order: z.int(),
      description: text,
      gate: z.enum(gateTypes).nullable(),
      controls: ids,
      optional: z.boolean().optional(),
    }),
  ),
});

const changeTriggers = z.strictObject({
  basis,
  note,
  triggers: z.array(
    z.strictObject({
      ...named,
      source: id.nullable(),
      reopen: ids.min(1),
      severity: z.enum(['high', 'medium', 'low']),
      note: text.optional(),
    }),
  ),
});

const typesOfChange = z.strictObject({
  basis,
  rule: text,
  types: z.array(z.strictObject({ ...named, id: z.enum(changeTypes), touches: ids.min(1) })),
});

const asked = <const W extends readonly string[]>(words: W) =>
  z.array(z.strictObject({ ...named, id: z.enum(words), ask: text }));

/** Whom and what an impact assessment looks at (A.5.2, A.5.4, A.5.5). */
const impactDimensions = z.strictObject({
  basis,
  general_consequences: z.array(z.strictObject({ ...named, applies: z.enum(['individuals', 'societal']) })),
  individuals_and_groups: z.strictObject({
    control: id,
    dimensions: asked(individualDimensions),
    groups_needing_care: texts,
  }),
  societal: z.strictObject({ control: id, polarity: text, dimensions: asked(societalDimensions) }),
  scales_hint: z.strictObject({
    severity: z.array(z.enum(impactSeverities)),
    reversibility: z.array(z.enum(reversibilities)),
    reach: z.array(z.enum(reaches)),
    note,
  }),
});

const annexC = <const W extends readonly string[]>(words: W) =>
  z.array(z.strictObject({ ...named, id: z.enum(words), ref: id, description: text }));

export const domainModel = z.strictObject({
  meta: z.strictObject({ ...fileMeta('domain-model'), purpose: text, cross_checked_in: ids }),
  organisation_roles: organisationRoles,
  internal_roles: internalRoles,
  requirement_sources: requirementSources,
  autonomy_levels: autonomy,
  authority,
  life_cycle_stages: lifeCycle,
  change_triggers: changeTriggers,
  change_types: typesOfChange,
  impact_dimensions: impactDimensions,
  objectives_annex_c: z.strictObject({ basis, objectives: annexC(aiObjectives) }),
  risk_sources_annex_c: z.strictObject({ basis, sources: annexC(riskSources) }),
  risk_treatment_options: z.strictObject({ basis, options: z.array(z.enum(treatmentOptions)) }),
  organisation_kpis: z.array(z.strictObject({ ...named, source: id, note: text.optional() })),
  sampling,
  retention,
  calendar,
  escalation_path_fields: ids,
  committee_members: texts,
});
