import { isOpenCase, lateStage, nextLimit } from '../cases.ts';
import { type Context, createdOn, inverse, ofKind, type StationRules, sharedOf } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { earliest, edit, every, gapsOr, holds, lack, notApplicable, step } from '../judge.ts';
import { dayOf, linksOf, says, silent, textOf } from '../read.ts';
import { count, label, listed, names, rec, say } from '../say.ts';
import { applicableControls } from '../soa.ts';
import type { Judgement } from '../types.ts';

export const correction: StationRules = {
  id: 'correction',
  rules: [
    { id: 'CR1', judge: inLimits },
    { id: 'CR2', judge: lapseRemoved },
    { id: 'CR3', judge: causeFound },
    { id: 'CR4', judge: effectJudged },
    { id: 'CR5', judge: organisationCases },
    { id: 'CR7', judge: opportunitiesAnswered },
  ],
  holding: (c) =>
    cases(c).length === 0
      ? say('cr-none', { system: rec(c.system.record) })
      : say('cr-hold', {
          cases: count(cases(c).length, 'nonconformity', 'nonconformities'),
          records: names(cases(c), 2),
        }),
};

/** Nonconformities of the system, the rejected aside. */
function cases(c: Context): TraceRecord[] {
  return ofKind(c, 'nonconformity').filter(
    (record) => record.system === c.system.record.id && record.state !== 'rejected',
  );
}

const none = (c: Context): Judgement => notApplicable(say('cr-none', { system: rec(c.system.record) }));
const detectedOn = (c: Context, record: TraceRecord) => dayOf(record, 'detectedOn') ?? createdOn(c, record);
const actionsOf = (c: Context, record: TraceRecord) =>
  inverse(c, record, 'corrective-action', 'nonconformity').filter((action) => action.state !== 'given-up');

function inLimits(c: Context): Judgement {
  const all = cases(c);
  if (all.length === 0) return none(c);
  const open = all.filter(isOpenCase);
  const late = new Map(
    open.map((record) => [record.id, lateStage(c.organisation, c.clock, record, detectedOn(c, record))]),
  );
  const actions = open.flatMap((record) => actionsOf(c, record)).filter((action) => !says(action, 'doneOn'));
  const due = (action: TraceRecord) => dayOf(action, 'due') ?? dayOf(action, 'firstDue');
  return gapsOr(
    [
      lack(open, (record) => late.get(record.id) != null, {
        say: (over) =>
          over.length === 1
            ? say('cr1-late', { ...listed(over), stage: late.get(over[0]?.id ?? '')?.stage ?? 'correction' })
            : say('cr1-late-many', listed(over)),
        since: (record) => late.get(record.id)?.since ?? null,
        action: (record) => ({ label: label`Go on with ${record}`, do: { type: 'open', record: record.id } }),
      }),
      lack(actions, (action) => isOver(c, due(action)), {
        say: (over) => say('cr1-action', listed(over)),
        since: due,
        action: (action) => step(label`Finish ${action}`, action, 'finish'),
      }),
    ],
    holds(
      all,
      earliest([
        ...open.map((record) => nextLimit(c.organisation, record, detectedOn(c, record))),
        ...actions.map(due),
      ]),
    ),
  );
}

const isOver = (c: Context, day: string | null): boolean => day !== null && c.clock.over(day);

/** Asked of every case that went past its first stage: before that the limit of CR1 speaks. */
function lapseRemoved(c: Context): Judgement {
  const past = cases(c).filter((record) => !['open', 'reopened'].includes(record.state));
  if (past.length === 0) return cases(c).length === 0 ? none(c) : notApplicable(say('cr2-early'));
  return every(past, (record) => silent(record, ['correction', 'consequences']).length > 0, {
    say: (open) => say('cr2-open', listed(open)),
    since: (record) => dayOf(record, 'correctionDoneOn') ?? detectedOn(c, record),
    action: (record) =>
      edit(label`Complete ${record}`, record, says(record, 'correction') ? 'consequences' : 'correction'),
  });
}

