import { assessmentsInForce, carries, type Finding, significantFindings } from '../assessments.ts';
import { approvedOf, type Context, missingSince, ownOf } from '../context.ts';
import { type MovedFinding, movedFindings } from '../findings-moved.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, earliest, edit, fails, gap, gapsOr, holds, lack, step } from '../judge.ts';
import { isLeftIn, isNoRisk } from '../left-findings.ts';
import { byDay, byName } from '../order.ts';
import { criteriaInForce } from '../rating.ts';
import { cellText, dayOf } from '../read.ts';
import { label, listed, names, rec, say, wordList } from '../say.ts';
import { staleSince } from '../stale.ts';
import type { Gap, Judgement } from '../types.ts';
import { firstApproved } from '../unseen-findings.ts';

/** Without an assessment there is no finding to carry: the gap falls with impact and has its button there. */
function noAssessment(c: Context): Judgement {
  const system = c.system.record;
  return fails(
    gap(say('ri2-no-assessment', { system: rec(system) }), [system], {
      since: missingSince(c, system),
      causedBy: { station: 'impact' },
    }),
  );
}

/**
 * RI2 (6.1.4, 6.1.2, 8.2): each significant finding of assessments that stand goes into a risk, or is none for a reason
 * that the assessment or the newest run which is done gives, and each risk was rated on what the findings that it carries say today.
 */
export function findingsCarried(c: Context): Judgement {
  const assessments = assessmentsInForce(c);
  if (assessments.length === 0) return noAssessment(c);
  const all = ownOf(c, 'risk');
  const runs = ownOf(c, 'risk-assessment');
  const open = significantFindings(c).filter(
    (finding) =>
      !isNoRisk(finding) &&
      !all.some((record) => carries(record, finding.assessment.id, finding.number)) &&
      !isLeftIn(runs, finding),
  );
  const moved = movedFindings(c);
  const stale = assessments.filter((record) => (approvedOf(c, record)?.stale.length ?? 0) > 0);
  return gapsOr(
    [
      lack(stale, () => true, {
        say: (old) => say('ri2-stale', listed(old)),
        since: (record) => staleSince(c, record),
        causedBy: { station: 'impact' },
      }),
      carriedNowhere(c, open),
      ratedBefore(c, moved),
      closedBefore(c, moved),
    ],
    holds([...assessments, ...all.filter((record) => record.state !== 'closed')]),
  );
}

function carriedNowhere(c: Context, open: readonly Finding[]): Gap | null {
  const [first] = open;
  if (!first) return null;
  return gap(
    open.length === 1
      ? say('ri2-open', findingSlots(first))
      : say('ri2-open-many', { n: open.length, records: names(unique(open)) }),
    unique(open),
    {
      since: dayOf(approvedOf(c, first.assessment) ?? first.assessment, 'assessedOn'),
      action: create(
        'Make it a risk',
        'risk',
        { system: [c.system.record], carries: [first.assessment] },
        { carriedEffects: [String(first.number)], name: cellText(first.row, 'effect') },
      ),
    },
  );
}

/** Risks whose findings were judged anew since they were rated: the newest judgement is not in the rating. */
function ratedBefore(c: Context, found: readonly MovedFinding[]): Gap | null {
  const moved = found.filter((one) => !one.closedBefore);
  const [first] = moved.toSorted((a, b) => byDay(a.since, b.since) || byName(a.risk.ref, b.risk.ref));
  if (!first) return null;
  const { risk, assessment, number, since } = first;
  const risks = [...new Set(moved.map((one) => one.risk))];
  const slots = { assessment: rec(assessment), number, changes: wordList(first.changes) };
  return gap(
    moved.length === 1
      ? say('ri2-moved', { ...slots, risk: rec(risk) })
      : say('ri2-moved-many', { ...slots, n: moved.length, risks: names(risks) }),
    risks,
    {
      since,
      action:
        risk.state === 'closed'
          ? step(label`Open ${risk} again`, risk, 'reopen')
          : edit(label`Rate ${risk} anew`, risk, criteriaInForce(c) ? 'rated' : 'currentOrganisation'),
    },
  );
}

/** Risks that were closed on a draft: whoever closed them saw no finding that stands. */
function closedBefore(c: Context, found: readonly MovedFinding[]): Gap | null {
  const early = Map.groupBy(
    found.filter((one) => one.closedBefore),
    ({ risk }) => risk,
  );
  const of = (risk: TraceRecord) => early.get(risk) ?? [];
  return lack([...early.keys()], () => true, {
    say: (open) => say('ri2-closed', { ...listed(open), assessments: names(unique(open.flatMap(of))) }),
    since: (risk) =>
      earliest(
        of(risk).map(({ assessment, since }) => {
          const first = firstApproved(assessment);
          return first === undefined ? since : c.organisation.zone.dayOf(first);
        }),
      ),
    action: (risk) => step(label`Open ${risk} again`, risk, 'reopen'),
  });
}

const unique = (findings: readonly Pick<Finding, 'assessment'>[]) => [
  ...new Set(findings.map(({ assessment }) => assessment)),
];
const findingSlots = ({ assessment, number, row }: Finding) => ({
  number,
  assessment: rec(assessment),
  severity: cellText(row, 'severity') ?? '',
});
