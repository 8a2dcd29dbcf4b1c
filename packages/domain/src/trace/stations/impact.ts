import { type Day, firstDay, lastDay } from '../../day.ts';
import { waitingFields } from '../../impact/confirm.ts';
import { elementsOf } from '../../impact/rights.ts';
import { type Side, sidesOpen } from '../../impact/sides.ts';
import { impactDimensions } from '../../kinds/vocabulary/impact.ts';
import { lostApproval } from '../approved.ts';
import {
  assessmentsCovering,
  assessmentsOf,
  coveringAssessment,
  effectsOf,
  isHarmful,
  isSignificant,
} from '../assessments.ts';
import {
  approvedAt,
  approvedOf,
  type Context,
  createdOn,
  missingSince,
  ownOf,
  runningSince,
  runsInFact,
  type StationRules,
} from '../context.ts';
import { onFile } from '../files.ts';
import { firstUse } from '../first-use.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  approve,
  create,
  earliest,
  edit,
  every,
  gapsOr,
  holds,
  lack,
  notApplicable,
  open,
  step,
} from '../judge.ts';
import { cellText, dayOf, linksOf, type Readable, says, saysSentence, textOf } from '../read.ts';
import { label, listed, names, on, rec, say, wordList } from '../say.ts';
import { staleSince } from '../stale.ts';
import type { Gap, Judgement } from '../types.ts';
import { fallsWithUseCases, useCases } from '../use-cases.ts';
import { beforeChange } from './impact-change.ts';
import { classGaps, noneProhibited } from './impact-classes.ts';
import { byMethod } from './impact-method.ts';
import { inTime } from './impact-time.ts';

export const impact: StationRules = {
  id: 'impact',
  rules: [
    { id: 'IM1', judge: covered },
    { id: 'IM2', judge: everyLevelJudged },
    { id: 'IM3', judge: (c) => inTime(c, inForce(c)) },
    { id: 'IM4', judge: changeAssessed },
    { id: 'IM5', judge: retained },
    { id: 'IM6', judge: otherAssessments },
    { id: 'IM7', judge: rightsBeforeUse },
    { id: 'IM8', judge: consulted },
    { id: 'IM9', judge: goesOn },
    { id: 'IM10', judge: noneProhibited },
    { id: 'IM11', judge: (c) => byMethod(c, inForce(c)) },
  ],
  holding: (c) =>
    inForce(c).length === 0
      ? say('hold-bare')
      : say('im-hold', { ...listed(inForce(c), 2), cases: names(useCases(c), 2) }),
};

/** Assessments in force that cover a use of the system. */
function inForce(c: Context): TraceRecord[] {
  const found = useCases(c).flatMap((useCase) => coveringAssessment(c, useCase) ?? []);
  return [...new Map(found.map((record) => [record.id, record])).values()];
}

function covered(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return fallsWithUseCases(c);
  const open = cases.filter((useCase) => coveringAssessment(c, useCase) === null);
  const drafts = (useCase: TraceRecord) => assessmentsOf(c, useCase);
  const stale = inForce(c).filter((record) => (approvedOf(c, record)?.stale.length ?? 0) > 0);
  const together = inForce(c).filter(
    (record) =>
      linksOf(approvedOf(c, record) ?? record, 'covers').length > 1 &&
      !says(approvedOf(c, record) ?? record, 'togetherReason'),
  );
  return gapsOr(
    [
      lack(open, (useCase) => drafts(useCase).length === 0, {
        say: (none) =>
          runsInFact(c)
            ? say('im1-none-live', { ...listed(none), day: on(runningSince(c)) })
            : say('im1-none', listed(none)),
        since: (useCase) => missingSince(c, useCase),
        action: (_, all) =>
          create('Start the assessment', 'impact-assessment', { system: [c.system.record], covers: all }),
      }),
      notApproved(c, open.flatMap(drafts)),
      lack(stale, () => true, {
        say: (old) => say('im1-stale', listed(old)),
        since: (record) => staleSince(c, record),
        action: (record) => step(label`Reassess ${record}`, record, 'reassess'),
      }),
      lack(together, () => true, {
        say: (several) => say('im1-together', listed(several)),
        since: (record) => dayOf(record, 'assessedOn'),
        action: (record) => edit('Say why together', record, 'togetherReason'),
      }),
      apart(c),
      ...classGaps(c, inForce(c)),
      beforeChange(c, inForce(c)),
    ],
    holds(inForce(c)),
  );
}

