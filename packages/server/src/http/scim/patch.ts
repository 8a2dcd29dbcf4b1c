import { isObject } from '@throughline/domain/json.ts';
import { quoted } from '@throughline/domain/text.ts';
import { type Filter, fits, truth } from './filter.ts';
import { type Path, readPath } from './path.ts';
import { type Attribute, attributeNamed, attributesOf, type ResourceSchema } from './schemas.ts';
import { wrong } from './scim-error.ts';

export type Resource = Readonly<Record<string, unknown>>;
type Op = 'add' | 'replace' | 'remove';
export type Operation = { readonly op: Op; readonly path: string | undefined; readonly value: unknown };

const maxOperations = 1_000;
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2) as providers really send it: `Replace` for `replace`, and names of members
 * in any case. Throws `invalidSyntax`.
 */
export function readOperations(body: unknown): Operation[] {
  const given = isObject(body) ? memberOf(body, 'Operations') : undefined;
  if (!Array.isArray(given) || given.length === 0)
    throw wrong('invalidSyntax', 'A PATCH has a list of Operations, one at least.');
  if (given.length > maxOperations)
    throw wrong('invalidSyntax', `A PATCH has ${maxOperations} operations at most.`);
  return given.map(readOperation);
}

function readOperation(given: unknown): Operation {
  if (!isObject(given)) throw wrong('invalidSyntax', 'An operation is an object with op, path and value.');
  const [op, path, value] = ['op', 'path', 'value'].map((name) => memberOf(given, name));
  const known = (['add', 'replace', 'remove'] as const).find(
    (one) => typeof op === 'string' && op.toLowerCase() === one,
  );
  if (!known) throw wrong('invalidSyntax', `${quoted(op)} is none of: add, replace, remove.`);
  if (path !== undefined && path !== null && typeof path !== 'string')
    throw wrong('invalidPath', 'A path is expected as text in quotation marks.');
  const text = path?.trim() ?? '';
  if (text === '' && known === 'remove')
    throw wrong('noTarget', 'A removal says what it removes, by a path.');
  if (value === undefined && known !== 'remove')
    throw wrong('invalidValue', `An operation ${quoted(known)} has a value.`);
  return { op: known, path: text === '' ? undefined : text, value };
}

const memberOf = (from: Resource, name: string): unknown =>
  Object.entries(from).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** What a resource becomes by operations, one after the other. Throws as the operations do; nothing is changed in place. */
export function patched(
  resource: Resource,
  operations: readonly Operation[],
  schema: ResourceSchema,
): Resource {
  return operations.reduce((now, operation) => applied(now, operation, schema), resource);
}

function applied(resource: Resource, { op, path, value }: Operation, schema: ResourceSchema): Resource {
  if (path !== undefined) {
    const where = readPath(path, schema);
    if (!where) return resource;
    ensureWritable(where);
    return at(resource, where, op, value);
  }
  if (!isObject(value)) throw wrong('invalidValue', 'Without a path the value is an object of attributes.');
  return Object.entries(value).reduce((now, [name, one]) => {
    // Names may be paths here too; what a provider only repeats, such as the id, changes nothing.
    const where = readPath(name, schema);
    return where && isWritable(where) ? at(now, where, op, one) : now;
  }, resource);
}

const isWritable = ({ attribute, sub }: Path): boolean =>
  attribute.mutability === 'readWrite' && sub?.mutability !== 'readOnly';

function ensureWritable(where: Path): void {
  if (!isWritable(where))
    throw wrong('mutability', `${where.sub?.name ?? where.attribute.name} is not set from outside.`);
}

function at(resource: Resource, where: Path, op: Op, value: unknown): Resource {
  const { attribute, sub } = where;
  const { name } = attribute;
  if (op === 'remove' && !sub && isKept(attribute)) throw wrong('mutability', `${name} is always there.`);
  if (attribute.multiValued)
    return { ...resource, [name]: inList(itemsOf(resource[name]), where, op, value) };
  if (sub) return { ...resource, [name]: withPart(objectOf(resource[name]), sub, op, value) };
  if (op === 'remove') return without(resource, name);
  if (attribute.type !== 'complex') return { ...resource, [name]: value };
  return { ...resource, [name]: merged(objectOf(resource[name]), objectGiven(value, name), attribute) };
}

/** What a resource never goes without. */
const isKept = ({ name, required }: Attribute): boolean => required || name === 'active';

