/** The four stages of a nonconformity with their limits (10.2), the same for a system and for the organisation. */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { lastDay } from '../day.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { addPeriod } from './period.ts';
import { dayOf, says, textOf } from './read.ts';

export type CaseStage = 'correction' | 'cause' | 'action' | 'check';
const stages: readonly { readonly stage: CaseStage; readonly due: string; readonly done: string }[] = [
  { stage: 'correction', due: 'correctionDue', done: 'correctionDoneOn' },
  { stage: 'cause', due: 'causeDue', done: 'causeFoundOn' },
  { stage: 'action', due: 'actionDue', done: 'actionDoneOn' },
  { stage: 'check', due: 'checkDue', done: 'checkedOn' },
];

export const isOpenCase = (record: TraceRecord): boolean => !['closed', 'rejected'].includes(record.state);

/**
 * The stage at which an open case is late, and since when. A limit on the record binds; without one the house
 * default of the catalogue counts from the day of detection.
 */
export function lateStage(
  catalogue: Catalogue,
  clock: Clock,
  record: TraceRecord,
  detectedOn: string,
): { stage: CaseStage; since: string } | null {
  for (const { stage, due, done } of stages) {
    if (isSettled(record, stage, done)) continue;
    const limit = limitOf(catalogue, record, stage, due, detectedOn);
    if (limit !== null && clock.over(limit)) return { stage, since: limit };
  }
  return null;
}

/** The limit of an open case that comes next, over all stages still to be done. */
export function nextLimit(catalogue: Catalogue, record: TraceRecord, detectedOn: string): string | null {
  return earliest(
    stages.map(({ stage, due, done }) =>
      isSettled(record, stage, done) ? null : limitOf(catalogue, record, stage, due, detectedOn),
    ),
  );
}

const isSettled = (record: TraceRecord, stage: CaseStage, done: string): boolean =>
  says(record, done) || (stage === 'action' && textOf(record, 'actionNeeded') === 'no');

function limitOf(
  catalogue: Catalogue,
  record: TraceRecord,
  stage: CaseStage,
  due: string,
  detectedOn: string,
): string | null {
  const own = dayOf(record, due);
  if (own !== null) return lastDay(own);
  const limits = catalogue.nonconformity.time_limits.stages.find((row) => row.stage === stage);
  const length = textOf(record, 'grade') === 'minor' ? limits?.minor : limits?.major;
  return length ? addPeriod(lastDay(detectedOn), length) : null;
}
