import { lastDay } from '../../day.ts';
import { comparisonLack, comparisonOf, itemsOf } from '../../risk/comparison.ts';
import { remainsAbove } from '../../risk/remaining.ts';
import type { Acceptance } from '../acceptance.ts';
import { assessmentsInForce } from '../assessments.ts';
import { closedUnborne } from '../closed-risks.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  found,
  isActive,
  memberOf,
  missingSince,
  type StationRules,
} from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  approve,
  create,
  earliest,
  edit,
  fails,
  gap,
  gapsOr,
  holds,
  lack,
  notApplicable,
  unverifiable,
} from '../judge.ts';
import { type CriteriaNow, criteriaInForce, needsTreatment, targetBeyond } from '../rating.ts';
import { dayOf, linksOf, listOf, silent, textOf } from '../read.ts';
import { acceptanceOf, actionsOf, openRisks, treatmentsOf } from '../risks.ts';
import { count, label, listed, names, rec, say, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import { findingsCarried } from './risk-findings.ts';
import { groundGaps } from './risk-ground.ts';
import { beyondAuthority, movedUnder, undone, unplanned } from './risk-plans.ts';
import { latestRun, ratedByCriteria, runInTime } from './risk-runs.ts';

export const risk: StationRules = {
  id: 'risk',
  rules: [
    { id: 'RI1', judge: runInTime },
    { id: 'RI2', judge: findingsCarried },
    { id: 'RI3', judge: scored },
    { id: 'RI4', judge: treated },
    { id: 'RI5', judge: accepted },
    { id: 'RI6', judge: ratedByCriteria },
    { id: 'RI7', judge: rightsCovered },
  ],
  holding: (c) =>
    openRisks(c).length === 0
      ? say('hold-bare')
      : say('ri-hold', {
          risks: count(openRisks(c).length, 'risk'),
          stand: standOf(c, openRisks(c)),
          records: names(openRisks(c), 2),
        }),
};

const stands = ['accepted', 'accepted for the meantime', 'under treatment', 'within the threshold'] as const;

/** How many risks stand in which way: what is within the threshold nobody had to accept (6.1.3). */
function standOf(c: Context, risks: readonly TraceRecord[]): string {
  const criteria = criteriaInForce(c);
  const by = Map.groupBy(risks, (record): (typeof stands)[number] => {
    const acceptance = acceptanceOf(c, record);
    if (acceptance.state === 'in-force') return acceptance.interim ? 'accepted for the meantime' : 'accepted';
    return needsTreatment(criteria, record) === true ? 'under treatment' : 'within the threshold';
  });
  return wordList(stands.flatMap((stand) => (by.has(stand) ? [`${by.get(stand)?.length} ${stand}`] : [])));
}

const ratings: Readonly<Record<string, string>> = {
  currentOrganisation: 'the organisation',
  currentIndividuals: 'people',
  currentSociety: 'society',
};

function scored(c: Context): Judgement {
  const risks = openRisks(c);
  if (risks.length === 0) {
    const run = latestRun(c);
    if (run) return holds([run]);
    if (assessmentsInForce(c).length === 0) return notApplicable(say('ri-none'));
    return unverifiable(say('ri3-none', { system: rec(c.system.record) }), [c.system.record]);
  }
  const missing = (record: TraceRecord) => silent(record, Object.keys(ratings));
  return gapsOr(
    [
      lack(risks, (record) => missing(record).length > 0, {
        say: (open) =>
          say('ri3-unscored', {
            ...listed(open),
            missing: wordList([...new Set(open.flatMap(missing))].map((part) => ratings[part] ?? part)),
          }),
        since: (record) => createdOn(c, record),
        action: (record) => edit(label`Rate ${record}`, record, missing(record)[0] ?? 'currentOrganisation'),
      }),
      lack(risks, (record) => !isActive(c, record.owner), {
        say: (open) => say('ri3-owner', listed(open)),
        since: (record) => memberOf(c, record.owner)?.leftOn ?? createdOn(c, record),
        action: (record) => edit(label`Name an owner of ${record}`, record, 'owner'),
      }),
    ],
    holds(risks, earliest(risks.map((record) => memberOf(c, record.owner)?.leftOn ?? null))),
  );
}

function treated(c: Context): Judgement {
  const risks = openRisks(c);
  const closed = closedUnborne(c);
  if (risks.length === 0 && closed === null) return notApplicable(say('ri-none'));
  const criteria = criteriaInForce(c);
  const above = risks.filter((record) => needsTreatment(criteria, record) === true);
  // A plan stands for what it was written for, also while no criteria in force say how much is too much (6.1.3).
  const judged = risks.filter((record) => needsTreatment(criteria, record) !== false);
  const plans = [...new Set(judged.flatMap((record) => treatmentsOf(c, record)))];
  const gaps = [
    ...unplanned(c, above),
    lack(plans, (record) => approvedOf(c, record) === null, {
      say: (open) => say('ri4-unapproved', listed(open)),
      since: (record) => createdOn(c, record),
      action: (record) => approve(label`Approve ${record}`, record),
    }),
    ...movedUnder(c, plans),
    beyondAuthority(c, plans),
    lack(plans, (record) => leavesOpen(c, record), {
      say: (open) => say('ri4-compared', listed(open)),
      since: (record) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.createdAt),
      action: (record) => edit(label`Hold ${record} against Annex A`, record, 'compared'),
    }),
    ...undone(c, plans),
  ];
  return gapsOr([...gaps, short(c, risks), loose(risks, criteria), closed], thresholdsKnown(c, risks, plans));
}

