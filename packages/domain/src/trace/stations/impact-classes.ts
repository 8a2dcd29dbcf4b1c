import { coveringAssessment } from '../assessments.ts';
import { classificationsOf, fellOn, isProhibited, lastAllowed } from '../classes.ts';
import { approvedOf, type Context, found } from '../context.ts';
import { prohibitedBefore } from '../fallen-classes.ts';
import type { TraceRecord } from '../inputs.ts';
import { earliest, gapsOr, holds, lack, notApplicable, step } from '../judge.ts';
import { dayOf, linksOf, listOf, textOf } from '../read.ts';
import { label, listed, names, say } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

/**
 * What an assessment in force takes from classes that no longer say it: a class that it was filled in from and that was
 * signed off no longer stands, or a class in force of a use that it covers asks for the fundamental-rights assessment
 * which the assessment calls not due. That a class came after it, or was looked at again, is no gap.
 */
export function classGaps(c: Context, assessments: readonly TraceRecord[]): (Gap | null)[] {
  const content = (record: TraceRecord) => approvedOf(c, record) ?? record;
  const fallen = (record: TraceRecord, withdrawn: boolean) =>
    found(c, linksOf(content(record), 'classes')).filter(
      (one) => fellOn(c, one) !== null && (one.state === 'withdrawn') === withdrawn,
    );
  const asking = (record: TraceRecord) =>
    textOf(content(record), 'fria') === 'not-due'
      ? lawClasses(c, covered(c, record)).filter((one) =>
          listOf(approvedOf(c, one) ?? one, 'outcomes').includes('fria-required'),
        )
      : [];
  const slots = (open: readonly TraceRecord[], classes: (record: TraceRecord) => readonly TraceRecord[]) => {
    const all = [...new Set(open.flatMap(classes))];
    const one = all.length === 1;
    return {
      ...listed(open),
      classes: names(all),
      stand: one ? 'stands' : 'stand',
      ask: one ? 'asks' : 'ask',
    };
  };
  const unsigned = (record: TraceRecord) => fallen(record, false);
  const withdrawn = (record: TraceRecord) => fallen(record, true);
  const fell = (classes: readonly TraceRecord[]) => earliest(classes.map((one) => fellOn(c, one)));
  const reassess = (record: TraceRecord) => step(label`Reassess ${record}`, record, 'reassess');
  return [
    lack(assessments, (record) => unsigned(record).length > 0, {
      say: (open) => say('im1-class', slots(open, unsigned)),
      since: (record) => fell(unsigned(record)),
      causedBy: { station: 'classification' },
    }),
    lack(assessments, (record) => withdrawn(record).length > 0, {
      say: (open) => say('im1-class', slots(open, withdrawn)),
      since: (record) => fell(withdrawn(record)),
      action: reassess,
    }),
    lack(assessments, (record) => asking(record).length > 0, {
      say: (open) => say('im1-class-asks', slots(open, asking)),
      since: (record) => approvedOn(c, asking(record)),
      action: reassess,
    }),
  ];
}

/** IM10 (EU AI Act 5): what a signed-off class calls prohibited goes on by no assessment and by no accepted risk. */
export function noneProhibited(c: Context): Judgement {
  const cases = useCases(c);
  const classes = (useCase: TraceRecord) => lawClasses(c, [useCase]);
  const against = (useCase: TraceRecord) =>
    classes(useCase).filter((one) => isProhibited(c, approvedOf(c, one) ?? one));
  const all = cases.flatMap(classes);
  const before = (useCase: TraceRecord) => (against(useCase).length > 0 ? [] : prohibitedBefore(c, useCase));
  const stop = (useCase: TraceRecord) =>
    useCase.state === 'in-use'
      ? step(label`Suspend ${useCase}`, useCase, 'suspend')
      : step(label`Reject ${useCase}`, useCase, 'reject');
  const classesOf = (open: readonly TraceRecord[], of: typeof before) => [...new Set(open.flatMap(of))];
  return gapsOr(
    [
      lack(cases, (useCase) => against(useCase).length > 0, {
        say: (open) => say('im10-open', { ...listed(open), classes: names(classesOf(open, against)) }),
        since: (useCase) =>
          earliest(against(useCase).map((one) => dayOf(approvedOf(c, one) ?? one, 'prohibitedFrom'))) ??
          approvedOn(c, against(useCase)),
        action: stop,
      }),
      lack(cases, (useCase) => before(useCase).length > 0, {
        say: (open) => {
          const fallen = classesOf(open, before);
          const stand = fallen.length === 1 ? 'stands' : 'stand';
          return say('im10-taken-back', { ...listed(open), classes: names(fallen), stand });
        },
        since: (useCase) => earliest(before(useCase).map((one) => fellOn(c, one))),
        action: stop,
      }),
    ],
    all.length === 0
      ? notApplicable(say('im10-none'))
      : holds(cases, earliest(all.map((one) => lastAllowed(approvedOf(c, one) ?? one)))),
  );
}

/** Signed-off classes in law of these uses. */
const lawClasses = (c: Context, cases: readonly TraceRecord[]): TraceRecord[] =>
  cases
    .flatMap((useCase) => classificationsOf(c, useCase, 'eu-ai-act'))
    .filter((one) => approvedOf(c, one) !== null);
const covered = (c: Context, assessment: TraceRecord): TraceRecord[] =>
  useCases(c).filter((useCase) => coveringAssessment(c, useCase)?.id === assessment.id);
const approvedOn = (c: Context, records: readonly TraceRecord[]): string | null =>
  earliest(records.map((one) => c.organisation.zone.dayOf(approvedOf(c, one)?.at ?? one.createdAt)));
