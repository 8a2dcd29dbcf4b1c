/**
 * "Risks that are rated so" as one word of an address: `current:individuals:high` names a level, and
 * `current:individuals:Often:Hard:RCR-1%20v3` a pair of steps, with the criteria that it was read from where they matter;
 * `current:individuals:::RCR-1%20v3` names the criteria alone, and `current:individuals:::` a level given without any.
 * Parts are percent-encoded, so steps may hold any sign.
 */
import { levels } from '../kinds/vocabulary/scales.ts';
import { bearers } from './criteria.ts';
import { type Point, points } from './rate.ts';

/** For whom; `worst` is the worst of the three. */
export const ratedFor = ['worst', ...bearers] as const;
export type RatedFor = (typeof ratedFor)[number];

export type RatedFilter = {
  readonly point: Point;
  readonly bearer: RatedFor;
} & (
  | { readonly level: string | null }
  | { readonly ratedBy: string | null }
  | { readonly likelihood: string; readonly consequence: string; readonly criteria: string | null }
);

/** In the place of a level: risks that have none. */
const unrated = 'none';

export function writeRated(filter: RatedFilter): string {
  return [filter.point, filter.bearer, ...partsOf(filter)].map(encodeURIComponent).join(':');
}

function partsOf(filter: RatedFilter): readonly string[] {
  if ('level' in filter) return [filter.level ?? unrated];
  if ('ratedBy' in filter) return ['', '', filter.ratedBy ?? ''];
  return [filter.likelihood, filter.consequence, ...(filter.criteria === null ? [] : [filter.criteria])];
}

/** Reads what `writeRated` wrote; anything else is a problem in words. */
export function readRated(text: string): RatedFilter | { readonly problem: string } {
  const parts = text.split(':').map(decoded);
  const point = points.find((one) => one === parts[0]);
  const bearer = ratedFor.find((one) => one === parts[1]);
  const [, , first, second, third] = parts;
  if (point && bearer && parts.length === 5 && first === '' && second === '' && third !== null)
    return { point, bearer, ratedBy: third || null };
  if (!point || !bearer || !first || parts.length > 5 || parts.includes(null)) return { problem };
  if (second === undefined) {
    if (first !== unrated && !levels.some(({ id }) => id === first)) return { problem };
    return { point, bearer, level: first === unrated ? null : first };
  }
  if (!second || third === '' || bearer === 'worst') return { problem };
  return { point, bearer, likelihood: first, consequence: second, criteria: third ?? null };
}

const problem = `Such as current:individuals:high, or current:individuals:Often:Hard. Points: ${points.join(', ')}. For: ${ratedFor.join(', ')}. Levels: ${levels.map(({ id }) => id).join(', ')}, ${unrated}.`;

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** The field that holds a level: `currentIndividuals`, `currentLevel`, `targetLevel`. */
export function ratedField(point: Point, bearer: RatedFor): string {
  if (bearer === 'worst') return `${point}Level`;
  return `${point}${bearer.charAt(0).toUpperCase()}${bearer.slice(1)}`;
}
