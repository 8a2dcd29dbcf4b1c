import { planDemand } from '../../kinds/treatment.ts';
import { hasAuthority } from '../authority.ts';
import { approvedOf, type Context, createdOn } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, create, earliest, edit, lack } from '../judge.ts';
import { dayOf, linksOf } from '../read.ts';
import { actionsOf, draftedFor, treatmentsOf, unseenOn } from '../risks.ts';
import { label, listed, names, say } from '../say.ts';
import { staleSince } from '../stale.ts';
import type { Gap } from '../types.ts';

/** Risks above the threshold that no plan treats, or only what a later draft of one says. */
export function unplanned(c: Context, above: readonly TraceRecord[]): (Gap | null)[] {
  const open = above.filter((record) => treatmentsOf(c, record).length === 0);
  const drafts = (record: TraceRecord) => draftedFor(c, record);
  const since = (record: TraceRecord) => dayOf(record, 'assessedOn') ?? createdOn(c, record);
  return [
    lack(open, (record) => drafts(record).length === 0, {
      say: (bare) => say('ri4-none', listed(bare)),
      since,
      action: (record) =>
        create(label`Plan treatment of ${record}`, 'treatment', {
          system: [c.system.record],
          risks: [record],
        }),
    }),
    lack(open, (record) => drafts(record).length > 0, {
      say: (drafted) =>
        say('ri4-drafted', { ...listed(drafted), plans: names([...new Set(drafted.flatMap(drafts))]) }),
      since,
      action: (record) => drafts(record).map((plan) => approve(label`Approve ${plan}`, plan))[0] ?? null,
    }),
  ];
}

/** Plans whose risks, or what these carry, are others since they were approved, or are on record no more (6.1.3). */
export function movedUnder(c: Context, plans: readonly TraceRecord[]): (Gap | null)[] {
  const gone = (plan: TraceRecord) =>
    c.system.inputs.gone.filter(({ id }) => linksOf(approvedOf(c, plan) ?? plan, 'risks').includes(id));
  const changed = (plan: TraceRecord) =>
    (approvedOf(c, plan)?.stale ?? []).filter((id) => gone(plan).every((one) => one.id !== id));
  return [
    // Where findings moved too, the next gap says more of the same plan, and one step answers both.
    lack(plans, (plan) => changed(plan).length > 0 && unseenOn(c, plan).length === 0, {
      say: (open) =>
        say('ri4-stale', { ...listed(open), risks: names([...new Set(open.flatMap(changed))], 3) }),
      since: (plan) => staleSince(c, plan),
      action: (plan) => approve(label`Approve ${plan} anew`, plan),
    }),
    lack(plans, (plan) => unseenOn(c, plan).length > 0, {
      say: (open) =>
        say('ri4-unseen', {
          ...listed(open),
          findings: names([
            ...new Set(open.flatMap((plan) => unseenOn(c, plan).map(({ assessment }) => assessment))),
          ]),
        }),
      since: (plan) =>
        earliest([
          ...(changed(plan).length > 0 ? [staleSince(c, plan)] : []),
          ...unseenOn(c, plan).map(({ at }) => c.organisation.zone.dayOf(at)),
        ]),
      action: (plan) => approve(label`Approve ${plan} anew`, plan),
    }),
    lack(plans, (plan) => gone(plan).length > 0, {
      say: (open) => say('ri4-gone', { ...listed(open), risks: names([...new Set(open.flatMap(gone))], 3) }),
      since: (plan) => earliest(gone(plan).map(({ archivedAt }) => c.organisation.zone.dayOf(archivedAt))),
      action: (plan) => edit(label`Look at ${plan} again`, plan, 'risks'),
    }),
  ];
}

/** Plans that leave more than whoever approved them may agree to, by the table of authority on that day (5.3, 6.1.3). */
export const beyondAuthority = (c: Context, plans: readonly TraceRecord[]): Gap | null =>
  lack(
    plans,
    (plan) => {
      const approved = approvedOf(c, plan);
      if (approved === null) return false;
      const day = c.organisation.zone.dayOf(approved.at);
      const demand = planDemand(approved.fields);
      return hasAuthority(c.organisation, { member: approved.by, ...demand, day }) === false;
    },
    {
      say: (open) => say('ri4-authority', listed(open)),
      since: (plan) => c.organisation.zone.dayOf(approvedOf(c, plan)?.at ?? plan.createdAt),
      action: (plan) => approve(label`Approve ${plan} anew`, plan),
    },
  );

/** What plans in force promise and nobody did: late, put away by a later draft of a plan that is done, or without owner or day. */
export function undone(c: Context, plans: readonly TraceRecord[]): (Gap | null)[] {
  const of = (record: TraceRecord) => actionsOf(c, record);
  const answer = (record: TraceRecord) => edit(label`Answer for ${record}`, record, 'actions');
  return [
    lack(plans, (record) => of(record).late.length > 0, {
      say: (open) => say('ri4-late', listed(open)),
      since: (record) => earliest(of(record).late),
      action: answer,
    }),
    lack(plans, (record) => record.state === 'done' && of(record).putAway > 0, {
      say: (open) => say('ri4-undone', listed(open)),
      since: (record) => dayOf(record, 'doneOn') ?? createdOn(c, record),
      action: answer,
    }),
    lack(plans, (record) => of(record).none || of(record).bare > 0, {
      say: (open) => say('ri4-bare', listed(open)),
      since: (record) => createdOn(c, record),
      action: (record) => edit(label`Complete ${record}`, record, 'actions'),
    }),
  ];
}
