import { expect, test } from 'vitest';
import { loadCatalogue } from './load.ts';
import * as vocabulary from './vocabulary.ts';

const { model, stations, crosswalk, nistAiRmf, iso42001 } = loadCatalogue();
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
