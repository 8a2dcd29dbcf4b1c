import type { Expression as MutableExpression } from './schema/expression.ts';
import type { FileData } from './schema/files.ts';

export type { FileData };

/** Frozen through and through, as the loader hands it out. */
export type DeepReadonly<T> = T extends (infer E)[]
  ? number extends T['length']
    ? readonly DeepReadonly<E>[]
    : { readonly [K in keyof T]: DeepReadonly<T[K]> }
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/**
 * The frameworks as data, one member per file of `data/`. Field names are those of the files
 * (README.md lists them). Import type-only: this file brings no code with it.
 */
export type Catalogue = DeepReadonly<FileData>;

type Item<T> = T extends readonly (infer E)[] ? E : never;

// ISO/IEC 42001
type AnyClause = Item<Catalogue['iso42001']['clauses']>;
export type ClauseHeading = Extract<AnyClause, { readonly level: 'heading' }>;
export type LeafClause = Exclude<AnyClause, ClauseHeading>;
export type Clause = ClauseHeading | LeafClause;
export type Topic = Item<Catalogue['iso42001']['annex_a']['topics']>;
export type Control = Item<Catalogue['iso42001']['annex_a']['controls']>;

// Documents and records
export type MandatoryItem = Item<Catalogue['documents']['mandatory']>;
export type SupportingItem = Item<Catalogue['documents']['supporting']>;
export type AdditionalItem = Item<Catalogue['documents']['additional']>;
export type DocumentItem = MandatoryItem | SupportingItem | AdditionalItem;
export type RecordKind = Item<Catalogue['records']['kinds']>;

// Lines
export type Station = Item<Catalogue['stations']['stations']>;
export type StationRule = Item<Station['rules']>;
export type OrganisationQuestion = Item<Catalogue['organisationLine']['clauses']>;

// Vocabulary of the domain
type Model = Catalogue['model'];
export type AuthorityRow = Item<Model['authority']['default_table']>;
export type LifeCycleStageEntry = Item<Model['life_cycle_stages']['stages']>;
export type ChangeTrigger = Item<Model['change_triggers']['triggers']>;
export type ChangeType = Item<Model['change_types']['types']>;
export type CalendarEntry = Item<Model['calendar']['entries']>;
export type RetentionDefault = Item<Model['retention']['defaults']>;
export type OutsidePopulation = Item<Model['sampling']['outside_populations']>;

// Other frameworks
export type NistSubcategory = Item<Catalogue['nistAiRmf']['subcategories']>;
export type CrosswalkRow = Item<Catalogue['crosswalk']['iso42001_to_nist_ai_rmf']>;
export type Expression = DeepReadonly<MutableExpression>;
export type LawFact = Item<Catalogue['euAiAct']['facts']>;
export type LawOutcome = Item<Catalogue['euAiAct']['outcomes']>;
export type LawRule = Item<Catalogue['euAiAct']['rules']>;
export type Obligation = Item<Catalogue['euAiAct']['obligations']>;
export type CarveOut = Item<Catalogue['euAiAct']['carve_outs']['items']>;
export type LawTestCase = Item<Catalogue['euAiAct']['test_cases']>;
export type Source = Item<Catalogue['sources']['sources']>;
