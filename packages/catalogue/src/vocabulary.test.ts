import { expect, test } from 'vitest';
import { loadCatalogue } from './load.ts';
import { namedWords, nameOf } from './names.ts';
import * as vocabulary from './vocabulary.ts';
import * as assessment from './vocabulary-assessment.ts';

const catalogue = loadCatalogue();
const { model, stations, crosswalk, nistAiRmf, iso42001, nonconformity } = catalogue;
const { individuals_and_groups, societal, scales_hint } = model.impact_dimensions;
const idsOf = (items: readonly { readonly id: string }[]) => items.map((item) => item.id);

test.each<[string, readonly string[], readonly string[]]>([
  ['stations', vocabulary.stationIds, idsOf(stations.stations)],
  ['verdicts', vocabulary.verdicts, Object.keys(stations.meta.verdicts)],
  ['requirement sources', vocabulary.requirementSources, idsOf(model.requirement_sources.sources)],
  ['life-cycle stages', vocabulary.lifeCycleStages, idsOf(model.life_cycle_stages.stages)],
  ['autonomy levels', vocabulary.autonomyLevels, idsOf(model.autonomy_levels.levels)],
  ['authority levels', vocabulary.authorityLevels, model.authority.levels],
  ['authority dimensions', vocabulary.authorityDimensions, idsOf(model.authority.dimensions)],
  ['organisation roles', vocabulary.organisationRoles, idsOf(model.organisation_roles.roles)],
  ['internal roles', vocabulary.internalRoles, idsOf(model.internal_roles.roles)],
  ['treatment options', vocabulary.treatmentOptions, model.risk_treatment_options.options],
  ['crosswalk relations', vocabulary.crosswalkRelations, Object.keys(crosswalk.meta.relations)],
  ['AI objectives', assessment.aiObjectives, idsOf(model.objectives_annex_c.objectives)],
  ['risk sources', assessment.riskSources, idsOf(model.risk_sources_annex_c.sources)],
  ['dimensions of people', assessment.individualDimensions, idsOf(individuals_and_groups.dimensions)],
  ['dimensions of society', assessment.societalDimensions, idsOf(societal.dimensions)],
  ['severities', assessment.impactSeverities, scales_hint.severity],
  ['reversibilities', assessment.reversibilities, scales_hint.reversibility],
  ['reaches', assessment.reaches, scales_hint.reach],
  ['change types', assessment.changeTypes, idsOf(model.change_types.types)],
  ['sampling methods', assessment.samplingMethods, idsOf(model.sampling.methods)],
  ['states of a nonconformity', assessment.nonconformityStates, nonconformity.states],
  [
    'origins of a nonconformity',
    assessment.nonconformityOrigins,
    nonconformity.fields.find((f) => f.id === 'source')?.values ?? [],
  ],
  ['functions of the AI RMF', vocabulary.nistFunctions, idsOf(nistAiRmf.functions)],
])('%s in code are those of the data, in the same order', (_, inCode, inData) => {
  expect(inCode).toEqual(inData);
});

test('gates in code are those that stages end with', () => {
  const gates = model.life_cycle_stages.stages.flatMap((s) => s.gate ?? []);
  expect(vocabulary.gateTypes).toEqual(gates);
});

test('the default authority table covers every dimension once', () => {
  expect(model.authority.default_table.map((r) => r.dimension)).toEqual(vocabulary.authorityDimensions);
});

test('stages and autonomy levels count up from one', () => {
  for (const list of [model.life_cycle_stages.stages, model.autonomy_levels.levels]) {
    expect(list.map((item) => item.order)).toEqual(list.map((_, i) => i + 1));
  }
});

test('degrees of writing and scopes are all in use', () => {
  const { controls } = iso42001.annex_a;
  const used = new Set([
    ...controls.map((c) => c.documented),
    ...iso42001.clauses.flatMap((c) => (c.level === 'heading' ? [] : c.documented)),
  ]);
  expect(used).toEqual(new Set(vocabulary.documentedDegrees));
  expect(new Set(controls.map((c) => c.evidence_scope))).toEqual(new Set(vocabulary.scopes));
});

test('words come with the names people read, in the order of the data', () => {
  expect(namedWords(catalogue, 'autonomyLevels')).toEqual([
    { id: 'perception', name: 'Perception' },
    { id: 'recommendation', name: 'Recommendation' },
    { id: 'decision', name: 'Decision' },
    { id: 'action', name: 'Action' },
  ]);
  expect(nameOf(catalogue, 'lifeCycleStages', 'operation_monitoring')).toBe('Operation and monitoring');
  expect(nameOf(catalogue, 'lifeCycleStages', 'sunset')).toBeUndefined();
});

test('every state of a nonconformity can be reached from open', () => {
  const reached = new Set<string>(['open']);
  for (const _ of nonconformity.states) {
    for (const { from, to } of nonconformity.transitions) if (reached.has(from)) reached.add(to);
  }
  expect(reached).toEqual(new Set(assessment.nonconformityStates));
});
