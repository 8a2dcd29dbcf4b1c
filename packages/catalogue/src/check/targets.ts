import type { Catalogue } from '../types.ts';

const idsOf = (items: readonly { readonly id: string }[]) => new Set(items.map((item) => item.id));

/** Every set of ids that a field of some file may point into. */
export function targetsOf(catalogue: Catalogue) {
  const { iso42001, documents, model, nistAiRmf, euAiAct, organisationLine } = catalogue;
  const { topics, controls } = iso42001.annex_a;
  const isHeading = (c: { readonly level?: string | undefined }) => c.level === 'heading';
  return {
    heading: idsOf(iso42001.clauses.filter(isHeading)),
    leaf: idsOf(iso42001.clauses.filter((c) => !isHeading(c))),
    topic: idsOf(topics),
    objective: idsOf(topics.flatMap((t) => t.objectives)),
    control: idsOf(controls),
    document: idsOf([...documents.mandatory, ...documents.supporting, ...documents.additional]),
    kind: idsOf(catalogue.records.kinds),
    question: idsOf([...organisationLine.clauses, ...organisationLine.controls]),
    trigger: idsOf(model.change_triggers.triggers),
    calendar: idsOf(model.calendar.entries),
    role: idsOf(model.internal_roles.roles),
    source: idsOf(catalogue.sources.sources),
    nistFunction: idsOf(nistAiRmf.functions),
    nistCategory: idsOf(nistAiRmf.categories),
    nist: idsOf(nistAiRmf.subcategories),
    obligation: idsOf(euAiAct.obligations),
    carveOut: idsOf(euAiAct.carve_outs.items),
    fact: idsOf(euAiAct.facts),
    outcome: idsOf(euAiAct.outcomes),
    condition: new Set(Object.keys(euAiAct.conditions)),
    inputCheck: idsOf(euAiAct.input_checks),
    lawRole: idsOf(euAiAct.roles),
    /** Articles of the EU AI Act, as the crosswalk writes them: the act has 113. */
    article: new Set(Array.from({ length: 113 }, (_, i) => `Art. ${i + 1}`)),
  } satisfies Record<string, ReadonlySet<string>>;
}

export type Targets = ReturnType<typeof targetsOf>;
export type Target = keyof Targets;

/** One id in one place, and the sets it may be found in. */
export type Reference = {
  readonly path: string;
  readonly id: string;
  readonly to: readonly Target[];
};

/** References of one place: `ids` may be one, several, or absent. */
export function refer(
  path: string,
  ids: string | readonly string[] | null | undefined,
  ...to: readonly Target[]
): Reference[] {
  if (ids === null || ids === undefined) return [];
  return (typeof ids === 'string' ? [ids] : ids).map((id) => ({ path, id, to }));
}
