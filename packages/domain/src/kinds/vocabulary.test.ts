import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { stationIds, verdicts } from '@throughline/catalogue/vocabulary.ts';
import { expect, test } from 'vitest';
import { registry } from './all.ts';
import type { Option } from './fields.ts';
import { objectiveOptions, riskSourceOptions, treatmentOptionChoices } from './vocabulary/annex-c.ts';
import { groupsNeedingCare, individualDimensions, societalDimensions } from './vocabulary/impact.ts';
import { autonomyOptions } from './vocabulary/inventory.ts';
import { bindingSourceOptions, lawOutcomes, requirementSourceOptions } from './vocabulary/law.ts';
import { internalRoleOptions, organisationRoleOptions, stageOptions } from './vocabulary/roles.ts';
import { effects, levels, reaches, reversibilities, severities } from './vocabulary/scales.ts';
import { lifeCycleStates, options } from './vocabulary.ts';

const catalogue = loadCatalogue();
const model = catalogue.model;
const kebab = (id: string) => id.replaceAll('_', '-').replaceAll(' ', '-');
const ids = (list: readonly Option[]) => list.map((option) => option.id);
const kebabIds = (list: readonly { readonly id: string }[]) => list.map((item) => kebab(item.id));
const optionsOf = (kind: string, field: string, cell?: string): string[] => {
  const found = registry.get(kind).fields[field];
  const part = cell && found?.type === 'rows' ? found.columns[cell] : found;
  return part && 'options' in part ? ids(part.options) : [];
};

test('options keep the order in which they are written', () => {
  expect(options({ b: 'B', a: 'A' })).toEqual([
    { id: 'b', label: 'B' },
    { id: 'a', label: 'A' },
  ]);
});

test.each([
  ['roles of the organisation', organisationRoleOptions, model.organisation_roles.roles],
  ['internal roles', internalRoleOptions, model.internal_roles.roles],
  ['life-cycle stages', stageOptions, model.life_cycle_stages.stages],
  ['autonomy levels', autonomyOptions, model.autonomy_levels.levels],
  ['Annex C objectives', objectiveOptions, model.objectives_annex_c.objectives],
  ['Annex C risk sources', riskSourceOptions, model.risk_sources_annex_c.sources],
  ['sources of requirements', requirementSourceOptions, model.requirement_sources.sources],
  ['dimensions of persons', individualDimensions, model.impact_dimensions.individuals_and_groups.dimensions],
  ['dimensions of society', societalDimensions, model.impact_dimensions.societal.dimensions],
  ['outcomes in law', lawOutcomes, catalogue.euAiAct.outcomes],
] as const)('%s are those of the catalogue, in its order', (_, list, items) => {
  expect(ids(list)).toEqual(kebabIds(items));
});

test('scales are those of the catalogue', () => {
  expect(ids(levels)).toEqual(model.authority.levels);
  const hint = model.impact_dimensions.scales_hint;
  expect(ids(severities)).toEqual(hint.severity);
  expect(ids(reversibilities)).toEqual(hint.reversibility.map(kebab));
  expect(ids(reaches)).toEqual(hint.reach.map(kebab));
  expect(ids(treatmentOptionChoices)).toEqual(model.risk_treatment_options.options.map(kebab));
  expect(ids(groupsNeedingCare)).toEqual(
    model.impact_dimensions.individuals_and_groups.groups_needing_care.map(kebab),
  );
});

test('the states of a system are the stages, and live is what runs', () => {
  expect(Object.keys(lifeCycleStates.states)).toEqual(ids(stageOptions));
  const live = Object.entries(lifeCycleStates.states).filter(([, state]) => state.live);
  expect(live.map(([id]) => id)).toEqual(['operation-monitoring', 'continuous-validation', 're-evaluation']);
});

test('states, transitions and lists of a nonconformity are those of the catalogue', () => {
  const { states, transitions, fields } = catalogue.nonconformity;
  const { lifecycle } = registry.get('nonconformity');
  expect(Object.keys(lifecycle.states).sort()).toEqual(states.map(kebab).sort());
  const ways = Object.values(lifecycle.transitions).flatMap((t) => t.from.map((from) => `${from} > ${t.to}`));
  for (const { from, to } of transitions) expect(ways).toContain(`${kebab(from)} > ${kebab(to)}`);
  // Two ways more than the catalogue: what was closed or rejected, and turns out otherwise, is taken up again.
  expect(ways).toHaveLength(transitions.length + 2);
  const values = (id: string) => (fields.find((field) => field.id === id)?.values ?? []).map(kebab);
  expect(optionsOf('nonconformity', 'source')).toEqual(values('source'));
  expect(optionsOf('nonconformity', 'grade')).toEqual(values('grade'));
  expect(optionsOf('nonconformity', 'agreedByOwner')).toEqual(values('agreed_by_owner'));
  expect(optionsOf('nonconformity', 'rootCauseMethod')).toEqual(values('root_cause_method'));
  expect(ids(effects)).toEqual(values('effectiveness_verdict'));
  expect(ids(bindingSourceOptions)).toEqual(values('requirement_source'));
});

test('grades of findings, gate types and populations are those of the catalogue', () => {
  expect(optionsOf('finding', 'grade')).toEqual(kebabIds(catalogue.internalAudit.finding_grades));
  const gates = model.life_cycle_stages.stages.flatMap((stage) => (stage.gate ? [kebab(stage.gate)] : []));
  expect(optionsOf('gate', 'type')).toEqual(gates);
  const populations = optionsOf('walk', 'population');
  for (const { id } of model.sampling.outside_populations) expect(populations).toContain(kebab(id));
  expect(populations).toContain('register');
  expect(optionsOf('walk', 'method')).toEqual(kebabIds(model.sampling.methods));
  expect(optionsOf('audit', 'method')).toEqual(kebabIds(model.sampling.methods));
});

test('a walk records stations and verdicts in the words of the line', () => {
  expect(optionsOf('walk', 'stations', 'station')).toEqual([...stationIds]);
  expect(optionsOf('walk', 'stations', 'verdict').sort()).toEqual([...verdicts].sort());
});

test('an outcome in law is called by one label, in the interview as on the record', () => {
  const called = (options: readonly { id: string; label: string }[]) =>
    options.map(({ id, label }) => `${id.replaceAll('_', '-')}: ${label}`).sort();
  expect(called(catalogue.euAiAct.outcomes)).toEqual(called(lawOutcomes));
});
