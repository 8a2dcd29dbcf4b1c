import { resolveRef } from './lookup.ts';
import { namedWords } from './names.ts';
import type { Catalogue } from './types.ts';

/** Parts of the catalogue that a field can point into. `requirement` is any clause, control or obligation. */
export const itemSorts = ['control', 'clause', 'document', 'requirement', 'role', 'stage', 'threat'] as const;
export type ItemSort = (typeof itemSorts)[number];

export type CatalogueItem = { readonly id: string; readonly title: string };

const words = (items: readonly { id: string; name: string }[]): CatalogueItem[] =>
  items.map(({ id, name }) => ({ id, title: name }));

/** Everything of one sort that a field can point at, in the order of the data, each with the title a page shows. */
export function catalogueItems(catalogue: Catalogue, sort: ItemSort): readonly CatalogueItem[] {
  const { iso42001, documents, euAiAct } = catalogue;
  const named = (items: readonly { id: string }[]): CatalogueItem[] =>
    items.map(({ id }) => ({ id, title: resolveRef(catalogue, id)?.title ?? id }));
  switch (sort) {
    case 'clause':
      return named(iso42001.clauses);
    case 'control':
      return named(iso42001.annex_a.controls);
    case 'requirement':
      return named([...iso42001.clauses, ...iso42001.annex_a.controls, ...euAiAct.obligations]);
    case 'document':
      return named([...documents.mandatory, ...documents.supporting, ...documents.additional]);
    case 'role':
      return words(namedWords(catalogue, 'internalRoles'));
    case 'threat':
      return words(catalogue.riskLibrary.threats);
    case 'stage':
      return words(namedWords(catalogue, 'lifeCycleStages'));
  }
}
