import { approvedOwn, isOwnWork } from '../approved-own.ts';
import type { TraceRecord } from '../inputs.ts';
import { edit, every, fails, gap, gapsOr, holds, lack, notApplicable } from '../judge.ts';
import { says, silent, textOf } from '../read.ts';
import { label, listed, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import type { OrganisationContext, Question } from './context.ts';
import { sharedRecords } from './context.ts';
import { mandatoryItems } from './mandatory.ts';

/** Clause 7.5: that the documents exist, how they came about, and how they are kept. */
export const documentRules: readonly Question[] = [
  { id: '7.5.1', judge: setComplete },
  { id: '7.5.2', judge: madeProperly },
  { id: '7.5.3', judge: keptProperly },
];

function inForce(o: OrganisationContext): TraceRecord[] {
  return sharedRecords(o, 'document').filter(
    (record) => record.state !== 'withdrawn' && o.organisation.approved(record) !== null,
  );
}

function setComplete(o: OrganisationContext): Judgement {
  const items = mandatoryItems(o, 'mandatory');
  const missing = items.filter((item) => item.exists.state === 'no' || item.holds?.state === 'no');
  const waiting = items.filter((item) => item.holds?.state === 'not-yet-judged');
  if (missing.length > 0) {
    const shown = missing.slice(0, 3).map((item) => item.id);
    const more = missing.length - shown.length;
    return fails(
      gap(
        say('q751-missing', { items: more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') }),
        missing.flatMap((item) => item.record ?? []),
        { action: missing.find((item) => item.action !== null)?.action ?? null },
      ),
    );
  }
  if (waiting.length > 0)
    return {
      verdict: 'unverifiable',
      why: say('q751-waiting', { items: waiting.map((item) => item.id).join(', ') }),
      records: [],
    };
  return holds(items.flatMap((item) => item.record ?? []));
}

function madeProperly(o: OrganisationContext): Judgement {
  const all = inForce(o);
  if (all.length === 0) return fails(gap(say('q752-none'), []));
  const byAuthor = (record: TraceRecord) => {
    const content = o.organisation.approved(record);
    return content !== null && approvedOwn(o.organisation, content, textOf(record, 'author')) === 'own';
  };
  // What is approved of the whole organisation, such as criteria and lines of the statement, is documented information too.
  const others = o.organisation.inputs.records.filter(
    (record) =>
      record.kind !== 'document' &&
      !record.archived &&
      isOwnWork(record, o.organisation.approved(record), o.organisation),
  );
  return gapsOr(
    [
      lack(all, (record) => silent(record, ['author', 'reviewer']).length > 0, {
        say: (open) => say('q752-open', listed(open)),
        action: (record) =>
          edit(label`Complete ${record}`, record, says(record, 'author') ? 'reviewer' : 'author'),
      }),
      // A small organisation may waive this in writing; its reports say so.
      lack([...all, ...others], (record) => record.kind !== 'document' || byAuthor(record), {
        say: (open) => say('q752-own', listed(open)),
        since: (record) => o.organisation.zone.dayOf(o.organisation.approved(record)?.at ?? record.createdAt),
        action: (record) => ({
          label: label`Approve ${record} again`,
          do: { type: 'approve', record: record.id },
        }),
      }),
    ],
    holds(all),
  );
}

/** That nothing was altered afterwards is what the log proves, outside these rules. */
function keptProperly(o: OrganisationContext): Judgement {
  const all = inForce(o);
  if (all.length === 0) return notApplicable(say('q752-none'));
  const parts = ['retention', 'disposal', 'sensitivity'];
  return every(all, (record) => silent(record, parts).length > 0, {
    say: (open) => say('q753-open', listed(open)),
    action: (record) => edit(label`Complete ${record}`, record, silent(record, parts)[0] ?? 'retention'),
  });
}
