import { isObject } from '@throughline/domain/json.ts';
import fc from 'fast-check';
import { resolved } from './wrong-input.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What has broken parsers, queries, pages, sheets and logs before. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202etxt.exe',
  '\ufeff',
  '\u200b',
  '\r\nset-cookie: throughline=x',
  "'; drop table record; --",
  "' or 1=1 --",
  '$1',
  '%',
  '%_\\',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '=cmd|calc!A1',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  '2026-02-30',
  '0000-00-00',
  '275760-09-13T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '1969-12-31T23:59:60Z',
  '01890000-0000-7000-8000-00000000000g',
  '00000000-0000-0000-0000-000000000000',
  'SYS-0',
  'SYS-99999999999999',
  'sys-1,SYS-2,"',
  '"',
  'a & b | !c:* <-> (',
  'x'.repeat(5_000),
  '\u{1f701}'.repeat(400),
  '@[admin]@[reader]',
];

const hostile = fc.constantFrom(...hostileTexts);
const anything = fc.jsonValue({ maxDepth: 3 });

/** What values are made of: `names` of things that there are; `wild` values leave the schema now and then. */
export type Source = {
  readonly components: Schema;
  readonly names: readonly string[];
  readonly wild: boolean;
};

/** Values for a schema: mostly such as it describes, sometimes just beside it, sometimes hostile or anything at all. */
export function valuesFor(schema: unknown, from: Source, depth = 0): fc.Arbitrary<unknown> {
  if (!isObject(schema) || depth > 6) return anything;
  const like = described(schema, from, depth);
  if (!from.wild) return like;
  return fc.oneof(
    { weight: 12, arbitrary: like },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: anything },
  );
}

function described(schema: Schema, from: Source, depth: number): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string')
    return valuesFor(resolved(schema, undefined, from.components), from, depth + 1);
  if ('const' in schema) return fc.constant(schema.const);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives))
    return fc.oneof(...alternatives.map((one) => valuesFor(one, from, depth + 1)));
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum);
  const [type] = [schema.type].flat();
  switch (type) {
    case 'object':
      return objects(schema, from, depth);
    case 'array':
      return fc.array(valuesFor(schema.items, from, depth + 1), { maxLength: 3 });
    case 'integer':
    case 'number':
      return numbers(schema, from);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return texts(schema, from);
    default:
      return anything;
  }
}

function objects(schema: Schema, from: Source, depth: number): fc.Arbitrary<unknown> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
  const { wild } = from;
  const members = Object.entries(properties).map(([name, property]) => {
    const value = valuesFor(property, from, depth + 1);
    const kept = required.has(name) ? 19 : from.wild ? 4 : 2;
    return fc.oneof(
      { weight: kept, arbitrary: value.map((one): [string, unknown][] => [[name, one]]) },
      {
        weight: required.has(name) ? (from.wild ? 1 : 0) : 8,
        arbitrary: fc.constant<[string, unknown][]>([]),
      },
    );
  });
  if (!wild) return fc.tuple(...members).map((all) => Object.fromEntries(all.flat()));
  const more = fc.oneof(
    { weight: 12, arbitrary: fc.constant<[string, unknown][]>([]) },
    { weight: 1, arbitrary: fc.tuple(hostile, anything).map((one): [string, unknown][] => [one]) },
  );
  return fc.tuple(more, ...members).map((all) => Object.fromEntries(all.flat()));
}

function numbers({ minimum, maximum, type }: Schema, { wild }: Source): fc.Arbitrary<unknown> {
  const low = typeof minimum === 'number' ? minimum : -10;
  const high = typeof maximum === 'number' ? Math.max(low, maximum) : low + 1_000;
  const inside =
    type === 'integer'
      ? fc.integer({ min: low, max: Math.min(high, 2 ** 31 - 1) })
      : fc.double({ noNaN: true });
  return !wild
    ? inside
    : fc.oneof(inside, fc.constantFrom(low - 1, high + 1, 0.5, -0, 1e308, Number.MAX_SAFE_INTEGER));
}

function texts({ format, maxLength }: Schema, from: Source): fc.Arbitrary<unknown> {
  const long =
    from.wild && typeof maxLength === 'number' && maxLength < 20_000
      ? [fc.constant('y'.repeat(maxLength + 1))]
      : [];
  const usual: fc.Arbitrary<unknown>[] = [
    from.wild ? fc.string({ maxLength: 20 }) : fc.constantFrom('Sorting', 'Claims', '2026', 'yes'),
    fc.constantFrom(...from.names),
    ...long,
  ];
  if (format === 'date') usual.push(fc.constantFrom('2026-02-28', '2026-Q3', '9999-12-31'));
  if (format === 'date-time') usual.push(fc.constantFrom('2026-02-28T09:30:00Z', '2026-02-28T24:00:00Z'));
  if (format === 'email') usual.push(fc.emailAddress());
  return fc.oneof(...usual);
}
