import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { quoted } from '@throughline/domain/text.ts';
import { InvalidArgumentError } from 'commander';
import { usage } from './refuse.ts';

/** A kind by its name (`use-case`) or by its collection (`use-cases`). */
export function readKind(registry: Registry, word: string): Kind {
  const kind = registry.find(word) ?? registry.ofCollection(word);
  if (kind) return kind;
  const known = registry.kinds.map((one) => one.name).sort();
  throw usage(`There is no kind ${quoted(word)}. Kinds are: ${known.join(', ')}.`);
}

/** Gathers `--filter key=value` into the parameters that the API takes; values of one key are alternatives. */
export function readFilters(pair: string, before: Readonly<Record<string, string>> = {}) {
  const at = pair.indexOf('=');
  const key = pair.slice(0, at).trim();
  if (at === -1 || key === '') throw new InvalidArgumentError('A filter is key=value, such as state=live.');
  const value = pair.slice(at + 1);
  const earlier = before[key];
  return { ...before, [key]: earlier === undefined ? value : `${earlier},${value}` };
}

export function readCount(word: string): number {
  const count = Number(word);
  if (/^\d{1,7}$/.test(word) && count >= 1) return count;
  throw new InvalidArgumentError('A whole number from 1 on.');
}
