import { named, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const gateTypes = options({
  'use-case-approval': 'Approval of a use case',
  'design-review': 'Design review',
  'evaluation-verdict': 'Verdict on evaluation',
  'deployment-approval': 'Release',
  'continuation-decision': 'Continuation',
  'decommission-approval': 'Retirement',
});
const verdicts = options({
  pass: 'Passed',
  'pass-with-conditions': 'Passed under conditions',
  fail: 'Not passed',
});
const criterionAnswers = options({ met: 'Met', 'not-met': 'Not met', 'not-applicable': 'Does not apply' });

/**
 * A decision at the end of a life-cycle stage (A.6.2.5). A release is `deployment-approval`, on the `version` named.
 * `decidedBy` is not `requestedBy`; each row of `criteria` has an answer. A system that ran before it was known is
 * admitted with `retrospective: yes`, `retrospectiveReason` and `missingBy`, the day by which what is missing is there.
 */
export const gate = defineKind({
  name: 'gate',
  prefix: 'GAT',
  collection: 'gates',
  label: 'Gate',
  plural: 'Gates',
  purpose:
    'Decisions that let a system go on to its next stage: checked against criteria, decided by somebody who did not ask (A.6.2.5).',
  regime: 'factual',
  fields: {
    name: named('Title', ['gate', 'decision', 'title']),
    type: f.choice(gateTypes, {
      label: 'Type',
      required: true,
      station: 'release',
      column: true,
      alsoCalled: ['type', 'gate type'],
    }),
    requestedBy: f.member({
      label: 'Requested by',
      station: 'release',
      alsoCalled: ['requester', 'requested by'],
    }),
    requestedOn: f.day({ label: 'Requested on', station: 'release' }),
    criteria: f.rows(
      {
        criterion: f.line({ label: 'Criterion', max: 400 }),
        answer: f.choice(criterionAnswers, { label: 'Answer' }),
        checked: f.line({ label: 'What was checked', max: 400 }),
        answerToMiss: f.line({ label: 'What follows where it is not met', max: 400 }),
      },
      { label: 'Criteria', station: 'release' },
    ),
    plan: f.text({ label: 'Plan and way back', station: 'release', max: 4000 }),
    verdict: f.choice(verdicts, {
      label: 'Verdict',
      station: 'release',
      column: true,
      alsoCalled: ['verdict', 'result', 'outcome'],
    }),
    conditions: f.text({ label: 'Conditions', station: 'release', max: 2000 }),
    reason: f.text({ label: 'Reason', station: 'release', max: 2000, alsoCalled: ['reason', 'rationale'] }),
    decidedBy: f.member({
      label: 'Decided by',
      station: 'release',
      column: true,
      alsoCalled: ['approver', 'decided by', 'approved by'],
    }),
    decidedOn: f.day({
      label: 'Decided on',
      station: 'release',
      column: true,
      alsoCalled: ['date', 'decision date', 'approved on'],
    }),
    authority: f.text({
      label: 'Authority',
      help: 'What the decision rests on.',
      station: 'release',
      max: 1000,
    }),
    retrospective: f.answer({ label: 'Admitted afterwards', station: 'release' }),
    retrospectiveReason: f.text({ label: 'Why it was admitted afterwards', station: 'release', max: 2000 }),
    missingItems: f.text({ label: 'What is missing', station: 'release', max: 2000 }),
    missingBy: f.day({ label: 'Missing until', station: 'release' }),
    settledData: f.text({
      label: 'Data and models settled',
      help: 'Asked at retirement.',
      station: 'release',
      max: 2000,
    }),
    settledPeople: f.text({
      label: 'Users, access and records settled',
      help: 'Asked at retirement.',
      station: 'release',
      max: 2000,
    }),
  },
  owner: 'requestedBy',
  index: ['title', 'state', 'owner', 'type', 'verdict', 'decidedOn', 'decidedBy', 'missingBy'],
  relations: {
    system: withinSystem('Gates', true),
    version: about('system-version', { label: 'Version', inverse: 'Gates', many: false }),
    useCases: about('use-case', { label: 'Use cases', inverse: 'Gates' }),
    controls: uses('control', { label: 'Demands control', inverse: 'Demanded by gate' }),
    evidence: about('evidence', { label: 'What was seen', inverse: 'Seen at gate' }),
  },
  material: [
    'type',
    'criteria',
    'verdict',
    'conditions',
    'version',
    'useCases',
    'retrospective',
    'missingBy',
  ],
  drawsOn: ['version'],
  approvable: {
    by: ['system-owner', 'aims-manager', 'top-management'],
    authority: ({ type }) => ({
      dimension: type === 'use-case-approval' ? 'use_case' : 'release',
      level: null,
    }),
    requestedBy: ['requestedBy'],
  },
  lifecycle: {
    initial: 'asked',
    states: {
      asked: { label: 'Asked', shape: 'half' },
      passed: { label: 'Passed', shape: 'full' },
      'not-passed': { label: 'Not passed', shape: 'crossed' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      pass: {
        label: 'Pass',
        from: ['asked', 'not-passed'],
        to: 'passed',
        requires: ['requestedBy', 'criteria', 'verdict', 'decidedBy', 'decidedOn'],
        notBy: ['requestedBy'],
        takenBy: 'decidedBy',
        approved: true,
        decides: true,
        guard: ({ fields }) =>
          fields.verdict === 'fail' ? 'The verdict says that it is not passed.' : unanswered(fields.criteria),
      },
      refuse: {
        label: 'Do not pass',
        from: ['asked'],
        to: 'not-passed',
        requires: ['requestedBy', 'verdict', 'reason', 'decidedBy', 'decidedOn'],
        notBy: ['requestedBy'],
        takenBy: 'decidedBy',
        decides: true,
        guard: ({ fields }) =>
          fields.verdict === 'fail' ? undefined : 'The verdict says that it is passed.',
      },
      withdraw: { label: 'Withdraw', from: ['asked', 'not-passed'], to: 'withdrawn' },
      askAgain: { label: 'Ask again', from: ['passed', 'not-passed', 'withdrawn'], to: 'asked' },
    },
  },
  serves: ['8.1', 'A.6.1.2', 'A.6.1.3', 'A.6.2.4', 'A.6.2.5', 'A.6.2.6'],
  apart: [{ field: 'decidedBy', from: ['requestedBy'], say: 'Nobody decides on their own request (5.3).' }],
});

function unanswered(criteria: unknown): string | undefined {
  const rows: readonly unknown[] = Array.isArray(criteria) ? criteria : [];
  const open = rows.findIndex((row) => typeof row !== 'object' || row === null || !('answer' in row));
  return open >= 0 ? `Criterion ${open + 1} has no answer.` : undefined;
}