/** Uses of which more than one assessment is in force: which of them counts is no matter of their numbers. */
function apart(c: Context): Gap | null {
  const standing = (useCase: TraceRecord) => assessmentsCovering(c, useCase);
  const several = useCases(c).filter((useCase) => standing(useCase).length > 1);
  return lack(several, () => true, {
    say: (open) =>
      say('im1-apart', { ...listed(open), assessments: names([...new Set(open.flatMap(standing))]) }),
    since: (useCase) => {
      const [newest] = standing(useCase);
      const at = newest && approvedAt(c, newest);
      return at ? c.organisation.zone.dayOf(at) : null;
    },
    action: (useCase) => {
      const older = standing(useCase).at(-1) ?? useCase;
      return open(label`Archive ${older}`, older);
    },
  });
}

function notApproved(c: Context, drafts: readonly TraceRecord[]) {
  const unique = [...new Map(drafts.map((record) => [record.id, record])).values()];
  return lack(unique, () => true, {
    say: (open) =>
      open.some((record) => lostApproval(record))
        ? say('im1-lost', listed(open))
        : say('im1-draft', listed(open)),
    since: (record) => {
      const lost = lostApproval(record);
      return lost ? c.organisation.zone.dayOf(lost.at) : createdOn(c, record);
    },
    action: (record) =>
      record.state === 'completed'
        ? approve(label`Approve ${record}`, record)
        : { label: label`Finish ${record}`, do: { type: 'open', record: record.id } },
  });
}

const levels: Readonly<Record<string, string>> = {
  individuals: 'individuals',
  groups: 'groups',
  society: 'society',
};

function everyLevelJudged(c: Context): Judgement {
  const found = inForce(c);
  if (found.length === 0) return notApplicable(say('im-none'));
  const missing = (record: TraceRecord) => {
    const judged = new Set(effectsOf(c, record).map((row) => cellText(row, 'level')));
    return Object.keys(levels).filter((level) => !judged.has(level));
  };
  const unreasoned = (record: TraceRecord) =>
    effectsOf(c, record).some(
      (row) =>
        ['none', 'no-harm', 'no-benefit'].includes(cellText(row, 'polarity') ?? '') &&
        cellText(row, 'reason') === null,
    );
  const misuse = (record: TraceRecord) => says(approvedOf(c, record) ?? record, 'misuse');
  const reassess = (record: TraceRecord) => step(label`Reassess ${record}`, record, 'reassess');
  const since = (record: TraceRecord) => dayOf(record, 'assessedOn');
  return gapsOr(
    [
      lack(found, (record) => missing(record).length > 0, {
        say: (thin) =>
          say('im2-levels', {
            ...listed(thin),
            missing: wordList([...new Set(thin.flatMap(missing))].map((level) => levels[level] ?? level)),
          }),
        since,
        action: reassess,
      }),
      lack(found, (record) => !misuse(record), {
        say: (thin) => say('im2-misuse', listed(thin)),
        since,
        action: reassess,
      }),
      lack(found, unreasoned, { say: (thin) => say('im2-reason', listed(thin)), since, action: reassess }),
      lack(found, (record) => oneSided(c, record).length > 0, {
        say: (thin) => say('im2-one-sided', { ...listed(thin), ...sidesMissing(c, thin) }),
        since,
        action: reassess,
      }),
      lack(found, (record) => waitingFields(approvedOf(c, record) ?? record).length > 0, {
        say: (thin) => say('im2-unconfirmed', listed(thin)),
        since,
        action: reassess,
      }),
    ],
    holds(found),
  );
}

/** Dimensions in which only one of good and bad was asked. One without any row is what IM2 says of levels, or is blank. */
function oneSided(c: Context, record: TraceRecord): { readonly id: string; readonly side: Side }[] {
  const byDimension = Map.groupBy(effectsOf(c, record), (row) => cellText(row, 'dimension') ?? '');
  return [...byDimension].flatMap(([id, rows]) => sidesOpen(rows).map((side) => ({ id, side })));
}

