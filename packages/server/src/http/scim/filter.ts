import { isObject } from '@throughline/domain/json.ts';
import { quoted } from '@throughline/domain/text.ts';
import { attributeName, namedIn } from './names.ts';
import { type Attribute, attributeNamed, type ResourceSchema } from './schemas.ts';
import { wrong } from './scim-error.ts';

const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
type Comparison = (typeof comparisons)[number];
type Value = string | boolean | number | null;

/** A filter (RFC 7644 §3.4.2.2) with its attributes looked up. */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly op: 'not'; readonly part: Filter }
  | { readonly op: 'pr'; readonly attribute: Attribute; readonly sub?: Attribute }
  | {
      readonly op: Comparison;
      readonly attribute: Attribute;
      readonly sub?: Attribute;
      readonly value: Value;
    }
  | { readonly op: 'any'; readonly attribute: Attribute; readonly part: Filter };

/** A place in a text that is read from left to right. `left`: comparisons and levels that may still come. */
export type FilterReader = {
  readonly text: string;
  at: number;
  readonly schema: ResourceSchema;
  left: number;
};

/** The longest filter, in characters; and the most comparisons and brackets in one. */
export const maxFilter = 2_000;
const maxParts = 60;

/** Reads a whole filter. Throws `invalidFilter` that says where it cannot be read, or what cannot be asked. */
export function readFilter(text: string, schema: ResourceSchema): Filter {
  if (text.length > maxFilter) throw wrong('invalidFilter', `A filter has ${maxFilter} characters at most.`);
  const reader: FilterReader = { text, at: 0, schema, left: maxParts };
  return readFilterAt(reader, undefined, '');
}

/** Reads a filter up to the end, or to a closing bracket, on the attributes of a schema or of one attribute alone. */
export function readFilterAt(
  reader: FilterReader,
  inside: readonly Attribute[] | undefined,
  end: '' | ']' | ')',
): Filter {
  const filter = either(reader, inside);
  blanks(reader);
  if (end === '' ? reader.at < reader.text.length : reader.text[reader.at] !== end) throw broken(reader);
  reader.at += end.length;
  return filter;
}

type Inside = readonly Attribute[] | undefined;

function either(reader: FilterReader, inside: Inside): Filter {
  const parts = [both(reader, inside)];
  while (word(reader, 'or')) parts.push(both(reader, inside));
  return parts.length === 1 && parts[0] ? parts[0] : { op: 'or', parts };
}

function both(reader: FilterReader, inside: Inside): Filter {
  const parts = [one(reader, inside)];
  while (word(reader, 'and')) parts.push(one(reader, inside));
  return parts.length === 1 && parts[0] ? parts[0] : { op: 'and', parts };
}