/**
 * Plans that stand approved for less than is rated to remain: whoever approved agreed to another level (6.1.3, 8.3). It is
 * settled once somebody accepts for good what remains at its level, or a plan is approved that expects it.
 */
function short(c: Context, risks: readonly TraceRecord[]): Gap | null {
  const open = risks.filter((risk) => {
    const acceptance = acceptanceOf(c, risk);
    return acceptance.state !== 'in-force' || acceptance.interim;
  });
  const beyond = (plan: TraceRecord): TraceRecord[] => {
    const approved = approvedOf(c, plan);
    if (approved === null) return [];
    const treated = linksOf(approved, 'risks');
    return open.filter((risk) => treated.includes(risk.id) && remainsAbove(approved, risk));
  };
  const plans = [...new Set(risks.flatMap((risk) => treatmentsOf(c, risk)))];
  return lack(plans, (plan) => beyond(plan).length > 0, {
    say: (found) =>
      say('ri4-short', { ...listed(found), risks: names([...new Set(found.flatMap(beyond))], 3) }),
    since: (plan) => earliest(beyond(plan).map((risk) => dayOf(risk, 'assessedOn') ?? createdOn(c, risk))),
    action: (plan) => edit(label`Say what ${plan} leaves`, plan, 'expectedLevel'),
  });
}

/** A target may be stricter than the criteria; one above them leaves open what nobody approved to bear. */
const loose = (risks: readonly TraceRecord[], criteria: CriteriaNow | null): Gap | null =>
  lack(risks, (record) => criteria !== null && targetBeyond(criteria, record), {
    say: (open) => say('ri4-target', { ...listed(open), criteria: criteria ? rec(criteria.record) : '' }),
    since: (record) => dayOf(record, 'assessedOn'),
    action: (record) => edit(label`Lower the target of ${record}`, record, 'targetLevel'),
  });

/**
 * Whether a plan that stands approved leaves a control of Annex A without an answer (6.1.3 c): it was approved before
 * that was asked, or a control that it calls for was dropped since.
 */
function leavesOpen(c: Context, plan: TraceRecord): boolean {
  const approved = approvedOf(c, plan);
  if (approved === null) return false;
  const { annex_a } = c.organisation.catalogue.iso42001;
  const items = itemsOf(found(c, linksOf(approved, 'controls')));
  const compared = comparisonOf(
    approved.fields,
    annex_a.controls.map(({ id }) => id),
    items,
  );
  return comparisonLack(compared) !== undefined;
}

/** A risk without a threshold, of its own or of the criteria in force, cannot be called below it. */
function thresholdsKnown(
  c: Context,
  risks: readonly TraceRecord[],
  plans: readonly TraceRecord[],
): Judgement {
  const criteria = criteriaInForce(c);
  const open = risks.filter(
    (record) => needsTreatment(criteria, record) === null && textOf(record, 'currentLevel') !== null,
  );
  if (open.length > 0) return unverifiable(say('ri4-threshold', listed(open)), open);
  const next = plans.flatMap((record) => actionsOf(c, record).next).map(lastDay);
  return holds([...risks, ...plans], earliest(next));
}

/**
 * Asked of each risk that has a residual rating or is borne, and of one that was accepted for the meantime as soon as that
 * stands no more. Interim acceptances count while their treatment runs; who may accept what is judged by the table of
 * authority on the day of the act.
 */
