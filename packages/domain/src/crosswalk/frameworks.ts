import type { Catalogue, CrosswalkRow } from '@throughline/catalogue/types.ts';

/** Frameworks that coverage is read by; the standard itself, and those that its crosswalk leads to. */
export const frameworks = ['iso42001', 'nist-ai-rmf', 'eu-ai-act', 'iso27001'] as const;
export type Framework = (typeof frameworks)[number];

/** Where a row of the organisation's own leads: to a framework too, or to a control of its own. */
export type Target = Framework | 'own';

export const frameworkNames: Readonly<Record<Framework, string>> = {
  iso42001: 'ISO/IEC 42001',
  'nist-ai-rmf': 'NIST AI RMF 1.0',
  'eu-ai-act': 'EU AI Act',
  iso27001: 'ISO/IEC 27001',
};

/** Rows of the crosswalk from the standard to a framework; to itself there is none. */
export function crosswalkTo({ crosswalk }: Catalogue, framework: Framework): readonly CrosswalkRow[] {
  switch (framework) {
    case 'nist-ai-rmf':
      return crosswalk.iso42001_to_nist_ai_rmf;
    case 'eu-ai-act':
      return crosswalk.iso42001_to_eu_ai_act;
    case 'iso27001':
      return crosswalk.iso42001_to_iso27001;
    case 'iso42001':
      return [];
  }
}

/** The article that an obligation of the law belongs to, as the crosswalk names it: `Art. 26` for 26(2). */
export const articleOf = (article: string): string => `Art. ${/^\w+/.exec(article)?.[0] ?? article}`;

/** One thing that a framework asks for. */
export type FrameworkItem = { readonly id: string; readonly title: string | null };

/** What a framework asks for, in its own order. Of the law: every article that a duty or the crosswalk names. */
export function itemsOf(catalogue: Catalogue, framework: Framework): FrameworkItem[] {
  switch (framework) {
    case 'iso42001':
      return catalogue.iso42001.annex_a.controls.map(({ id, title }) => ({ id, title }));
    case 'nist-ai-rmf':
      return catalogue.nistAiRmf.subcategories.map(({ id, summary }) => ({ id, title: summary }));
    case 'eu-ai-act':
      return articles(catalogue);
    case 'iso27001':
      return [...new Set(crosswalkTo(catalogue, framework).map(({ to }) => to))].map((id) => ({
        id,
        title: null,
      }));
  }
}

function articles(catalogue: Catalogue): FrameworkItem[] {
  const found = new Map<string, string | null>();
  for (const { article, title } of catalogue.euAiAct.obligations) {
    const id = articleOf(article);
    // Duties of one article have a name each; the article has none of these alone.
    found.set(id, found.has(id) ? null : title);
  }
  for (const { to } of crosswalkTo(catalogue, 'eu-ai-act')) if (!found.has(to)) found.set(to, null);
  const number = (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0);
  return [...found]
    .map(([id, title]) => ({ id, title }))
    .sort((a, b) => number(a.id) - number(b.id) || a.id.localeCompare(b.id));
}

/** Relations that share something named; `related` says only that the subjects are near. */
export const sharing: ReadonlySet<string> = new Set(['equal', 'subset', 'superset', 'intersects']);
