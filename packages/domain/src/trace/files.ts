/** Regulatory files: what law wants drawn up, declared, registered or notified. */
import { firstDay, lastDay } from '../day.ts';
import { approvedOf, type Context, createdOn, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { create, gapsOr, holds, lack } from './judge.ts';
import { binding, bindsFrom, dutiesOf, owedUnrecorded } from './law.ts';
import { dayOf, linksOf, textOf } from './read.ts';
import { listed, say } from './say.ts';
import type { Judgement } from './types.ts';

/** Files that were made, on a day that has come, and whose approved version says so today. */
export function madeFiles(c: Context, type?: string): TraceRecord[] {
  return ownOf(c, 'regulatory-file').filter((record) => {
    const content = approvedOf(c, record);
    const done = content && dayOf(content, 'doneOn');
    if (record.state !== 'made' || !content || !done || !c.clock.reached(done)) return false;
    const until = dayOf(content, 'validUntil');
    return (
      (until === null || !c.clock.over(until)) && (type === undefined || textOf(content, 'type') === type)
    );
  });
}

/** Whether a file that was made names a record in one of its relations. */
export function onFile(c: Context, type: string, relation: string, id: string): boolean {
  return madeFiles(c, type).some((record) => linksOf(approvedOf(c, record) ?? record, relation).includes(id));
}

type Filing = { readonly ids: readonly string[]; readonly type: string; readonly before?: string | null };

/** Each duty that binds has a file that names it; with `before`, one that was made by that day. */
export function filed(c: Context, { ids, type, before = null }: Filing): Judgement {
  const due = binding(c, dutiesOf(c, ids));
  const inTime = (file: TraceRecord): boolean => {
    const done = dayOf(approvedOf(c, file) ?? file, 'doneOn');
    return before === null || (done !== null && firstDay(done) <= lastDay(before));
  };
  const met = (duty: TraceRecord): boolean =>
    madeFiles(c).some(
      (file) => inTime(file) && linksOf(approvedOf(c, file) ?? file, 'obligations').includes(duty.id),
    );
  const open = lack(due, (duty) => !met(duty), {
    say: (late) => say('file-open', listed(late)),
    since: (duty) => bindsFrom(c, duty) ?? createdOn(c, duty),
    action: (duty) =>
      create(
        'Prepare the file',
        'regulatory-file',
        { system: [c.system.record], obligations: [duty] },
        { type },
      ),
  });
  return gapsOr([open, owedUnrecorded(c, ids)], holds(due));
}
