import type { Kind } from '../kinds/kind.ts';
import type { Registry } from '../registry.ts';
import { shown } from './coerced.ts';
import type { ProposedColumn } from './mapping.ts';
import type { Profile } from './profiles/profile.ts';
import { type ColumnData, proposeMapping, recogniseProfile } from './propose.ts';
import { headingWords, plainWords } from './words.ts';

/** How well the rows of a file would do as records of one kind, with the reasons in words. */
export type KindFit = {
  readonly kind: string;
  readonly profile: { readonly id: string; readonly label: string } | null;
  /** Columns that get a place, of those that hold anything. */
  readonly placed: number;
  readonly of: number;
  readonly sureness: 'sure' | 'likely' | 'unsure';
  readonly why: readonly string[];
};

export type FileClues = {
  readonly columns: readonly ColumnData[];
  /** Names of the file and of the sheet, as far as there are any. */
  readonly names: readonly string[];
  readonly profiles: readonly Profile[];
  readonly year: number;
};

export type RatedFit = { readonly fit: KindFit; readonly points: number };

/** A profile says it for certain; without one the points of the parts are weighed. */
const profilePoints = 100;
const worth = { sure: 1, likely: 0.7, unsure: 0.1, unused: 0 } as const;
const least = { sure: 4, likely: 1.5 } as const;
const lead = { sure: 1.5, likely: 1.15 } as const;
const sampled = 40;
const everyKind = 20;
const shownFits = 3;

/**
 * How common the names of parts are among all kinds: "Name" and "Owner" tell nothing about what the rows are, "Severity"
 * does. A part that n kinds have counts for 1/n.
 */
export function commonness(registry: Registry): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const kind of registry.kinds)
    for (const label of new Set(labelsOf(kind))) count.set(label, (count.get(label) ?? 0) + 1);
  return count;
}

function labelsOf(kind: Kind): string[] {
  const parts = [...Object.values(kind.fields), ...Object.values(kind.relations)];
  return parts.map((part) => plainWords(part.label));
}

/** Rates one kind. Every kind is rated by itself, so that others can be answered in between. */
export function rateKind(kind: Kind, clues: FileClues, common: ReadonlyMap<string, number>): RatedFit {
  const filled = clues.columns.filter((column) => column.cells.length > 0);
  const columns = filled.map(({ header, cells }) => ({ header, cells: spread(cells) }));
  const headers = clues.columns.map((column) => column.header);
  const profile = recogniseProfile(clues.profiles, kind.name, headers);
  const proposed = proposeMapping(kind, columns, { source: '', year: clues.year, profile }).columns;
  const placed = proposed.filter((column) => column.rule.target !== null);
  const evidence = profile
    ? [{ points: profilePoints, why: profileWords(profile, headers) }]
    : [partsEvidence(kind, placed, common), ...refs(kind, filled), ...named(kind, headers, clues.names)];
  return {
    points: evidence.reduce((sum, one) => sum + one.points, 0),
    fit: {
      kind: kind.name,
      profile: profile ? { id: profile.id, label: profile.label } : null,
      placed: placed.length,
      of: filled.length,
      sureness: profile ? 'sure' : 'unsure',
      why: evidence.flatMap((one) => one.why ?? []),
    },
  };
}

/** The kinds that fit best, the best first. It is sure or likely only as far as it stands out from the next. */
export function rankFits(rated: readonly RatedFit[]): KindFit[] {
  const [best, next, ...rest] = rated
    .filter(({ fit, points }) => fit.placed > 0 && points > 0)
    .sort((a, b) => b.points - a.points || b.fit.placed - a.fit.placed);
  if (!best) return [];
  const ahead = best.points / Math.max(next?.points ?? 0, 0.01);
  const sureness = (['sure', 'likely'] as const).find(
    (word) => best.points >= least[word] && ahead >= lead[word],
  );
  const others = next ? [next, ...rest] : [];
  return [
    { ...best.fit, sureness: sureness ?? 'unsure' },
    ...others.slice(0, shownFits - 1).map(({ fit }): KindFit => ({ ...fit, sureness: 'unsure' })),
  ];
}

