/** Which systems are admitted afterwards: those that ran before there was a management system (A.6.2.5, 4.4). */
import { type Day, firstDay, lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import { lifeCycleStates } from '../kinds/vocabulary.ts';
import { latest } from '../trace/due.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { earliest } from '../trace/judge.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { dayOf, listOf, type Readable, textOf } from '../trace/read.ts';

type Where = Pick<OrganisationFacts, 'zone' | 'today'>;

/** A document as somebody approved it, and when (RFC 3339); whatever was written, withdrawn or archived since. */
export type FoundingApproval = { readonly at: string; readonly fields: Readable['fields'] };

/** The day on which scope or AI policy was approved for the first time, whatever became of it; nothing before that. */
export function managementSystemBegan(
  approvals: readonly FoundingApproval[],
  { zone }: Pick<Where, 'zone'>,
): string | null {
  const founding = approvals.filter(({ fields }) => {
    const said = { fields, links: {} };
    return (
      ['ai-policy', 'scope-statement'].includes(textOf(said, 'type') ?? '') ||
      listOf(said, 'covers').some((item) => ['MD-01', 'MD-02'].includes(item))
    );
  });
  return earliest(founding.map(({ at }) => zone.dayOf(at)));
}

/** Stages in which a system is still being made: what runs already is recorded where it stands. */
const making = ['inception', 'design-development', 'verification-validation'];

/** Why a system is not admitted afterwards, in words; nothing where it runs, and did before the management system began. */
export function admissionObstacle(
  {
    system,
    version,
    liveDays,
    approvals,
  }: {
    readonly system: TraceRecord;
    readonly version: TraceRecord | null;
    /** Every day that was ever said of the version, while it was live, to be that since when it runs. */
    readonly liveDays: readonly Day[];
    readonly approvals: readonly FoundingApproval[];
  },
  where: Where,
): string | undefined {
  const said = version === null ? null : dayOf(version, 'liveFrom');
  // Since when it runs was said when it went live: a day that is written back afterwards makes nothing older.
  const from = said === null ? null : latest([said, ...liveDays]);
  if (version?.state !== 'live' || from === null || firstDay(from) > where.today)
    return 'Admitted afterwards is what runs already: the version is live, and says from which day. What does not run yet is released before it does.';
  if (making.includes(system.state))
    return `Admitted afterwards is what ran before it was known, and this system is at the stage “${lifeCycleStates.states[system.state]?.label ?? system.state}”. What runs already is recorded at the stage at which it stands; what is still being made passes its gates.`;
  const began = managementSystemBegan(approvals, where);
  return began !== null && lastDay(from) >= began
    ? `Admitted afterwards is what is older than the management system, which began with the approval of its scope or policy on ${dayText(began)}; this version is live from ${dayText(from)}. It passes its gates, or is let through as an emergency.`
    : undefined;
}
