import type { DeepReadonly } from './types.ts';

/** Freezes a tree of plain data in place; trees read from JSON or YAML have no cycles. */
export function deepFreeze<T>(value: T): DeepReadonly<T> {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value as DeepReadonly<T>;
}
