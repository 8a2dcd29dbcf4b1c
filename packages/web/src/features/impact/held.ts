import type { SheetEdit } from '@throughline/domain/impact/merge.ts';
import { dropPreference, keepPreference, keptPreferences, readPreference } from '../../ui/store.ts';
import type { Clash } from './clash-state.ts';
import type { Fields } from './impact-state.ts';

/** What was written and not saved, with what stood when it was written, and what was still to be chosen. */
export type Held = {
  readonly edit: SheetEdit;
  readonly confirm: readonly string[];
  readonly before: Fields;
  /** The version since which others' words count as theirs. */
  readonly since: number;
  readonly clashes: readonly Clash[];
};

/** One for each person and record: another person on the same computer sees nothing of it. */
const nameOf = (member: string, record: string): string => `impact-draft.${member}.${record}.`;

/** A page that was opened once. Two of them write the same record apart, and what one has saved is not the other's. */
const thisPage: string = crypto.randomUUID();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHeld = (value: unknown): value is Held =>
  isObject(value) &&
  isObject(value.before) &&
  typeof value.since === 'number' &&
  Array.isArray(value.clashes) &&
  value.clashes.every((clash) => isObject(clash) && typeof clash.at === 'string') &&
  isObject(value.edit) &&
  isObject(value.edit.fields) &&
  isObject(value.edit.effects) &&
  Array.isArray(value.edit.effects.set) &&
  value.edit.effects.set.every(isObject) &&
  Array.isArray(value.edit.effects.remove) &&
  Array.isArray(value.confirm);

const parsed = (text: string): Held | null => {
  try {
    const read: unknown = JSON.parse(text);
    return isHeld(read) ? read : null;
  } catch (error) {
    // What another release wrote otherwise is no draft of this one; what was saved stands.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/**
 * What this page holds, or else takes over from one that was closed; `null` where there is nothing, or nobody can read
 * it any more. A page that is still open goes on holding what is written there.
 */
export const readHeld = (member: string, record: string, page = thisPage): Held | null => {
  const name = nameOf(member, record);
  const own = `${name}${page}`;
  const others = keptPreferences().filter((one) => one.startsWith(name) && one !== own);
  for (const from of [own, ...others]) {
    const held = parsed(readPreference(from, 'null'));
    if (held === null) continue;
    if (from !== own && keepPreference(own, JSON.stringify(held))) dropPreference(from);
    return held;
  }
  return null;
};

/** Holds what is not saved over reloads and closed pages; `null` lets it go. Answers whether it could. */
export const hold = (member: string, record: string, held: Held | null, page = thisPage): boolean => {
  const own = `${nameOf(member, record)}${page}`;
  if (held !== null) return keepPreference(own, JSON.stringify(held));
  dropPreference(own);
  return true;
};
