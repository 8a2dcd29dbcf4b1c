/** The four stages of a nonconformity with their limits (10.2), the same for a system and for the organisation. */
import { lastDay } from '../day.ts';
import type { Clock } from './clock.ts';
import { type Calendared, dueAfter } from './due.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { dayOf, says, textOf } from './read.ts';

type House = Pick<OrganisationFacts, 'catalogue'> & Calendared;
export type CaseStage = 'correction' | 'cause' | 'action' | 'check';
const stages: readonly { readonly stage: CaseStage; readonly due: string; readonly done: string }[] = [
  { stage: 'correction', due: 'correctionDue', done: 'correctionDoneOn' },
  { stage: 'cause', due: 'causeDue', done: 'causeFoundOn' },
  { stage: 'action', due: 'actionDue', done: 'actionDoneOn' },
  { stage: 'check', due: 'checkDue', done: 'checkedOn' },
];

export const isOpenCase = (record: TraceRecord): boolean => !['closed', 'rejected'].includes(record.state);

/**
 * The stage at which an open case is late, and since when. A limit on the record binds as it is, because law, a contract
 * or a certification body may have set it; without one the house default of the catalogue counts from the day of
 * detection, and moves with the organisation's working days.
 */
export function lateStage(
  organisation: House,
  clock: Clock,
  record: TraceRecord,
  detectedOn: string,
): { stage: CaseStage; since: string } | null {
  for (const { stage, due, done } of stages) {
    if (isSettled(record, stage, done)) continue;
    const limit = limitOf(organisation, record, stage, due, detectedOn);
    if (limit !== null && clock.over(limit)) return { stage, since: limit };
  }
  return null;
}

/** The limit of an open case that comes next, over all stages still to be done. */
export function nextLimit(organisation: House, record: TraceRecord, detectedOn: string): string | null {
  return earliest(
    stages.map(({ stage, due, done }) =>
      isSettled(record, stage, done) ? null : limitOf(organisation, record, stage, due, detectedOn),
    ),
  );
}

const isSettled = (record: TraceRecord, stage: CaseStage, done: string): boolean =>
  says(record, done) || (stage === 'action' && textOf(record, 'actionNeeded') === 'no');

function limitOf(
  organisation: House,
  record: TraceRecord,
  stage: CaseStage,
  due: string,
  detectedOn: string,
): string | null {
  const own = dayOf(record, due);
  if (own !== null) return lastDay(own);
  const limits = organisation.catalogue.nonconformity.time_limits.stages.find((row) => row.stage === stage);
  const length = textOf(record, 'grade') === 'minor' ? limits?.minor : limits?.major;
  return length ? dueAfter(organisation, lastDay(detectedOn), length) : null;
}
