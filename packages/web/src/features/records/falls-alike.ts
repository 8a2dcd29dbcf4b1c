import type { RefWire } from '@throughline/domain/wire.ts';
import type { FallWire } from '@throughline/domain/wire-withdrawal.ts';
import { sentenceText } from '../../standing/sentence.tsx';

/** Systems on which the same falls, in the same words. */
export type AlikeFalls = { readonly systems: readonly RefWire[]; readonly falls: readonly FallWire[] };

const saysOf = (falls: readonly FallWire[]): string =>
  JSON.stringify(falls.map(({ id, before, after, gaps }) => [id, before, after, gaps.map(sentenceText)]));

/** What falls, once for all systems that it is the same on: thirteen equal blocks hide the one that differs. */
export const fallsAlike = (
  systems: readonly { readonly system: RefWire; readonly falls: readonly FallWire[] }[],
): readonly AlikeFalls[] =>
  [...Map.groupBy(systems, ({ falls }) => saysOf(falls)).values()].map((group) => ({
    systems: group.map(({ system }) => system),
    falls: group[0]?.falls ?? [],
  }));
