import { lastDay } from '../../day.ts';
import { current, nextValidation } from '../classes.ts';
import { approvedOf, type Context } from '../context.ts';
import { inInterval, latest } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import { earliest, gapsOr, lack, notApplicable, validate } from '../judge.ts';
import { dayOf, textOf } from '../read.ts';
import { label, listed, say } from '../say.ts';
import { changeSlots, type SystemChange, systemChanges, wasSo } from '../system-change.ts';
import type { Judgement } from '../types.ts';

/** CL6: signed-off classes were looked at in the interval, and after every significant change of the system. */
export function validated(c: Context, classes: readonly TraceRecord[]): Judgement {
  const found = classes.filter((record) => approvedOf(c, record) !== null);
  if (found.length === 0) return notApplicable(classes.length > 0 ? say('cl6-none') : say('cl-none'));
  const action = (record: TraceRecord) => validate(label`Look at ${record} again`, record);
  const inTime = inInterval(c, found, {
    interval: 'risk_classification',
    last: (record) =>
      latest([dayOf(record, 'validatedOn'), dayOf(current(c, record), 'classifiedOn')]) ??
      c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.createdAt),
    next: (record) => nextValidation(record, current(c, record)),
    over: (late) => say('cl6-over', listed(late)),
    action,
  });
  const changes = systemChanges(c);
  const unseen = (record: TraceRecord) => changes.filter((one) => !wasSeen(c, record, one));
  const changed = lack(found, (record) => unseen(record).length > 0, {
    say: (open) => say('cl6-changed', { ...listed(open), ...changeSlots(c, open.flatMap(unseen)) }),
    since: (record) => earliest(unseen(record).map(({ day }) => day)),
    action,
  });
  return gapsOr([...(inTime.verdict === 'gap' ? inTime.gaps : []), changed], inTime);
}

/**
 * Whether a class was signed off or looked at after a change, or when all was as it is today: by the moment; by the day where
 * no moment is on record.
 */
function wasSeen(c: Context, record: TraceRecord, change: SystemChange): boolean {
  const [at, day] = [textOf(record, 'validatedAt'), dayOf(record, 'validatedOn')];
  const moments = [approvedOf(c, record)?.at, at].flatMap((moment) => moment ?? []);
  if (moments.some((moment) => wasSo(change, moment))) return true;
  return at === null && day !== null && lastDay(day) > change.day;
}
