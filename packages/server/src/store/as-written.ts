import type { Json } from '@throughline/domain/json.ts';

/** A JSON column holds what this release wrote into it; the one place where that is taken at its word. */
export function asWritten<T>(value: Json): T {
  return value as T;
}
