import { inForce } from '../../approvals.ts';
import { firstDay } from '../../day.ts';
import type { Context } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { earliest, lack, step } from '../judge.ts';
import { dayOf, type Readable, says } from '../read.ts';
import { label, listed, say } from '../say.ts';
import { changeSlots, type MadeOf, type SystemChange, systemChanges, wasSo } from '../system-change.ts';
import type { Gap } from '../types.ts';

/**
 * Assessments in force that were approved before the system changed (8.4: when significant changes are proposed). By the
 * moment, not by the day. One that looked at the proposed change beforehand stands: the change is on record on the day on
 * which it was to take effect.
 */
export function beforeChange(c: Context, assessments: readonly TraceRecord[]): Gap | null {
  const since = (record: TraceRecord) => changedUnder(c, record);
  return lack(assessments, (record) => since(record).length > 0, {
    say: (open) => say('im1-changed', { ...listed(open), ...changeSlots(c, open.flatMap(since)) }),
    since: (record) => earliest(since(record).map(({ day }) => day)),
    action: (record) => step(label`Reassess ${record}`, record, 'reassess'),
  });
}

/**
 * What is another in the system than when the approval in force of an assessment was given, or than when somebody else said
 * that what had changed until then has no effect on it (8.4). What was changed back since is as it was assessed. The line,
 * the page, lists and files ask this.
 */
export function changedUnder(c: MadeOf, record: TraceRecord): SystemChange[] {
  const approval = inForce(record.approvals);
  return approval ? changedSince(c, record.inForce ?? record, approval.at) : [];
}

/**
 * What is another in the system than at a moment, and the assessment's content given did not look at beforehand.
 * @param moment RFC 3339, of an approval of it, or of work on it: nothing that was there before is foreseen
 */
export const changedSince = (c: MadeOf, content: Readable, moment: string): SystemChange[] =>
  systemChanges(c).filter((one) => !wasSo(one, moment) && !foresaw(content, one));

/**
 * Parts of a system, and of the models and data sets that it is made of, that an assessment asks about, by kind: its
 * intended use, jurisdictions, what decides, and what that learned from about whom. A change of these is assessed anew; of
 * another one a second person may say that it has no effect.
 */
export const assessedParts: Readonly<Record<string, readonly string[]>> = {
  system: ['purpose', 'markets', 'learnsInUse', 'usesModel', 'usesDataset'],
  model: ['version', 'limits', 'basedOn', 'trainedOn'],
  dataset: ['source', 'legalBasis', 'personalData', 'peopleRepresented', 'derivedFrom'],
};

/** What changed on the very day of the proposed change; a month or a year on record from earlier names its first day. */
function foresaw(content: Readable, { day }: SystemChange): boolean {
  const effective = dayOf(content, 'changeEffectiveOn');
  return says(content, 'proposedChange') && effective !== null && firstDay(effective) === day;
}
