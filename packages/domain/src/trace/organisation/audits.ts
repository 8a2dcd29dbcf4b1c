import { dueAfter, dueBy } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, fails, gap, gapsOr, holds, lack } from '../judge.ts';
import { byDay } from '../order.ts';
import { cellText, dayOf, rowsOf, says, silent, textOf } from '../read.ts';
import { rhythmPeriod } from '../rhythm.ts';
import { label, listed, on, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import type { OrganisationContext, Question } from './context.ts';
import { sharedRecords } from './context.ts';

/** Clause 9: measuring the AIMS, and auditing it. */
export const auditRules: readonly Question[] = [
  { id: '9.1', judge: measured, waits: ['measurement', 'reconciliation'] },
  { id: '9.2.1', judge: audited },
  { id: '9.2.2', judge: independent, waits: ['audit-programme'] },
];

function measured(o: OrganisationContext): Judgement {
  const all = sharedRecords(o, 'monitor').filter(
    (record) => record.state === 'running' && textOf(record, 'subject') === 'aims',
  );
  if (all.length === 0)
    return fails(
      gap(say('q91-none'), [], { action: create('Add a monitor', 'monitor', {}, { subject: 'aims' }) }),
    );
  const due = (record: TraceRecord) => {
    const period = rhythmPeriod(textOf(record, 'rhythm'));
    const last = dayOf(record, 'lastEvaluatedOn') ?? dayOf(record, 'startedOn');
    return period && last ? dueAfter(o.organisation, last, period) : null;
  };
  return gapsOr(
    [
      lack(all, (record) => isOver(o, due(record)), {
        say: (late) => say('op1-late', listed(late)),
        since: due,
        action: (record) => edit(label`Record the evaluation of ${record}`, record, 'lastEvaluatedOn'),
      }),
    ],
    holds(all, earliest(all.map(due))),
  );
}

const isOver = (o: OrganisationContext, day: string | null): boolean => day !== null && o.clock.over(day);
const reported = (o: OrganisationContext): TraceRecord[] =>
  sharedRecords(o, 'audit')
    .filter((record) => record.state === 'reported')
    .sort(newestFirst);
/** Newest first; an audit that says no day is the last that anyone would cite. */
const newestFirst = (a: TraceRecord, b: TraceRecord): number => {
  const [first, second] = [issued(a), issued(b)];
  return first === null || second === null ? byDay(first, second) : byDay(second, first);
};
const issued = (record: TraceRecord): string | null =>
  dayOf(record, 'reportIssuedOn') ?? dayOf(record, 'periodTo');

function audited(o: OrganisationContext): Judgement {
  const [last] = reported(o);
  if (!last) return fails(gap(say('q921-none'), [], { action: create('Plan an audit', 'audit') }));
  const due = dueBy(o, { interval: 'internal_audit', last: issued(last), next: null });
  const late =
    due.state === 'over'
      ? gap(say('q921-over', { audit: rec(last), day: on(due.since) }), [last], {
          since: due.since,
          action: create('Plan an audit', 'audit'),
        })
      : due.state === 'no-interval'
        ? gap(say('q-no-interval', { name: 'Internal audit of the AIMS' }), [last])
        : null;
  const outside = rowsOf(last, 'populations').some((row) => cellText(row, 'outside') === 'yes');
  return gapsOr(
    [
      late,
      lack([last], (record) => silent(record, ['conclusion', 'reallyRuns']).length > 0, {
        say: (open) => say('q921-thin', listed(open)),
        since: issued,
        action: (record) =>
          edit(label`Complete ${record}`, record, says(record, 'conclusion') ? 'reallyRuns' : 'conclusion'),
      }),
      outside
        ? null
        : gap(say('q921-inside', { audit: rec(last) }), [last], {
            since: issued(last),
            action: edit('Name the outside population', last, 'populations'),
          }),
    ],
    holds([last], due.state === 'in-time' ? due.until : null),
  );
}

/** Judged on each audit's own check of independence; the programme comes with its kind. */
function independent(o: OrganisationContext): Judgement {
  const all = sharedRecords(o, 'audit').filter((record) => record.state !== 'cancelled');
  if (all.length === 0) return fails(gap(say('q921-none'), [], { action: create('Plan an audit', 'audit') }));
  const unchecked = (record: TraceRecord) => rowsOf(record, 'independenceRows').length === 0;
  const unsent = (record: TraceRecord) => record.state === 'reported' && !says(record, 'recipients');
  return gapsOr(
    [
      lack(all, unchecked, {
        say: (open) => say('q922-unchecked', listed(open)),
        since: (record) => dayOf(record, 'plannedOn'),
        action: (record) => edit(label`Check independence in ${record}`, record, 'independenceRows'),
      }),
      lack(all, unsent, {
        say: (open) => say('q922-unsent', listed(open)),
        since: issued,
        action: (record) => edit('Name who received it', record, 'recipients'),
      }),
    ],
    holds(all),
  );
}
