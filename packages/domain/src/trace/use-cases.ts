import { type Context, missingSince, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { fails, gap } from './judge.ts';
import { rec, say } from './say.ts';
import type { Judgement } from './types.ts';

const ended: ReadonlySet<string> = new Set(['rejected', 'retired']);

/**
 * The use cases that rules ask about. A live system's uses count unless they have ended or stand suspended: a use
 * that runs without ever having been approved must not fall out of the rules by being called proposed. Before the
 * system is live they are the uses it is built for.
 */
export function useCases(c: Context): TraceRecord[] {
  return ownOf(c, 'use-case').filter(isOngoing);
}

/** Neither ended nor suspended. */
export const isOngoing = ({ state }: Pick<TraceRecord, 'state'>): boolean =>
  !ended.has(state) && state !== 'suspended';

/** Uses that stand suspended: they are on record, and do not go on. */
export const suspendedUseCases = (c: Context): TraceRecord[] =>
  ownOf(c, 'use-case').filter(({ state }) => state === 'suspended');

/** Uses that were rejected or retired. */
export function endedUseCases(c: Context): TraceRecord[] {
  return ownOf(c, 'use-case').filter((record) => ended.has(record.state));
}

/** What is asked of each use case cannot be shown while none is on record: that gap has its button at its own station. */
export function fallsWithUseCases(c: Context): Judgement {
  const system = c.system.record;
  return fails(
    gap(say('uc-falls', { system: rec(system) }), [system], {
      since: missingSince(c, system),
      causedBy: { station: 'use-cases' },
    }),
  );
}
