import type { Catalogue } from './types.ts';

/** One word of a vocabulary with the name people read. */
export type NamedWord = { readonly id: string; readonly name: string };

/** Where the names of each vocabulary stand in the data. */
const vocabularies = {
  stations: (c) => c.stations.stations,
  requirementSources: (c) => c.model.requirement_sources.sources,
  lifeCycleStages: (c) => c.model.life_cycle_stages.stages,
  autonomyLevels: (c) => c.model.autonomy_levels.levels,
  authorityDimensions: (c) => c.model.authority.dimensions,
  organisationRoles: (c) => c.model.organisation_roles.roles,
  internalRoles: (c) => c.model.internal_roles.roles,
  changeTriggers: (c) => c.model.change_triggers.triggers,
  changeTypes: (c) => c.model.change_types.types,
  individualDimensions: (c) => c.model.impact_dimensions.individuals_and_groups.dimensions,
  societalDimensions: (c) => c.model.impact_dimensions.societal.dimensions,
  aiObjectives: (c) => c.model.objectives_annex_c.objectives,
  riskSources: (c) => c.model.risk_sources_annex_c.sources,
  outsidePopulations: (c) => c.model.sampling.outside_populations,
  samplingMethods: (c) => c.model.sampling.methods,
  calendar: (c) => c.model.calendar.entries,
  findingGrades: (c) => c.internalAudit.finding_grades,
} as const satisfies Record<string, (catalogue: Catalogue) => readonly NamedWord[]>;

export type VocabularyName = keyof typeof vocabularies;

/** The words of a vocabulary in their order, for choices in forms and filters. */
export const namedWords = (catalogue: Catalogue, vocabulary: VocabularyName): readonly NamedWord[] =>
  vocabularies[vocabulary](catalogue).map(({ id, name }) => ({ id, name }));

/** The name of one word; undefined for a word the vocabulary does not hold. */
export const nameOf = (catalogue: Catalogue, vocabulary: VocabularyName, id: string): string | undefined =>
  vocabularies[vocabulary](catalogue).find((word: NamedWord) => word.id === id)?.name;
