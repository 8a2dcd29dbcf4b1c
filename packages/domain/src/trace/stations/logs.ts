/** Logs by plan (A.6.2.8), for as long as law asks, and the plan of monitoring after placing on the market. */
import { lastDay } from '../../day.ts';
import { approvedOf, type Context, createdOn, missingSince, ownOf, type Rule } from '../context.ts';
import { filed } from '../files.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, every, fails, gap, gapsOr, holds, lack } from '../judge.ts';
import { dayOf, numberOf, says, textOf } from '../read.ts';
import { label, listed, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';

export const logRules: readonly Rule[] = [
  { id: 'OP3', judge: loggedByPlan },
  { id: 'OP4', judge: keptLongEnough },
  { id: 'OP8', judge: watchedAfterwards },
];

/** Log plans in force, with the content that was approved. */
function plans(c: Context): TraceRecord[] {
  return ownOf(c, 'log-plan').filter(
    (record) => record.state !== 'withdrawn' && approvedOf(c, record) !== null,
  );
}

function noPlan(c: Context): Judgement {
  const system = c.system.record;
  return fails(
    gap(say('op3-none', { system: rec(system) }), [system], {
      since: missingSince(c, system),
      action: create('Write the log plan', 'log-plan', { system: [system] }),
    }),
  );
}

/** Rights on paper count once they were tried; a plan is held against the logs by the day that it names. */
function loggedByPlan(c: Context): Judgement {
  const all = plans(c);
  if (all.length === 0) return noPlan(c);
  const content = (record: TraceRecord) => approvedOf(c, record) ?? record;
  const outside = all.filter((record) => textOf(content(record), 'heldBy') !== 'organisation');
  const next = (record: TraceRecord) => dayOf(record, 'nextCheck');
  return gapsOr(
    [
      lack(outside, (record) => !says(content(record), 'right') || !says(record, 'rightTriedOn'), {
        say: (bare) => say('op3-right', listed(bare)),
        since: (record) => createdOn(c, record),
        action: (record) => edit('Try the right', record, 'rightTriedOn'),
      }),
      lack(
        all,
        (record) => {
          const day = next(record);
          return !says(record, 'checkedOn') || day === null || c.clock.over(day);
        },
        {
          say: (late) => say('op3-unchecked', listed(late)),
          since: (record) => next(record) ?? createdOn(c, record),
          action: (record) => edit(label`Hold ${record} against the logs`, record, 'checkedOn'),
        },
      ),
    ],
    holds(all, earliest(all.map((record) => lastOf(next(record))))),
  );
}

const lastOf = (day: string | null): string | null => day && lastDay(day);

/** Six months at the least (EU AI Act Art. 19(1), 26(6)). */
const leastMonths = 6;

function keptLongEnough(c: Context): Judgement {
  const all = plans(c);
  if (all.length === 0) return noPlan(c);
  const months = (record: TraceRecord) => numberOf(approvedOf(c, record) ?? record, 'retentionMonths') ?? 0;
  return every(all, (record) => months(record) < leastMonths, {
    say: (short) => say('op4-short', listed(short)),
    since: (record) => createdOn(c, record),
    action: (record) => edit('Set how long logs are kept', record, 'retentionMonths'),
  });
}

function watchedAfterwards(c: Context): Judgement {
  return filed(c, { ids: ['OB-72'], type: 'post-market-plan' });
}
