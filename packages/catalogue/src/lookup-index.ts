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
  Source,
  Station,
  StationRule,
} from './types.ts';

export type RefType =
  | 'clause'
  | 'topic'
  | 'objective'
  | 'control'
  | 'document'
  | 'obligation'
  | 'carve-out'
  | 'source'
  | 'rule'
  | 'nist';

/** What an id stands for. `title` is short, in the words of the catalogue. */
export type ResolvedRef = { readonly type: RefType; readonly id: string; readonly title: string };

type ById<T> = ReadonlyMap<string, T>;

export type CatalogueIndex = {
  readonly clauses: ById<Clause>;
  readonly leafClauses: readonly LeafClause[];
  readonly controls: ById<Control>;
  readonly documents: ById<DocumentItem>;
  readonly kinds: ById<RecordKind>;
  readonly obligations: ById<Obligation>;
  readonly sources: ById<Source>;
  readonly nist: ById<NistSubcategory>;
  readonly calendar: ById<CalendarEntry>;
  readonly triggers: ById<ChangeTrigger>;
  readonly questions: ById<OrganisationQuestion>;
  readonly stations: ById<Station>;
  readonly rules: ById<{ readonly station: Station; readonly rule: StationRule }>;
  readonly refs: ById<ResolvedRef>;
  readonly crosswalk: { readonly [F in 'nistAiRmf' | 'euAiAct' | 'iso27001']: ById<readonly CrosswalkRow[]> };
};

const byId = <T extends { readonly id: string }>(items: readonly T[]): ById<T> =>
  new Map(items.map((item) => [item.id, item]));

const allDocuments = ({ documents }: Catalogue): readonly DocumentItem[] => [
  ...documents.mandatory,
  ...documents.supporting,
  ...documents.additional,
];

const isLeaf = (clause: Clause): clause is LeafClause => clause.level !== 'heading';

function refsOf(catalogue: Catalogue): ResolvedRef[] {
  const { iso42001, euAiAct, nistAiRmf, sources, stations } = catalogue;
  const { topics, controls } = iso42001.annex_a;
  const ref = (type: RefType, id: string, title: string): ResolvedRef => ({ type, id, title });
  return [
    ...iso42001.clauses.map((c) => ref('clause', c.id, c.title)),
    ...topics.flatMap((t) => [t, ...(t.subtopics ?? [])]).map((t) => ref('topic', t.id, t.title)),
    ...topics.flatMap((t) => t.objectives).map((o) => ref('objective', o.id, o.summary)),
    ...controls.map((c) => ref('control', c.id, c.title)),
    ...allDocuments(catalogue).map((d) => ref('document', d.id, d.title)),
    ...euAiAct.obligations.map((o) => ref('obligation', o.id, `EU AI Act ${o.article}: ${o.title}`)),
    ...euAiAct.carve_outs.items.map((c) => ref('carve-out', c.id, `EU AI Act ${c.ref}: ${c.by}`)),
    ...sources.sources.map((s) => ref('source', s.id, s.what ?? s.where)),
    ...stations.stations.flatMap((s) => s.rules).map((r) => ref('rule', r.id, r.text)),
    ...[...nistAiRmf.functions, ...nistAiRmf.categories, ...nistAiRmf.subcategories].map((n) =>
      ref('nist', n.id, n.summary),
    ),
  ];
}

function build(catalogue: Catalogue): CatalogueIndex {
  const { iso42001, records, euAiAct, sources, nistAiRmf, model, organisationLine, crosswalk } = catalogue;
  const { stations } = catalogue.stations;
  const rows = (all: readonly CrosswalkRow[]) => Map.groupBy(all, (row) => row.from);
  return {
    clauses: byId(iso42001.clauses),
    leafClauses: iso42001.clauses.filter(isLeaf),
    controls: byId(iso42001.annex_a.controls),
    documents: byId(allDocuments(catalogue)),
    kinds: byId(records.kinds),
    obligations: byId(euAiAct.obligations),
    sources: byId(sources.sources),
    nist: byId(nistAiRmf.subcategories),
    calendar: byId(model.calendar.entries),
    triggers: byId(model.change_triggers.triggers),
    questions: byId([...organisationLine.clauses, ...organisationLine.controls]),
    stations: byId(stations),
    rules: new Map(stations.flatMap((station) => station.rules.map((rule) => [rule.id, { station, rule }]))),
    refs: byId(refsOf(catalogue)),
    crosswalk: {
      nistAiRmf: rows(crosswalk.iso42001_to_nist_ai_rmf),
      euAiAct: rows(crosswalk.iso42001_to_eu_ai_act),
      iso27001: rows(crosswalk.iso42001_to_iso27001),
    },
  };
}

const built = new WeakMap<Catalogue, CatalogueIndex>();

/** Maps by id, made once per catalogue: the data is frozen, so they cannot grow old. */
export function indexOf(catalogue: Catalogue): CatalogueIndex {
  const index = built.get(catalogue) ?? build(catalogue);
  built.set(catalogue, index);
  return index;
}
