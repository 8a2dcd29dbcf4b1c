import { isObject, type Json } from '@throughline/domain/json.ts';
import type { RefWire } from '@throughline/domain/wire.ts';
import { keepPreference, readPreference } from '../../ui/store.ts';

/** What a form holds: values by field, targets by relation, and its first state where the kind allows any. */
export type Draft = {
  fields: Readonly<Record<string, Json>>;
  links: Readonly<Record<string, readonly RefWire[]>>;
  state?: string;
};
export type KeptDraft = Draft & { at: string };

const nameOf = (collection: string, ref: string): string => `draft.${collection}.${ref}`;

const isRefs = (value: unknown): value is readonly RefWire[] =>
  Array.isArray(value) && value.every((ref) => isObject(ref) && typeof ref.id === 'string');
const isJson = (value: unknown): value is Json => value !== undefined;

/** A draft as text, read back; null where it is none. What cannot be read is dropped: the form begins anew. */
export const readDraft = (text: string): KeptDraft | null => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !isObject(body.fields) || !isObject(body.links) || typeof body.at !== 'string')
    return null;
  const fields = Object.entries(body.fields).flatMap(([name, value]): [string, Json][] =>
    isJson(value) ? [[name, value]] : [],
  );
  const links = Object.entries(body.links).flatMap(([name, refs]): [string, readonly RefWire[]][] =>
    isRefs(refs) ? [[name, refs]] : [],
  );
  return {
    fields: Object.fromEntries(fields),
    links: Object.fromEntries(links),
    at: body.at,
    ...(typeof body.state === 'string' ? { state: body.state } : {}),
  };
};

export const keptDraft = (collection: string, ref: string): KeptDraft | null =>
  readDraft(readPreference(nameOf(collection, ref), ''));

export const keepDraft = (collection: string, ref: string, draft: Draft, at: string): void => {
  keepPreference(nameOf(collection, ref), JSON.stringify({ ...draft, at }));
};

export const dropDraft = (collection: string, ref: string): void => {
  keepPreference(nameOf(collection, ref), '');
};
