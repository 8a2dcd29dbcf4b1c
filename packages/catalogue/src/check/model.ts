import type { FileKey } from '../schema/files.ts';
import type { Catalogue } from '../types.ts';
import { type Reference, refer } from './targets.ts';

function domainModel({ model }: Catalogue): Reference[] {
  const { impact_dimensions: impact } = model;
  return [
    ...refer('meta.cross_checked_in', model.meta.cross_checked_in, 'source'),
    ...model.organisation_roles.roles.flatMap((r) =>
      refer(`organisation_roles.${r.id}.eu_ai_act_hint`, r.eu_ai_act_hint, 'lawRole'),
    ),
    ...model.authority.dimensions.flatMap((d) => refer(`authority.dimensions.${d.id}`, d.record, 'kind')),
    ...model.life_cycle_stages.stages.flatMap((s) =>
      refer(`life_cycle_stages.${s.id}.controls`, s.controls, 'control'),
    ),
    ...model.change_triggers.triggers.flatMap((t) => [
      ...refer(`change_triggers.${t.id}.source`, t.source, 'source'),
      ...refer(`change_triggers.${t.id}.reopen`, t.reopen, 'kind'),
    ]),
    ...model.change_types.types.flatMap((t) => refer(`change_types.${t.id}.touches`, t.touches, 'control')),
    ...refer(
      'impact_dimensions',
      [impact.individuals_and_groups.control, impact.societal.control],
      'control',
    ),
    ...model.organisation_kpis.flatMap((k) => refer(`organisation_kpis.${k.id}.source`, k.source, 'source')),
    ...model.retention.defaults.flatMap((r) => [
      ...refer(`retention.${r.id}.kinds`, r.kinds, 'kind'),
      ...refer(`retention.${r.id}.basis`, r.basis, 'source'),
    ]),
    ...model.calendar.entries.flatMap((e) => [
      ...refer(`calendar.${e.id}.source`, e.source, 'source'),
      ...refer(`calendar.${e.id}.extra_on`, e.extra_on, 'trigger'),
    ]),
  ];
}

function nonconformity({ nonconformity: file }: Catalogue): Reference[] {
  return [
    ...refer('meta.clause', file.meta.clause, 'leaf'),
    ...refer('meta.cross_checked_in', file.meta.cross_checked_in, 'source'),
    ...file.grades.flatMap((g) => refer(`grades.${g.id}.goes_to`, g.goes_to, 'kind')),
  ];
}

function internalAudit({ internalAudit: file }: Catalogue): Reference[] {
  return [
    ...refer('meta.clause', file.meta.clause, 'heading'),
    ...refer('meta.cross_checked_in', file.meta.cross_checked_in, 'source'),
    ...refer('cadence_default.source', file.cadence_default.source, 'source'),
    ...[...file.what_it_must_establish, ...file.programme_requirements].flatMap((item) =>
      refer(item.id, item.clause, 'leaf'),
    ),
    ...file.finding_grades.flatMap((g) => refer(`finding_grades.${g.id}.creates`, g.creates, 'kind')),
  ];
}

function managementReview({ managementReview: file }: Catalogue): Reference[] {
  return [
    ...refer('meta.clause', file.meta.clause, 'heading'),
    ...refer('meta.cross_checked_in', file.meta.cross_checked_in, 'source'),
    ...[...file.general, ...file.required_inputs, ...file.required_outputs].flatMap((item) =>
      refer(`${item.id}.clause`, item.clause, 'leaf'),
    ),
    ...[...file.required_inputs, ...file.recommended_inputs].flatMap((item) =>
      refer(`${item.id}.data_from`, item.data_from, 'kind'),
    ),
    ...[...file.required_outputs, ...file.source_outputs].flatMap((item) =>
      refer(`${item.id}.creates`, item.creates, 'kind'),
    ),
    ...file.source_outputs.flatMap((item) => refer(`${item.id}.source`, item.source, 'source')),
  ];
}

export const modelReferences: { readonly [K in FileKey]?: (catalogue: Catalogue) => Reference[] } = {
  model: domainModel,
  nonconformity,
  internalAudit,
  managementReview,
};