/** The fit that takes clearly more of the file than how it is read now; nothing where none does. */
export function betterFit(
  fits: readonly KindFit[],
  now: { readonly kind: string; readonly profile: string | null; readonly placed: number },
): KindFit | undefined {
  const [best] = fits;
  if (!best || best.sureness === 'unsure' || best.placed <= now.placed) return undefined;
  if (best.kind === now.kind) return best.profile !== null && now.profile === null ? best : undefined;
  return best.profile !== null || best.placed >= now.placed * 1.25 ? best : undefined;
}

function spread(cells: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(cells.length / sampled));
  return cells.filter((_, index) => index % step === 0).slice(0, sampled);
}

type Evidence = { readonly points: number; readonly why?: string };

function profileWords(profile: Profile, headers: readonly string[]): string {
  const present = new Set(headers.map(plainWords));
  const own = Object.keys(profile.columns);
  const found = own.filter((header) => present.has(plainWords(header))).length;
  return `${found} of the ${own.length} headings of the profile ${profile.label} are in the file.`;
}

function partsEvidence(
  kind: Kind,
  placed: readonly ProposedColumn[],
  common: ReadonlyMap<string, number>,
): Evidence {
  const known = placed.filter(({ confidence }) => confidence === 'sure' || confidence === 'likely');
  const points = placed.reduce((sum, { rule, confidence }) => {
    const label = rule.target === kind.title ? undefined : labelOf(kind, rule.target ?? '');
    // Every kind has a title, a state and a key.
    const kinds = label === undefined ? everyKind : (common.get(plainWords(label)) ?? 1);
    return sum + worth[confidence] / kinds;
  }, 0);
  const titled = placed.some(({ rule }) => rule.target === kind.title);
  if (known.length === 0) return { points: titled ? points : points / 2 };
  const names = known.slice(0, 4).map(({ rule }) => shown(rule.header));
  const more = known.length > names.length ? ` and ${known.length - names.length} more` : '';
  return {
    points: titled ? points : points / 2,
    why: `Headings that ${kind.plural.toLowerCase()} have: ${names.join(', ')}${more}.`,
  };
}

function labelOf(kind: Kind, target: string): string | undefined {
  return (kind.fields[target] ?? kind.relations[target])?.label;
}

/** A column of refs of this kind under a heading that means the row itself. In another column they are links. */
function refs(kind: Kind, columns: readonly ColumnData[]): Evidence[] {
  const label = headingWords(kind.label);
  const own = new Set(['ref', 'id', 'key', 'reference', 'no', `${label} ref`, `${label} id`, label]);
  const pattern = new RegExp(`^${kind.prefix}-[1-9]\\d*$`, 'i');
  return columns.flatMap(({ header, cells }): Evidence[] => {
    const some = spread(cells);
    const fitting = some.filter((cell) => pattern.test(cell.trim()));
    if (!own.has(headingWords(header)) || fitting.length < some.length * 0.8) return [];
    const why = `The column ${shown(header)} holds refs of ${kind.plural.toLowerCase()}, such as ${fitting[0]?.trim()}.`;
    return [{ points: 5, why }];
  });
}

const nouns = ['name', 'title', 'id', 'ref', 'identifier', 'no', 'number', 'type', 'owner', 'description'];

/** Headings and file names that say the kind's own name. A heading that is no more than that name is rather a link. */
function named(kind: Kind, headers: readonly string[], names: readonly string[]): Evidence[] {
  const own = [
    ...new Set([kind.label, kind.plural, kind.name, `${kind.name}s`, kind.collection].map(headingWords)),
  ];
  const heading = headers.find((header) => {
    const words = headingWords(header);
    return own.some((name) => nouns.some((noun) => words === `${name} ${noun}`));
  });
  const name = names.find((one) => {
    const words = ` ${headingWords(one.replace(/\.\w{1,5}$/, ''))} `;
    return own.some((label) => words.includes(` ${label} `));
  });
  const plural = kind.plural.toLowerCase();
  return [
    ...(heading === undefined
      ? []
      : [{ points: 2, why: `The heading ${shown(heading)} speaks of ${plural}.` }]),
    ...(name === undefined ? [] : [{ points: 1.5, why: `The name ${shown(name)} speaks of ${plural}.` }]),
  ];
}
