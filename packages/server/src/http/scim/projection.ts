import { isObject } from '@throughline/domain/json.ts';
import { quoted } from '@throughline/domain/text.ts';
import { namedIn } from './names.ts';
import type { Resource } from './patch.ts';
import { type Attribute, attributesOf, type ResourceSchema } from './schemas.ts';
import { wrong } from './scim-error.ts';

/** Which attributes are answered: those named, or all but those named (RFC 7644 §3.9). */
export type Projection = { readonly only?: readonly Chosen[]; readonly except?: readonly Chosen[] };
type Chosen = { readonly attribute: Attribute; readonly sub?: Attribute };

export function readProjection(
  {
    attributes,
    excludedAttributes,
  }: { readonly attributes?: unknown; readonly excludedAttributes?: unknown },
  schema: ResourceSchema,
): Projection {
  const only = chosenIn(attributes, schema);
  const except = chosenIn(excludedAttributes, schema);
  if (only && except)
    throw wrong('invalidValue', 'attributes and excludedAttributes: one of the two is taken at a time.');
  return { ...(only ? { only } : {}), ...(except ? { except } : {}) };
}

/** Names in a list parted by commas; what is not kept is passed over. */
function chosenIn(given: unknown, schema: ResourceSchema): Chosen[] | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || given.length > 2_000)
    throw wrong('invalidValue', `${quoted(given)} is no list of attributes, parted by commas.`);
  return given.split(',').flatMap((name) => {
    const { attribute, sub } = namedIn(name.trim(), schema);
    return attribute ? [{ attribute, ...(sub ? { sub } : {}) }] : [];
  });
}

/** Whether a projection leaves an attribute at all: what need not be read is not read. */
export function leaves({ only, except }: Projection, name: string): boolean {
  if (except?.some(({ attribute, sub }) => attribute.name === name && !sub)) return false;
  return only?.some(({ attribute }) => attribute.name === name) ?? true;
}

/** A resource with the attributes that were asked for; `id` and `schemas` are always there. */
export function projected(resource: Resource, projection: Projection, schema: ResourceSchema): Resource {
  const { only, except } = projection;
  if (!only && !except) return resource;
  const kept = attributesOf(schema).flatMap((attribute): (readonly [string, unknown])[] => {
    const { name } = attribute;
    const value = resource[name];
    if (value === undefined) return [];
    if (attribute.returned === 'always') return [[name, value]];
    if (!leaves(projection, name)) return [];
    const chosen = (only ?? except ?? []).filter((one) => one.attribute.name === name);
    const parts = chosen.flatMap(({ sub }) => (sub ? [sub.name] : []));
    if (parts.length === 0 || (only && chosen.some(({ sub }) => !sub))) return [[name, value]];
    return [[name, narrowed(value, (part) => parts.includes(part) === (only !== undefined))]];
  });
  return Object.fromEntries(kept);
}

function narrowed(value: unknown, keep: (part: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => narrowed(item, keep));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => keep(name)));
}