function sidesMissing(c: Context, thin: readonly TraceRecord[]) {
  const open = thin.flatMap((record) => oneSided(c, record));
  const ids = [...new Set(open.map(({ id }) => id))];
  const named = impactDimensions.find(({ id }) => id === ids[0])?.label;
  return {
    missing: [...new Set(open.map(({ side }) => side))].sort().reverse().join(' or '),
    where: ids.length > 1 ? `${ids.length} dimensions` : (named ?? 'one dimension'),
  };
}

/**
 * A change that was proposed with the day on which it takes effect: its assessment is approved by then. Changes that no
 * assessment names come with change requests; one that was made without any leaves its approval stale (IM1).
 */
function changeAssessed(c: Context): Judgement {
  const known = ownOf(c, 'impact-assessment').filter((record) => record.state !== 'withdrawn');
  const changes = (record: TraceRecord) => changesIn(c, record);
  const proposed = known.filter((record) => changes(record).length > 0);
  if (proposed.length === 0) return notApplicable(say('im4-none', { system: rec(c.system.record) }));
  const isLate = ({ day, on }: ProposedChange) =>
    day !== null && (on === null ? c.clock.over(day) : on > day);
  const late = (record: TraceRecord) => changes(record).filter(isLate);
  return every(
    proposed,
    (record) => late(record).length > 0,
    {
      say: (open) => say('im4-late', listed(open)),
      since: (record) => earliest(late(record).map(({ day }) => day)),
      action: (record) =>
        late(record).every(({ on }) => on === null) && record.state === 'completed'
          ? approve(label`Approve ${record}`, record)
          : open(label`Open ${record}`, record),
    },
    earliest(proposed.flatMap(changes).map(({ day, on }) => (on === null ? day : null))),
  );
}

/** A change that an assessment names: when it takes effect, at the earliest that is said, and when somebody approved what was found of it. */
type ProposedChange = { readonly day: Day | null; readonly on: string | null };

/** That of the version in force, which no draft takes away, and that of a draft which proposes another one. */
function changesIn(c: Context, record: TraceRecord): ProposedChange[] {
  const approved = approvedOf(c, record);
  const named = (content: Readable | null) => content && textOf(content, 'proposedChange');
  const change = (content: Readable, on: string | null) => {
    const effective = dayOf(content, 'changeEffectiveOn');
    return { day: effective && firstDay(effective), on };
  };
  const drafted = named(record) !== null && named(record) !== named(approved);
  return [
    ...(approved && named(approved) !== null
      ? [change(approved, c.organisation.zone.dayOf(approved.at))]
      : []),
    ...(drafted ? [change(record, null)] : []),
  ];
}

/** That earlier versions are there is the kernel's doing: nothing deletes them. Judged is whether a time is set. */
function retained(c: Context): Judgement {
  const found = ownOf(c, 'impact-assessment').filter((record) => approvedOf(c, record) !== null);
  if (found.length === 0) return notApplicable(say('im-none'));
  return every(found, (record) => !says(record, 'retention') && !says(record, 'keepUntil'), {
    say: (open) => say('im5-open', listed(open)),
    since: (record) => dayOf(record, 'assessedOn'),
    action: (record) => edit('Set how long it is kept', record, 'retention'),
  });
}

/** Each assessment that law knows is done, or not due with a reason. */
function otherAssessments(c: Context): Judgement {
  const found = inForce(c);
  if (found.length === 0) return notApplicable(say('im-none'));
  const settled = (record: TraceRecord, which: 'dpia' | 'fria') => {
    const content = approvedOf(c, record) ?? record;
    const state = textOf(content, which);
    return state === 'done' || (state === 'not-due' && saysSentence(content, `${which}Reason`));
  };
  return every(found, (record) => !settled(record, 'dpia') || !settled(record, 'fria'), {
    say: (open) => say('im6-open', listed(open)),
    since: (record) => dayOf(record, 'assessedOn'),
    action: (record) => edit('Link or give the reason', record, settled(record, 'dpia') ? 'fria' : 'dpia'),
  });
}

