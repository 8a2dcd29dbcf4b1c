import { approvedOf, type Context } from '../context.ts';
import { inInterval } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import { notApplicable, step } from '../judge.ts';
import { nextLookDay } from '../next-day.ts';
import { dayOf } from '../read.ts';
import { label, listed, say } from '../say.ts';
import type { Judgement } from '../types.ts';

/** IM3 (8.4): each assessment is made again at planned intervals. */
export function inTime(c: Context, assessments: readonly TraceRecord[]): Judgement {
  if (assessments.length === 0) return notApplicable(say('im-none'));
  return inInterval(c, assessments, {
    interval: 'impact_assessment',
    last: (record) => dayOf(approvedOf(c, record) ?? record, 'assessedOn'),
    next: (record) => nextLookDay(record, approvedOf(c, record)),
    over: (late) => say('im3-over', listed(late)),
    action: (record) => step(label`Reassess ${record}`, record, 'reassess'),
  });
}
