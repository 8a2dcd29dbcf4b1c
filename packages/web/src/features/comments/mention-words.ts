import { mentionsIn, mentionText, partsOf } from '@throughline/domain/mentions.ts';
import { roles } from '@throughline/domain/permissions.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { roleName } from '../../kinds/roles.ts';

/** Somebody to speak to: a member by name, or everyone in a role. */
export type Target = { id: string; name: string; role: boolean };

/** People first, then roles; whoever has left is not offered. */
export const targetsOf = (members: readonly MemberWire[]): readonly Target[] => [
  ...members
    .filter((one) => one.active && one.service === undefined)
    .map(({ id, name }) => ({ id, name, role: false })),
  ...roles.map((id) => ({ id, name: roleName(id), role: true })),
];

/** What is being typed after the last `@` before the caret: where it begins, and the words so far. Null elsewhere. */
export const askedAt = (text: string, caret: number): { from: number; words: string } | null => {
  const found = /(?:^|[\s(])@([\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]+){0,3})$/u.exec(text.slice(0, caret));
  if (found === null) return null;
  const words = found[1] ?? '';
  return { from: caret - words.length - 1, words };
};

const mostOffered = 6;

/** Whom the words could mean: names that begin with them before names that hold them. */
export const matching = (targets: readonly Target[], words: string): readonly Target[] => {
  const sought = words.toLowerCase();
  const at = (target: Target): number => target.name.toLowerCase().indexOf(sought);
  const found = targets.filter((target) => at(target) >= 0);
  return [...found].sort((a, b) => Math.min(at(a), 1) - Math.min(at(b), 1)).slice(0, mostOffered);
};

/** A stored text as it is written: ids become names again. */
export const written = (text: string, names: Readonly<Record<string, string>>): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? part : `@${names[part.id] ?? part.id}`))
    .join('');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A written text as it is stored: `@` and a name become an id. Longer names win over those they begin with. */
export const stored = (text: string, targets: readonly Target[]): string => {
  const byName = new Map([...targets].reverse().map((target) => [target.name, target.id]));
  const names = [...byName.keys()].sort((a, b) => b.length - a.length).map(escaped);
  if (names.length === 0) return text;
  const pattern = new RegExp(`(^|[\\s(])@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (_all, before: string, name: string) => {
    const id = byName.get(name);
    return `${before}${id === undefined ? `@${name}` : mentionText(id)}`;
  });
};

/** Everyone that a written text would call. */
export const called = (text: string, targets: readonly Target[]): readonly string[] =>
  mentionsIn(stored(text, targets)).map(({ id }) => targets.find((target) => target.id === id)?.name ?? id);