const analysed = ['analysed', 'action-planned', 'action-running', 'verifying', 'closed'];

function causeFound(c: Context): Judgement {
  const past = cases(c).filter((record) => analysed.includes(record.state));
  if (past.length === 0) return cases(c).length === 0 ? none(c) : notApplicable(say('cr3-early'));
  return every(past, (record) => silent(record, ['rootCause', 'similarCases']).length > 0, {
    say: (open) => say('cr3-open', listed(open)),
    since: (record) => dayOf(record, 'causeFoundOn') ?? detectedOn(c, record),
    action: (record) =>
      edit(label`Complete ${record}`, record, says(record, 'rootCause') ? 'similarCases' : 'rootCause'),
  });
}

/** Judged of closed cases: a case closed without another person's verdict of effect was not closed (10.2). */
function effectJudged(c: Context): Judgement {
  const closed = cases(c).filter((record) => record.state === 'closed' || says(record, 'checkedOn'));
  if (closed.length === 0) return cases(c).length === 0 ? none(c) : notApplicable(say('cr4-early'));
  const doers = (record: TraceRecord) => [
    record.owner,
    ...actionsOf(c, record).map((action) => action.owner),
  ];
  const own = (record: TraceRecord) => {
    const verifier = textOf(record, 'verifier');
    const same = (doer: string | null) => doer !== null && c.organisation.samePerson(doer, verifier ?? '');
    return verifier === null || doers(record).some(same);
  };
  const since = (record: TraceRecord) => dayOf(record, 'checkedOn') ?? dayOf(record, 'closedOn');
  const reopen = (record: TraceRecord) =>
    record.state === 'closed' || record.state === 'verifying'
      ? step(label`Open ${record} again`, record, 'reopen')
      : edit(label`Name who judges ${record}`, record, 'verifier');
  return gapsOr(
    [
      lack(closed, (record) => textOf(record, 'effectivenessVerdict') !== 'effective', {
        say: (open) => say('cr4-effect', listed(open)),
        since,
        action: reopen,
      }),
      lack(closed, own, { say: (open) => say('cr4-own', listed(open)), since, action: reopen }),
      lack(closed, (record) => silent(record, ['effectivenessCriteria', 'operationSeen']).length > 0, {
        say: (open) => say('cr4-criteria', listed(open)),
        since,
        action: reopen,
      }),
    ],
    holds(closed),
  );
}

/** Cases of the organisation on controls that apply to this system, shown here until closed. */
function organisationCases(c: Context): Judgement {
  const used = new Set(
    [...applicableControls(c, 'organisation'), ...applicableControls(c, 'system')].map(({ id }) => id),
  );
  const all = sharedOf(c, 'nonconformity').filter((record) =>
    linksOf(record, 'controls').some((id) => used.has(id)),
  );
  if (all.length === 0) return notApplicable(say('cr5-none'));
  return every(all, isOpenCase, {
    say: (open) => say('cr5-open', listed(open)),
    since: (record) => detectedOn(c, record),
    causedBy: { organisation: '10.2' },
  });
}

/** Judged on opportunities among findings; improvement items come with their own kind. */
function opportunitiesAnswered(c: Context): Judgement {
  const all = ofKind(c, 'finding').filter((record) => textOf(record, 'grade') === 'opportunity');
  if (all.length === 0) return notApplicable(say('cr7-none'));
  const open = (record: TraceRecord) => record.state === 'open' && !says(record, 'followUp');
  return every(
    all,
    (record) => open(record) && isOver(c, dayOf(record, 'answerDue')),
    {
      say: (unanswered) => say('cr7-open', listed(unanswered)),
      since: (record) => dayOf(record, 'answerDue'),
      action: (record) => edit(label`Answer ${record}`, record, 'followUp'),
    },
    earliest(all.filter(open).map((record) => dayOf(record, 'answerDue'))),
  );
}
