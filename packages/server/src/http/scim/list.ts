import { quoted } from '@throughline/domain/text.ts';
import { type Filter, fits, readFilter } from './filter.ts';
import { namedIn } from './names.ts';
import type { Resource } from './patch.ts';
import { type Projection, projected, readProjection } from './projection.ts';
import type { Attribute, ResourceSchema } from './schemas.ts';
import { wrong } from './scim-error.ts';

/** The most resources in one answer; a client that asks for more is given these (RFC 7644 §3.4.2.4). */
export const maxCount = 500;
const usualCount = 100;

export type ListQuery = {
  readonly filter: Filter | undefined;
  readonly startIndex: number;
  readonly count: number;
  readonly sort:
    | { readonly attribute: Attribute; readonly sub?: Attribute; readonly falling: boolean }
    | undefined;
  readonly projection: Projection;
};

/** Reads the query of a list. Parameters that are not known are passed over: providers add their own. */
export function readListQuery(query: Resource, schema: ResourceSchema): ListQuery {
  const { filter, sortBy, sortOrder } = query;
  const text = textIn(filter, 'filter');
  return {
    filter: text === undefined ? undefined : readFilter(text, schema),
    // Less than 1 is read as 1, less than 0 as 0.
    startIndex: Math.max(1, wholeIn(query.startIndex, 'startIndex') ?? 1),
    count: Math.min(maxCount, Math.max(0, wholeIn(query.count, 'count') ?? usualCount)),
    sort: readSort(textIn(sortBy, 'sortBy'), textIn(sortOrder, 'sortOrder'), schema),
    projection: readProjection(query, schema),
  };
}

function readSort(
  by: string | undefined,
  order: string | undefined,
  schema: ResourceSchema,
): ListQuery['sort'] {
  if (by === undefined) return undefined;
  const { attribute, sub } = namedIn(by, schema);
  if (!attribute) throw wrong('invalidValue', `sortBy: ${quoted(by)} is no attribute to sort by.`);
  return { attribute, ...(sub ? { sub } : {}), falling: order?.toLowerCase() === 'descending' };
}

function textIn(value: unknown, name: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw wrong('invalidValue', `${name}: once, as text.`);
}

function wholeIn(value: unknown, name: string): number | undefined {
  const text = textIn(value, name);
  if (text === undefined) return undefined;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw wrong('invalidValue', `${name}: a whole number.`);
}

/** The answer to a list (RFC 7644 §3.4.2): what fits, in order, a page of it. */
export function listAnswer(
  resources: readonly Resource[],
  query: ListQuery,
  schema: ResourceSchema,
): Resource {
  const { filter, startIndex, count, sort, projection } = query;
  const found = filter ? resources.filter((one) => fits(filter, one)) : [...resources];
  if (sort) {
    const keys = new Map(found.map((one) => [one, keyOf(one, sort)]));
    const sign = sort.falling ? -1 : 1;
    found.sort((a, b) => sign * compare(keys.get(a) ?? '', keys.get(b) ?? ''));
  }
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((one) => projected(one, projection, schema)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is sorted by: of a list its primary value, else its first (RFC 7644 §3.4.2.3). */
function keyOf(resource: Resource, { attribute, sub }: NonNullable<ListQuery['sort']>): string {
  let value: unknown = resource[attribute.name];
  if (Array.isArray(value)) value = value.find((one) => partOf(one, 'primary') === true) ?? value[0];
  const part = sub?.name ?? (attribute.multiValued && attribute.subAttributes ? 'value' : undefined);
  const key = part === undefined ? value : partOf(value, part);
  const text = typeof key === 'string' || typeof key === 'boolean' ? String(key) : '';
  return (sub ?? attribute).caseExact ? text : text.toLowerCase();
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