/** Judged on the days of record and on what Article 27(1) asks; a notification is shown by its day, or by a regulatory file that was made. */
function rightsBeforeUse(c: Context): Judgement {
  const found = inForce(c);
  if (found.length === 0) return notApplicable(say('im-none'));
  const due = found.filter((record) => {
    const content = approvedOf(c, record) ?? record;
    return textOf(content, 'fria') !== 'not-due' || !saysSentence(content, 'friaReason');
  });
  const used = firstUse(
    [c.system.record, ...ownOf(c, 'system-version'), ...useCases(c)],
    c.organisation.today,
    c.organisation.zone.dayOf,
  );
  const again = (record: TraceRecord) => step(label`Reassess ${record}`, record, 'reassess');
  const silent = (record: TraceRecord) => unsaid(c, record);
  return gapsOr(
    [
      lack(due, (record) => !doneInTime(c, record, used), {
        say: (open) => say('im7-open', listed(open)),
        since: () => used,
        action: again,
      }),
      lack(due, (record) => silent(record).length > 0, {
        say: (open) =>
          say('im7-silent', { ...listed(open), points: wordList([...new Set(open.flatMap(silent))]) }),
        since: (record) => dayOf(approvedOf(c, record) ?? record, 'friaOn'),
        action: again,
      }),
    ],
    holds(found),
  );
}

/** Done by the first day of use, on a day that has come, with the authority notified or a reason why none is. */
function doneInTime(c: Context, record: TraceRecord, used: string | null): boolean {
  const content = approvedOf(c, record) ?? record;
  const [done, notified] = [dayOf(content, 'friaOn'), dayOf(content, 'friaNotifiedOn')];
  if (done === null || !c.clock.reached(done) || (used !== null && firstDay(done) > lastDay(used)))
    return false;
  return (
    (notified !== null && c.clock.reached(notified)) ||
    saysSentence(content, 'friaNotNotified') ||
    onFile(c, 'fria-notification', 'impactAssessment', record.id)
  );
}

/** Elements of Article 27(1) that an assessment said to be done leaves out, as the law letters them. */
function unsaid(c: Context, record: TraceRecord): string[] {
  const content = approvedOf(c, record) ?? record;
  if (textOf(content, 'fria') !== 'done') return [];
  return elementsOf(content, new Map()).flatMap(({ id, there }) => (there ? [] : [`(${id})`]));
}

function consulted(c: Context): Judgement {
  const high = inForce(c).filter((record) =>
    effectsOf(c, record).some((row) => isHarmful(row) && isSignificant(row)),
  );
  if (high.length === 0) return notApplicable(say('im8-none'));
  return every(high, (record) => textOf(approvedOf(c, record) ?? record, 'consulted') !== 'yes', {
    say: (open) => say('im8-open', listed(open)),
    since: (record) => dayOf(record, 'assessedOn'),
    action: (record) => edit('Record the consultation', record, 'consulted'),
  });
}

/** A conclusion that stops a use stops it: judged of what runs, by the approved version alone. */
function goesOn(c: Context): Judgement {
  const system = c.system.record;
  const found = inForce(c);
  if (found.length === 0) return notApplicable(say('im-none'));
  if (!c.system.live) return notApplicable(say('not-live', { system: rec(system) }));
  const stops = (record: TraceRecord) =>
    textOf(approvedOf(c, record) ?? record, 'continuation') === 'must-not';
  const against = (record: TraceRecord): TraceRecord[] =>
    stops(record) ? useCases(c).filter((useCase) => coveringAssessment(c, useCase)?.id === record.id) : [];
  return every(found, (record) => against(record).length > 0, {
    say: (open) =>
      say(runsInFact(c) ? 'im9-stop' : 'gate-use-stopped', {
        ...listed(open),
        cases: names([...new Set(open.flatMap(against))]),
        system: rec(system),
      }),
    since: (record) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.createdAt),
    action: (record) => {
      const [useCase = record] = against(record);
      return step(label`Suspend ${useCase}`, useCase, 'suspend');
    },
  });
}