function one(reader: FilterReader, inside: Inside): Filter {
  reader.left -= 1;
  if (reader.left < 0) throw wrong('invalidFilter', `A filter has ${maxParts} comparisons at most.`);
  blanks(reader);
  const negated = /^not\s*\(/i.exec(reader.text.slice(reader.at, reader.at + 80))?.[0];
  if (negated !== undefined) {
    reader.at += negated.length;
    return { op: 'not', part: readFilterAt(reader, inside, ')') };
  }
  if (reader.text[reader.at] === '(') {
    reader.at += 1;
    return readFilterAt(reader, inside, ')');
  }
  return comparison(reader, inside);
}

function comparison(reader: FilterReader, inside: Inside): Filter {
  const name = attributeName.exec(reader.text.slice(reader.at))?.[0];
  if (name === undefined) throw broken(reader);
  reader.at += name.length;
  const found = inside ? insideOf(inside, name) : namedIn(name, reader.schema);
  const { attribute, sub } = found;
  if (!attribute) throw wrong('invalidFilter', `${quoted(name)} is no attribute that a filter can ask for.`);
  if (reader.text[reader.at] === '[' && !inside && !sub && attribute.multiValued && attribute.subAttributes) {
    reader.at += 1;
    return { op: 'any', attribute, part: readFilterAt(reader, attribute.subAttributes, ']') };
  }
  blanks(reader);
  const op = /^[a-z]{2}(?![a-z])/i.exec(reader.text.slice(reader.at, reader.at + 3))?.[0]?.toLowerCase();
  if (op === undefined) throw broken(reader);
  reader.at += 2;
  const on = { attribute, ...(sub ? { sub } : {}) };
  if (op === 'pr') return { op, ...on };
  const known = comparisons.find((each) => each === op);
  if (!known) throw wrong('invalidFilter', `${quoted(op)} is none of: ${comparisons.join(', ')}, pr.`);
  blanks(reader);
  return { op: known, ...on, value: fitting(valueAt(reader), known, sub ?? attribute) };
}

const insideOf = (inside: readonly Attribute[], name: string): { attribute?: Attribute; sub?: Attribute } => {
  const attribute = attributeNamed(inside, name);
  return attribute ? { attribute } : {};
};

/** A value that an attribute can be held against by a comparison; throws where nothing could ever fit. */
function fitting(value: Value, op: Comparison, attribute: Attribute): Value {
  if (attribute.type !== 'boolean') {
    if (typeof value === 'string' || (value === null && (op === 'eq' || op === 'ne'))) return value;
    throw wrong('invalidFilter', `${attribute.name} is compared with text in quotation marks.`);
  }
  // Some providers send truth values as text.
  const read = typeof value === 'string' ? truth(value) : value;
  if (typeof read === 'boolean' && (op === 'eq' || op === 'ne')) return read;
  throw wrong('invalidFilter', `${attribute.name} is true or false, compared by eq or ne.`);
}

/** `True` and `False`, as some providers write them. */
export function truth(text: string): boolean | undefined {
  return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
}

const literal = /^(?:"(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)/i;

function valueAt(reader: FilterReader): Value {
  const text = literal.exec(reader.text.slice(reader.at))?.[0];
  if (text === undefined) throw broken(reader);
  reader.at += text.length;
  if (!text.startsWith('"')) return scalar(text.toLowerCase());
  try {
    return String(JSON.parse(text));
  } catch {
    throw wrong('invalidFilter', `${quoted(text)} is no text in quotation marks as JSON has it.`);
  }
}

function scalar(text: string): Value {
  if (text === 'null') return null;
  return truth(text) ?? Number(text);
}

function word(reader: FilterReader, wanted: string): boolean {
  const found = /^\s+([a-z]+)(?=[\s(])/i.exec(reader.text.slice(reader.at, reader.at + 200));
  if (found?.[1]?.toLowerCase() !== wanted) return false;
  reader.at += found[0].length;
  return true;
}

function blanks(reader: FilterReader): void {
  while (reader.text[reader.at] === ' ') reader.at += 1;
}

function broken({ text, at }: FilterReader) {
  const found = at < text.length ? quoted(text.slice(at, at + 20)) : 'the end';
  return wrong('invalidFilter', `The filter cannot be read at character ${at + 1}: ${found}.`);
}

/** Whether a resource, as it would be answered, fits. */
export function fits(filter: Filter, resource: Readonly<Record<string, unknown>>): boolean {
  switch (filter.op) {
    case 'and':
      return filter.parts.every((part) => fits(part, resource));
    case 'or':
      return filter.parts.some((part) => fits(part, resource));
    case 'not':
      return !fits(filter.part, resource);
    case 'pr':
      return valuesOf(filter, resource).some((value) => value !== null && value !== '');
    case 'any':
      return listOf(resource[filter.attribute.name]).some(
        (item) => isObject(item) && fits(filter.part, item),
      );
    default:
      return compares(filter, valuesOf(filter, resource));
  }
}

type On = { readonly attribute: Attribute; readonly sub?: Attribute };

/** The values that a comparison is about; of a list of parts without a name, their `value` (RFC 7643 §2.4). */
function valuesOf({ attribute, sub }: On, resource: Readonly<Record<string, unknown>>): unknown[] {
  const part = sub?.name ?? (attribute.multiValued && attribute.subAttributes ? 'value' : undefined);
  return listOf(resource[attribute.name])
    .map((value) => (part === undefined ? value : isObject(value) ? value[part] : undefined))
    .filter((value) => value !== undefined);
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

function compares(filter: Extract<Filter, { value: Value }>, values: readonly unknown[]): boolean {
  const { op, value, attribute, sub } = filter;
  if (value === null) return (op === 'eq') === (values.length === 0);
  const exact = (sub ?? attribute).caseExact;
  const same = (one: unknown) => (typeof one === 'string' && !exact ? one.toLowerCase() : one);
  const wanted = same(value);
  if (op === 'ne') return !values.some((one) => same(one) === wanted);
  return values.some((one) => holds(op, same(one), wanted));
}

function holds(op: Exclude<Comparison, 'ne'>, found: unknown, wanted: unknown): boolean {
  if (op === 'eq') return found === wanted;
  if (typeof found !== 'string' || typeof wanted !== 'string') return false;
  switch (op) {
    case 'co':
      return found.includes(wanted);
    case 'sw':
      return found.startsWith(wanted);
    case 'ew':
      return found.endsWith(wanted);
    case 'gt':
      return found > wanted;
    case 'ge':
      return found >= wanted;
    case 'lt':
      return found < wanted;
    case 'le':
      return found <= wanted;
  }
}

/** What every resource that fits has to have, by `name` or `name.sub`: what the store looks for before anything is tested. */
export function needed(filter: Filter): Map<string, string> {
  if (filter.op === 'and') return new Map(filter.parts.flatMap((part) => [...needed(part)]));
  if (filter.op !== 'eq' || typeof filter.value !== 'string') return new Map();
  const { attribute, sub } = filter;
  const part = sub?.name ?? (attribute.multiValued && attribute.subAttributes ? 'value' : undefined);
  return new Map([[part === undefined ? attribute.name : `${attribute.name}.${part}`, filter.value]]);
}
