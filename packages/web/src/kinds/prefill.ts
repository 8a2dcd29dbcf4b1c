import { isObject, type Json } from '@throughline/domain/json.ts';
import type { RefWire } from '@throughline/domain/wire.ts';

/** What a new record begins with: the action of a gap, a link from another record. */
export type Prefill = {
  fields: Readonly<Record<string, Json>>;
  links: Readonly<Record<string, readonly RefWire[]>>;
};

/** The name of it in an address, and in the state of the history entry. */
const parameter = 'prefill';

/** The address of the page that makes a record of this collection, with values filled in. */
export const newRecordHref = (collection: string, prefill?: Partial<Prefill>): string => {
  const filled = { fields: prefill?.fields ?? {}, links: prefill?.links ?? {} };
  const empty = Object.keys(filled.fields).length === 0 && Object.keys(filled.links).length === 0;
  const search = empty ? '' : `?${new URLSearchParams({ [parameter]: JSON.stringify(filled) })}`;
  return `/${collection}/new${search}`;
};

const isJson = (value: unknown): value is Json =>
  value === null || ['boolean', 'number', 'string', 'object'].includes(typeof value);
const isRef = (value: unknown): value is RefWire =>
  isObject(value) && ['id', 'ref', 'kind', 'title'].every((name) => typeof value[name] === 'string');

const prefillFrom = (body: unknown): Prefill => {
  const fields = isObject(body) && isObject(body.fields) ? body.fields : {};
  const links = isObject(body) && isObject(body.links) ? body.links : {};
  return {
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]): [string, Json][] =>
        isJson(value) ? [[name, value]] : [],
      ),
    ),
    links: Object.fromEntries(
      Object.entries(links).map(([name, refs]) => [name, Array.isArray(refs) ? refs.filter(isRef) : []]),
    ),
  };
};

/** What an address asks to be filled in. What cannot be read is left out: the person fills it in by hand. */
export const readPrefill = (search: Readonly<Record<string, string>>): Prefill => {
  try {
    return prefillFrom(JSON.parse(search[parameter] ?? '{}'));
  } catch {
    return prefillFrom({}); // An address that was cut asks for nothing; the form is then an empty one.
  }
};

/** What the page before this one put into the history entry; undefined where it put nothing. */
export const statePrefill = (state: unknown): Prefill | undefined =>
  isObject(state) && isObject(state[parameter]) ? prefillFrom(state[parameter]) : undefined;
