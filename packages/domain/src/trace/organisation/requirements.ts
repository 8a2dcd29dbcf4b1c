/** The register of requirements on the organisation itself (4.2). */
import { lawBinds } from '../../kinds/law.ts';
import type { TraceRecord } from '../inputs.ts';
import { edit, gapsOr, holds, lack, step } from '../judge.ts';
import { isPast } from '../law.ts';
import { dayOf, linksOf, says, saysSentence } from '../read.ts';
import { label, listed, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import { type OrganisationContext, sharedRecords } from './context.ts';
import { isActive } from './roles.ts';

export function obligationsDecided(o: OrganisationContext): Judgement {
  const all = sharedRecords(o, 'obligation');
  const law = all.filter((record) => lawBinds(record, record.state));
  const createdOn = (record: TraceRecord) => o.organisation.zone.dayOf(record.createdAt);
  // A law that names systems is asked of their lines (CL8).
  const own = law.filter((record) => linksOf(record, 'concerns').length === 0);
  const isSeenTo = (record: TraceRecord) => isActive(o, (primaryOf(all, record) ?? record).owner);
  return gapsOr(
    [
      lack(all, (record) => record.state === 'open', {
        say: (open) => say('q42-open', listed(open)),
        since: createdOn,
        action: (record) => step(label`Decide on ${record}`, record, 'takeOn'),
      }),
      lack(all, (record) => record.state === 'declined' && !says(record, 'declineReason'), {
        say: (open) => say('q42-reason', listed(open)),
        action: (record) => edit(label`Give the reason in ${record}`, record, 'declineReason'),
      }),
      lack(law, (record) => isPast(o, record), {
        say: (open) => say('q42-past', listed(open)),
        since: (record) => dayOf(record, 'appliesTo'),
        action: (record) => step(label`End ${record}`, record, 'end'),
      }),
      lack(own, (record) => !isSeenTo(record), {
        say: (open) => say('q42-owner', listed(open)),
        since: createdOn,
        action: (record) => {
          const at = primaryOf(all, record) ?? record;
          return edit(label`Name who sees to ${at}`, at, 'owner');
        },
      }),
      lack(own, (record) => isInForce(o, record) && isSeenTo(record) && !saysHow(all, record), {
        say: (open) => say('q42-unmet', listed(open)),
        since: (record) => dayOf(record, 'appliesFrom') ?? createdOn(record),
        action: (record) => edit(label`Name what meets ${record}`, record, 'metBy'),
      }),
    ],
    holds(all),
  );
}

/** The requirement with which one is seen to: whoever owns that one answers for both, as long as it is in force. */
function primaryOf(all: readonly TraceRecord[], record: TraceRecord): TraceRecord | undefined {
  const [to] = linksOf(record, 'refersTo');
  return all.find(({ id, state }) => id === to && state !== 'declined' && state !== 'ended');
}

/** Without a day a law is in force now. */
function isInForce(o: OrganisationContext, record: TraceRecord): boolean {
  const from = dayOf(record, 'appliesFrom');
  return from === null || o.clock.reached(from);
}

/** Whether the register says how a requirement is met: by a record or a control that it names, or in a sentence. */
const saysHow = (all: readonly TraceRecord[], record: TraceRecord): boolean =>
  [record, primaryOf(all, record) ?? record].some(
    (one) =>
      linksOf(one, 'metBy').length > 0 || linksOf(one, 'controls').length > 0 || saysSentence(one, 'howMet'),
  );
