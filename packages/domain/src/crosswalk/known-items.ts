import type { Catalogue } from '@throughline/catalogue/types.ts';
import { type Day, lastDay } from '../day.ts';
import type { ErrorItem } from '../errors.ts';
import { quoted } from '../text.ts';
import { frameworkNames, itemsOf, type Target } from './frameworks.ts';

/** What a content names of a framework, of its controls or duties alone, or of the organisation's own controls, and where. */
export type NamedItem = {
  /** The field, with row and column where it is a cell. */
  readonly at: string;
  readonly of: Target | 'controls' | 'duties';
  readonly item: string;
  /** By when it is to come about. */
  readonly due?: Day | null;
};

/** How many controls each theme of Annex A of ISO/IEC 27001:2022 has, and how many articles the EU AI Act. */
const themes27001: readonly (readonly [theme: number, controls: number])[] = [
  [5, 37],
  [6, 8],
  [7, 14],
  [8, 34],
];
const articlesOfTheAct = 113;

const count = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

/** Everything that a framework asks by an id, also what no row of the catalogue's crosswalk leads to. */
export function idsOf(catalogue: Catalogue, of: Exclude<NamedItem['of'], 'own'>): string[] {
  if (of === 'duties') return catalogue.euAiAct.obligations.map(({ id }) => id);
  const listed = itemsOf(catalogue, of === 'controls' ? 'iso42001' : of).map(({ id }) => id);
  if (of === 'controls') return listed;
  const more = {
    iso42001: () => catalogue.iso42001.clauses.map(({ id }) => id),
    'nist-ai-rmf': () => [],
    'eu-ai-act': () => count(articlesOfTheAct).map((article) => `Art. ${article}`),
    iso27001: () => themes27001.flatMap(([theme, controls]) => count(controls).map((n) => `A.${theme}.${n}`)),
  }[of]();
  return [...new Set([...listed, ...more])];
}

const called: Readonly<Record<NamedItem['of'], string>> = {
  ...frameworkNames,
  own: 'Your own controls',
  controls: 'Annex A of ISO/IEC 42001',
  duties: 'The EU AI Act',
};

/**
 * Items that a change names anew and that nobody knows, and days by which they are due that are over, by place. What stood
 * before stays as it was.
 * @param before what the record named before the change
 * @param codes codes of the organisation's adopted controls
 * @param today the organisation's day
 */
export function itemFaults(
  catalogue: Catalogue,
  { before, next }: { readonly before: readonly NamedItem[]; readonly next: readonly NamedItem[] },
  codes: readonly string[],
  today: string,
): ErrorItem[] {
  const stood = (one: NamedItem, parts: readonly (keyof NamedItem)[]): boolean =>
    before.some((other) => parts.every((part) => (other[part] ?? null) === (one[part] ?? null)));
  return next.flatMap((one): ErrorItem[] => {
    const { at, of, item, due } = one;
    const known = of === 'own' ? codes : idsOf(catalogue, of);
    if (!known.includes(item) && !stood(one, ['of', 'item']))
      return [
        {
          at,
          message: `${called[of]} ${of === 'own' ? 'have' : 'has'} no ${quoted(item)}.${nearTo(item, known)}`,
        },
      ];
    if (due && lastDay(due) < today && !stood(one, ['of', 'item', 'due']))
      return [
        {
          at,
          message: `${quoted(item)} is due on ${due}, a day that is over. Name one that is still to come.`,
        },
      ];
    return [];
  });
}

const namedAtMost = 3;

/** The ids nearest to what was written, in words; the same but for case and signs alone, where there is one. */
function nearTo(item: string, known: readonly string[]): string {
  const plain = plainOf(item);
  const same = known.filter((id) => plainOf(id) === plain);
  const far = Math.max(1, Math.floor(plain.length / 3));
  const near = known
    .map((id) => ({ id, distance: distance(plainOf(id), plain) }))
    .filter((one) => one.distance <= far)
    .sort((a, b) => a.distance - b.distance)
    .map(({ id }) => id);
  const told = (same.length > 0 ? same : near).slice(0, namedAtMost);
  return told.length === 0 ? '' : ` Near it: ${told.join(', ')}.`;
}

const plainOf = (id: string): string =>
  id
    .toLowerCase()
    .replace(/^article/, 'art')
    .replace(/[^a-z0-9]/g, '');

/** How many signs differ: put in, taken out or turned into another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, sign] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1)
      next[at] = Math.min(
        (next[at - 1] ?? 0) + 1,
        (row[at] ?? 0) + 1,
        (row[at - 1] ?? 0) + (other[at - 1] === sign ? 0 : 1),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
