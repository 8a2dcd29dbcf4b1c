/** The four stages of a nonconformity with their limits (10.2), the same for a system and for the organisation. */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { lastDay } from '../day.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
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
    if (says(record, done) || (stage === 'action' && textOf(record, 'actionNeeded') === 'no')) continue;
    const limit = limitOf(catalogue, record, stage, due, detectedOn);
    if (limit !== null && clock.over(limit)) return { stage, since: limit };
  }
  return null;
}

/** The next limit of an open case. */
export function nextLimit(catalogue: Catalogue, record: TraceRecord, detectedOn: string): string | null {
  for (const { stage, due, done } of stages) {
    if (!says(record, done)) return limitOf(catalogue, record, stage, due, detectedOn);
  }
  return null;
}

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
