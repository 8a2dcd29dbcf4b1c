import { type CatalogueIndex, indexOf, type ResolvedRef } from './lookup-index.ts';
import type {
  CalendarEntry,
  Catalogue,
  ChangeTrigger,
  Clause,
  Control,
  CrosswalkRow,
  DocumentItem,
  LeafClause,
  NistSubcategory,
  Obligation,
  OrganisationQuestion,
  RecordKind,
  RetentionDefault,
  Source,
  Station,
  StationRule,
} from './types.ts';
import type {
  AuthorityDimension,
  AuthorityLevel,
  InternalRole,
  RequirementSource,
  StationId,
  Weight,
} from './vocabulary.ts';

export type { RefType, ResolvedRef } from './lookup-index.ts';

/** A clause or heading of ISO/IEC 42001, `4` to `10.2`. */
export const clause = (catalogue: Catalogue, id: string): Clause | undefined =>
  indexOf(catalogue).clauses.get(id);

/** The 32 clauses that ask for something, in the order of the standard. */
export const leafClauses = (catalogue: Catalogue): readonly LeafClause[] => indexOf(catalogue).leafClauses;

/** A control of Annex A, `A.2.2` to `A.10.4`. */
export const control = (catalogue: Catalogue, id: string): Control | undefined =>
  indexOf(catalogue).controls.get(id);

/** An item of the mandatory set, a supporting or an additional one: `MD-01`, `SD-01`, `AD-01`. */
export const documentItem = (catalogue: Catalogue, id: string): DocumentItem | undefined =>
  indexOf(catalogue).documents.get(id);

/** A kind of record, `use-case`. */
export const recordKind = (catalogue: Catalogue, id: string): RecordKind | undefined =>
  indexOf(catalogue).kinds.get(id);

/** An obligation of the EU AI Act, `OB-26-2`. */
export const obligation = (catalogue: Catalogue, id: string): Obligation | undefined =>
  indexOf(catalogue).obligations.get(id);

/** A source the data was checked against, `S-DOC-003`. */
export const source = (catalogue: Catalogue, id: string): Source | undefined =>
  indexOf(catalogue).sources.get(id);

/** A subcategory of the NIST AI RMF, `GOVERN 1.1`. */
export const nistSubcategory = (catalogue: Catalogue, id: string): NistSubcategory | undefined =>
  indexOf(catalogue).nist.get(id);

/** A recommended rhythm, `impact_assessment`; it binds once the organisation adopts it. */
export const calendarEntry = (catalogue: Catalogue, id: string): CalendarEntry | undefined =>
  indexOf(catalogue).calendar.get(id);

/** What reopens work, `significant_system_change`. */
export const changeTrigger = (catalogue: Catalogue, id: string): ChangeTrigger | undefined =>
  indexOf(catalogue).triggers.get(id);

/** The organisation's question for a leaf clause or an organisation-level control. */
export const organisationQuestion = (catalogue: Catalogue, id: string): OrganisationQuestion | undefined =>
  indexOf(catalogue).questions.get(id);

/** One of the fifteen stations. Its id is a closed type, and the loader refuses data without it. */
export function station(catalogue: Catalogue, id: StationId): Station {
  const found = indexOf(catalogue).stations.get(id);
  if (found === undefined) throw new RangeError(`no station ${id}`);
  return found;
}

/** A rule of a station with the station it belongs to, `SC1`. */
export const stationRule = (
  catalogue: Catalogue,
  id: string,
): { readonly station: Station; readonly rule: StationRule } | undefined => indexOf(catalogue).rules.get(id);

/**
 * What an id in `refs`, `serves`, `clauses` or `basis` stands for, with the title a page shows beside it.
 * Undefined for an id the catalogue does not know, such as a control of the organisation's own.
 */
export const resolveRef = (catalogue: Catalogue, id: string): ResolvedRef | undefined =>
  indexOf(catalogue).refs.get(id);

/** Role that decides a dimension up to a level by default, until the organisation sets its own table (5.3). */
export function defaultAuthority(
  catalogue: Catalogue,
  dimension: AuthorityDimension,
  level: AuthorityLevel,
): InternalRole {
  const row = catalogue.model.authority.default_table.find((r) => r.dimension === dimension);
  if (row === undefined) throw new RangeError(`no default authority over ${dimension}`);
  return row[level];
}

/** Defaults that say how long records of a kind are kept; the longest duty that binds wins (7.5.3). */
export const retentionFor = (catalogue: Catalogue, kind: string): readonly RetentionDefault[] =>
  catalogue.model.retention.defaults.filter((entry) => entry.kinds.includes(kind));

/** Crosswalk rows that start at a clause or control, by framework, in the order of the data. */
export function crosswalkFrom(
  catalogue: Catalogue,
  id: string,
): { readonly [F in 'nistAiRmf' | 'euAiAct' | 'iso27001']: readonly CrosswalkRow[] } {
  const index: CatalogueIndex = indexOf(catalogue);
  const rows = (framework: keyof CatalogueIndex['crosswalk']) => index.crosswalk[framework].get(id) ?? [];
  return { nistAiRmf: rows('nistAiRmf'), euAiAct: rows('euAiAct'), iso27001: rows('iso27001') };
}

/** What a verdict rests on, for a rule of a station and for a question of the organisation's line alike. */
export function judgedRule(
  catalogue: Catalogue,
  id: string,
): { text: string; source: RequirementSource; weight: Weight; refs: readonly string[] } | undefined {
  const rule = stationRule(catalogue, id)?.rule;
  if (rule) return rule;
  const question = organisationQuestion(catalogue, id);
  return question
    ? { text: question.rule, source: question.source, weight: question.weight, refs: [id] }
    : undefined;
}
