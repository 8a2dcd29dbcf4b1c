import { lastDay } from '../../day.ts';
import { type Context, createdOn, isActive, missingSince, ownOf, type StationRules } from '../context.ts';
import { dueAfter } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, fails, gap, gapsOr, holds, lack, unverifiable } from '../judge.ts';
import { dayOf, linksOf, textOf } from '../read.ts';
import { rhythmPeriod } from '../rhythm.ts';
import { count, label, listed, names, rec, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import { logRules } from './logs.ts';

export const operation: StationRules = {
  id: 'operation',
  rules: [{ id: 'OP1', judge: watched }, ...logRules, { id: 'OP7', judge: watchedByInstructions }],
  holding: (c) =>
    running(c).length === 0
      ? say('hold-bare')
      : say('op-hold', { monitors: count(running(c).length, 'monitor'), records: names(running(c), 2) }),
};

const running = (c: Context): TraceRecord[] =>
  ownOf(c, 'monitor').filter((record) => record.state === 'running');

function noMonitor(c: Context): Judgement {
  const system = c.system.record;
  return fails(
    gap(say('op1-none', { system: rec(system) }), [system], {
      since: missingSince(c, system),
      action: create('Add a monitor', 'monitor', { system: [system] }),
    }),
  );
}

/** Day by which a monitor has to be evaluated again; nothing where its rhythm follows no calendar. */
function nextEvaluation(c: Context, record: TraceRecord): string | null {
  const period = rhythmPeriod(textOf(record, 'rhythm'));
  const last = dayOf(record, 'lastEvaluatedOn') ?? dayOf(record, 'startedOn') ?? createdOn(c, record);
  return period === null ? null : dueAfter(c.organisation, lastDay(last), period);
}

/** Judged on the day of the last evaluation; single measurements come with telemetry. */
function watched(c: Context): Judgement {
  const all = running(c);
  if (all.length === 0) return noMonitor(c);
  const due = (record: TraceRecord) => nextEvaluation(c, record);
  const late = (record: TraceRecord) => {
    const day = due(record);
    return day !== null && c.clock.over(day);
  };
  const timeless = all.filter((record) => due(record) === null);
  return gapsOr(
    [
      lack(all, (record) => !isActive(c, textOf(record, 'evaluator') ?? record.owner), {
        say: (open) => say('op1-nobody', listed(open)),
        since: (record) => createdOn(c, record),
        action: (record) => edit(label`Name who evaluates ${record}`, record, 'evaluator'),
      }),
      lack(all, late, {
        say: (open) => say('op1-late', listed(open)),
        since: due,
        action: (record) => edit(label`Record the evaluation of ${record}`, record, 'lastEvaluatedOn'),
      }),
    ],
    timeless.length > 0
      ? unverifiable(say('op1-timeless', listed(timeless)), timeless)
      : holds(all, earliest(all.map(due))),
  );
}

/** Informing and suspending are judged once a case calls for them; until then it is watching by the instructions. */
function watchedByInstructions(c: Context): Judgement {
  const system = c.system.record;
  const all = running(c);
  if (all.length === 0) return noMonitor(c);
  if (linksOf(system, 'instructions').length > 0) return holds([...all, system]);
  return fails(
    gap(say('op7-instructions', { system: rec(system) }), [system], {
      since: missingSince(c, system),
      action: edit('Name the instructions', system, 'instructions'),
    }),
  );
}
