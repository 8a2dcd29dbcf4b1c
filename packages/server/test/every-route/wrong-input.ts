import { isObject } from '@throughline/domain/json.ts';

type Schema = Readonly<Record<string, unknown>>;
export type Wrong = {
  /** What is wrong, for the name of the case. */
  readonly what: string;
  readonly body: unknown;
  /** The place that a refusal names; empty for the body itself. */
  readonly at: string;
};

/**
 * Every way in which a body can break its description, one at a time: made from the schema of the document, around a
 * body that is taken as it is. A place that the good body leaves out is only broken by its type.
 */
export function wrongBodies(schema: Schema, good: unknown, components: Schema): Wrong[] {
  return breaks(resolved(schema, good, components), good, '', (body) => body, components);
}

type Put = (value: unknown) => unknown;

function breaks(schema: Schema, good: unknown, at: string, put: Put, components: Schema): Wrong[] {
  const named = (what: string, value: unknown, inside = at): Wrong => ({
    what,
    body: put(value),
    at: inside,
  });
  const types = [schema.type].flat();
  const own: Wrong[] = [];
  if (types.includes('object')) own.push(named('a list for an object', []), named('text for an object', 'x'));
  else if (types.includes('array'))
    own.push(named('an object for a list', { a: 1 }), named('a number for a list', 7));
  else if (types.includes('string'))
    own.push(...brokenText(schema, named).slice(0, good === undefined ? 3 : undefined));
  else if (types.includes('integer') || types.includes('number')) own.push(...brokenNumber(schema, named));
  else if (types.includes('boolean')) own.push(named('text for yes or no', 'true'), named('a number', 1));
  if (types.includes('object') && isObject(good))
    own.push(...brokenObject(schema, good, at, put, components));
  if (types.includes('array') && Array.isArray(good))
    own.push(...brokenList(schema, good, at, put, components));
  return own;
}

type Named = (what: string, value: unknown, inside?: string) => Wrong;

function brokenText(schema: Schema, named: Named): Wrong[] {
  const broken = [
    named('a number for text', 7),
    named('a list for text', ['x']),
    named('an object for text', { x: 'x' }),
    named('NUL', 'a\u0000b'),
    named('half a character', 'a\ud800b'),
  ];
  if (typeof schema.maxLength === 'number') broken.push(named('too long', 'x'.repeat(schema.maxLength + 1)));
  if (typeof schema.minLength === 'number' && schema.minLength > 0)
    broken.push(named('only blanks', ' '.repeat(schema.minLength)));
  const written = typeof schema.format === 'string' && schema.format !== 'password';
  if (Array.isArray(schema.enum) || written || typeof schema.pattern === 'string')
    broken.push(named('another word', 'none of these'));
  if (schema.format === 'date') broken.push(named('a day that is none', '2026-02-30'));
  return broken;
}

function brokenNumber(schema: Schema, named: Named): Wrong[] {
  const broken = [named('text for a number', '7'), named('a list for a number', [7])];
  if ([schema.type].flat().includes('integer')) broken.push(named('a fraction', 1.5));
  if (typeof schema.minimum === 'number') broken.push(named('too small', schema.minimum - 1));
  if (typeof schema.maximum === 'number') broken.push(named('too large', schema.maximum + 1));
  return broken;
}

function brokenObject(schema: Schema, good: Schema, at: string, put: Put, components: Schema): Wrong[] {
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`);
  const broken: Wrong[] = [];
  if (schema.additionalProperties === false) {
    broken.push({ what: 'an unknown member', body: put({ ...good, colour: 'red' }), at: inside('colour') });
    // Through JSON text, where the name is a member like any other.
    const inherited: unknown = JSON.parse('{"constructor":"x"}');
    if (isObject(inherited))
      broken.push({
        what: 'an inherited name',
        body: put({ ...good, ...inherited }),
        at: inside('constructor'),
      });
  }
  for (const name of Array.isArray(schema.required) ? schema.required.map(String) : []) {
    const { [name]: _, ...rest } = good;
    broken.push({ what: 'left out', body: put(rest), at: inside(name) });
  }
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const value = good[name];
    const replace: Put = (next) => put({ ...good, [name]: next });
    broken.push(...breaks(resolved(property, value, components), value, inside(name), replace, components));
  }
  return broken;
}

function brokenList(
  schema: Schema,
  good: readonly unknown[],
  at: string,
  put: Put,
  components: Schema,
): Wrong[] {
  const broken: Wrong[] = [];
  const [first] = good;
  if (typeof schema.maxItems === 'number' && schema.maxItems <= 1_000 && first !== undefined)
    broken.push({
      what: 'too many',
      body: put(Array.from({ length: schema.maxItems + 1 }, () => first)),
      at,
    });
  if (typeof schema.minItems === 'number' && schema.minItems > 0)
    broken.push({ what: 'none', body: put([]), at });
  if (first === undefined || !isObject(schema.items)) return broken;
  const replace: Put = (next) => put([next, ...good.slice(1)]);
  const items = resolved(schema.items, first, components);
  return [...broken, ...breaks(items, first, at === '' ? '0' : `${at}.0`, replace, components)];
}

/** Follows references, and of alternatives takes the one that the good value has. */
export function resolved(schema: Schema, good: unknown, components: Schema): Schema {
  if (typeof schema.$ref === 'string') {
    const named = components[schema.$ref.replace('#/components/schemas/', '')];
    return isObject(named) ? resolved(named, good, components) : {};
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(alternatives)) return schema;
  const open = alternatives.filter(isObject).map((one) => resolved(one, good, components));
  const fitting = open.find((one) => fits(one, good)) ?? open.find((one) => one.type !== 'null');
  return fitting ?? {};
}

function fits(schema: Schema, good: unknown): boolean {
  const types = [schema.type].flat();
  if (good === undefined || good === null) return false;
  if (Array.isArray(good)) return types.includes('array');
  if (isObject(good)) {
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    return types.includes('object') && required.every((name) => name in good);
  }
  return types.includes(typeof good === 'number' ? 'integer' : typeof good) || types.includes(typeof good);
}
