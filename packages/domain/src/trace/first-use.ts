import { type Day, firstDay } from '../day.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { dayOf } from './read.ts';
import { stageOf } from './stages.ts';

/**
 * The first day on which a system was used, as its records show it: the day from which its versions ran, its uses were in
 * use or it ran itself. What runs without saying since when ran at the latest when the register learnt of it. `null` while
 * nothing has begun.
 * @param records the system, its versions and the uses in question
 */
export function firstUse(
  records: readonly TraceRecord[],
  today: string,
  dayHere: (at: string) => string,
): Day | null {
  return earliest(
    records.map((record) => {
      const since = dayOf(record, record.kind === 'system-version' ? 'liveFrom' : 'liveSince');
      if (since !== null && firstDay(since) <= today) return since;
      return runs(record) ? dayHere(record.createdAt) : null;
    }),
  );
}

function runs({ kind, state }: TraceRecord): boolean {
  if (kind === 'system') return stageOf(state).live;
  return kind === 'use-case' ? state === 'in-use' : state === 'live';
}