function inList(items: readonly Resource[], where: Path, op: Op, value: unknown): Resource[] {
  const { attribute, filter, sub } = where;
  if (!filter && !sub) return ofAll(items, attribute, op, value);
  const chosen = items.filter((item) => !filter || fits(filter, item));
  if (op === 'remove')
    return items.flatMap((item) => {
      if (!chosen.includes(item)) return [item];
      return sub ? [without(item, sub.name)] : [];
    });
  const change = (item: Resource): Resource =>
    sub ? withPart(item, sub, op, value) : merged(item, objectGiven(value, attribute.name), attribute);
  if (chosen.length > 0)
    return unique(
      items.map((item) => (chosen.includes(item) ? change(item) : item)),
      items,
    );
  // Providers name what is not there yet by what it is to have: `emails[type eq "work"].value`.
  const begun = filter ? havingOf(filter) : {};
  if (!begun) throw wrong('noTarget', `No value of ${attribute.name} fits.`);
  return unique([...items, change(begun)], items);
}

/** The whole list: others in its place, more, or fewer. */
function ofAll(items: readonly Resource[], attribute: Attribute, op: Op, value: unknown): Resource[] {
  if (op === 'remove' && (value === undefined || value === null)) return [];
  const given = listGiven(value, attribute);
  if (op === 'replace') return unique(given, []);
  const same = (one: Resource) => JSON.stringify([one.value, one.type ?? null]);
  if (op === 'remove') {
    // Some providers name what goes by value instead of by a filter.
    const going = new Set(given.map(({ value: id }) => id));
    return items.filter((item) => !going.has(item.value));
  }
  const places = new Map(items.map((item) => [same(item), item]));
  for (const item of given) places.set(same(item), { ...places.get(same(item)), ...item });
  return unique([...places.values()], items);
}

/** One value at most is the primary one: the newest that says so (RFC 7643 §2.4). */
function unique(items: readonly Resource[], before: readonly Resource[]): Resource[] {
  const primary = items.filter((item) => item.primary === true);
  if (primary.length < 2) return [...items];
  const stays = primary.find((item) => !before.includes(item)) ?? primary[0];
  return items.map((item) => (item.primary === true && item !== stays ? { ...item, primary: false } : item));
}

/** What a value has to have so that a filter of equalities fits it; nothing where it asks for more. */
function havingOf(filter: Filter): Resource | undefined {
  if (filter.op === 'eq') return { [filter.attribute.name]: filter.value };
  if (filter.op !== 'and') return undefined;
  const parts = filter.parts.map(havingOf);
  return parts.some((part) => part === undefined) ? undefined : Object.assign({}, ...parts);
}

function withPart(item: Resource, sub: Attribute, op: Op, value: unknown): Resource {
  if (op === 'remove') return without(item, sub.name);
  return { ...item, [sub.name]: sub.type === 'boolean' ? booleanGiven(value) : value };
}

/** Parts in the place of parts. What is only read, such as the name beside an id, is repeated by providers and passed over. */
function merged(before: Resource, given: Resource, { subAttributes }: Attribute): Resource {
  const known = Object.entries(given).flatMap(([name, value]) => {
    const sub = attributeNamed(subAttributes, name);
    if (!sub || sub.mutability === 'readOnly' || value === null) return [];
    return [[sub.name, sub.type === 'boolean' ? booleanGiven(value) : value] as const];
  });
  return { ...before, ...Object.fromEntries(known) };
}

function without(from: Resource, name: string): Resource {
  const { [name]: _, ...rest } = from;
  return rest;
}

const objectOf = (value: unknown): Resource => (isObject(value) ? value : {});
const itemsOf = (value: unknown): Resource[] => (Array.isArray(value) ? value.filter(isObject) : []);

function objectGiven(value: unknown, name: string): Resource {
  if (isObject(value)) return value;
  if (typeof value === 'string') return { value };
  throw wrong('invalidValue', `${name} is an object.`);
}

/** A list of values; one alone, or its text, stands for a list of one. */
function listGiven(value: unknown, attribute: Attribute): Resource[] {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  return given.map((one) => merged({}, objectGiven(one, attribute.name), attribute));
}

/** `true`, or as some providers send it, `"True"`; what is neither is refused when the whole is read. */
export function booleanGiven(value: unknown): unknown {
  return typeof value === 'string' ? (truth(value) ?? value) : value;
}

/** What of a body is kept, by the names of the schema: attributes of other names, or of other schemas, are passed over. */
export function canonical(body: unknown, schema: ResourceSchema): Resource {
  if (!isObject(body)) throw wrong('invalidSyntax', 'The body is an object.');
  const entries = Object.entries(body).flatMap(([name, value]): (readonly [string, unknown])[] => {
    const attribute = attributeNamed(attributesOf(schema), name);
    if (attribute?.mutability !== 'readWrite' || value === null || value === undefined) return [];
    if (attribute.multiValued) return [[attribute.name, unique(listGiven(value, attribute), [])]];
    if (attribute.type === 'complex')
      return [[attribute.name, merged({}, objectGiven(value, attribute.name), attribute)]];
    return [[attribute.name, attribute.type === 'boolean' ? booleanGiven(value) : value]];
  });
  return Object.fromEntries(entries);
}