function accepted(c: Context): Judgement {
  const unrated = openRisks(c).filter(
    (record) =>
      textOf(record, 'residualLevel') === null &&
      treatmentsOf(c, record).some((treatment) => treatment.state === 'done'),
  );
  const asked = openRisks(c).filter(
    (record) =>
      textOf(record, 'residualLevel') !== null ||
      record.state === 'borne' ||
      (!unrated.includes(record) && hasFallen(c, record)),
  );
  // What remains is accepted once it is rated; until then a risk is borne for the meantime alone.
  const bare = openRisks(c).filter(
    (record) =>
      approvedOf(c, record) !== null &&
      textOf(record, 'residualLevel') === null &&
      textOf(record, 'acceptanceType') !== 'interim' &&
      record.state !== 'borne' &&
      !unrated.includes(record),
  );
  if (asked.length + unrated.length + bare.length === 0) return notApplicable(say('ri5-none'));
  const standing = new Map(asked.map((record) => [record.id, acceptanceOf(c, record)]));
  const of = (record: TraceRecord): Acceptance => standing.get(record.id) ?? { state: 'none' };
  const decide = (record: TraceRecord) => approve(label`Decide on ${record}`, record);
  return gapsOr(
    [
      lack(unrated, () => true, {
        say: (open) => say('ri5-unrated', listed(open)),
        since: (record) => createdOn(c, record),
        action: (record) => edit(label`Rate what remains of ${record}`, record, 'residualOrganisation'),
      }),
      lack(bare, () => true, {
        say: (open) => say('ri5-bare', listed(open)),
        since: (record) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.createdAt),
        action: (record) => edit(label`Rate what remains of ${record}`, record, 'residualOrganisation'),
      }),
      acceptanceGap(
        asked,
        of,
        'none',
        (open) => say('ri5-open', listed(open)),
        decide,
        (record) => dayOf(record, 'assessedOn') ?? createdOn(c, record),
      ),
      acceptanceGap(asked, of, 'void', (open) => say('ri5-void', listed(open)), decide),
      acceptanceGap(asked, of, 'withdrawn', (open) => say('ri5-withdrawn', listed(open)), decide),
      acceptanceGap(asked, of, 'ended', (open) => say('ri5-ended', listed(open)), decide),
      acceptanceGap(
        asked,
        of,
        'unseen',
        (open) =>
          say('ri5-unseen', {
            ...listed(open),
            findings: names([...new Set(open.flatMap((one) => unseenIn(of(one))))]),
          }),
        decide,
      ),
      acceptanceGap(asked, of, 'beyond-authority', (open) => say('ri5-authority', listed(open)), decide),
      ...groundGaps(c, asked, of),
      lack(asked, (record) => unlimited(of(record)), {
        say: (open) => say('ri5-no-table', listed(open)),
        since: (record) => givenOn(c, of(record)),
        causedBy: { organisation: '5.3' },
      }),
    ],
    holds(
      asked,
      earliest(
        asked.map((record) => {
          const found = of(record);
          return found.state === 'in-force' && found.until !== null ? lastDay(found.until) : null;
        }),
      ),
    ),
  );
}

/** Accepted for the meantime, without a word that took it back, and it stands no more: its page says so too. */
const hasFallen = (c: Context, risk: TraceRecord): boolean =>
  textOf(risk, 'acceptanceType') === 'interim' &&
  approvedOf(c, risk) !== null &&
  acceptanceOf(c, risk).state !== 'in-force';

const unseenIn = (found: Acceptance): TraceRecord[] =>
  found.state === 'unseen' ? found.findings.map(({ assessment }) => assessment) : [];

/** Given where no table in force said who may bear it: whoever may approve did, and no limit stood there (5.3). */
const unlimited = (found: Acceptance): boolean => found.state === 'in-force' && !found.limited;
const givenOn = (c: Context, found: Acceptance): string | null =>
  found.state === 'in-force' ? c.organisation.zone.dayOf(found.at) : null;

function acceptanceGap(
  asked: readonly TraceRecord[],
  of: (record: TraceRecord) => Acceptance,
  state: Acceptance['state'],
  sentence: (open: readonly TraceRecord[]) => Gap['sentence'],
  action: (record: TraceRecord) => Gap['action'],
  since?: (record: TraceRecord) => string,
): Gap | null {
  return lack(asked, (record) => of(record).state === state, {
    say: sentence,
    since: (record) => {
      const found = of(record);
      return since?.(record) ?? ('on' in found ? found.on : null);
    },
    action,
  });
}

/** Whether each of the three is looked at over the whole life is the assessor's text; judged is that each is there. */
function rightsCovered(c: Context): Judgement {
  const risks = openRisks(c);
  const protectedNow = new Set(risks.flatMap((record) => listOf(record, 'protects')));
  const words: Readonly<Record<string, string>> = {
    health: 'health',
    safety: 'safety',
    'fundamental-rights': 'fundamental rights',
  };
  const missing = Object.keys(words).filter((id) => !protectedNow.has(id));
  const system = c.system.record;
  if (missing.length === 0) return holds(risks);
  return fails(
    gap(
      say('ri7-open', { system: rec(system), missing: wordList(missing.map((id) => words[id] ?? id)) }),
      [system, ...risks],
      {
        since: missingSince(c, system),
        action: create('Add a risk', 'risk', { system: [system] }, { protects: missing }),
      },
    ),
  );
}
