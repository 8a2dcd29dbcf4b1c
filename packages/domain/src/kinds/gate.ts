import { openKinds } from '@throughline/catalogue/later.ts';
import { saysSentence } from '../trace/read.ts';
import { named, withinSystem } from './common.ts';
import { conditionObstacles, fulfilmentFault } from './conditions.ts';
import { f } from './fields.ts';
import {
  answerFault,
  blankObstacles,
  criteriaRows,
  exceptionFaults,
  exceptionIn,
  exceptionObstacle,
  inOneText,
} from './gate-rows.ts';
import { about, type Content, defineKind, type Lack, lackIn, uses } from './kind.ts';
import { gateTypeOptions } from './vocabulary/gates.ts';
import { options } from './vocabulary.ts';

const verdicts = options({
  pass: 'Passed',
  'pass-with-conditions': 'Passed under conditions',
  fail: 'Not passed',
});
const ofRelease = { type: ['deployment-approval'] };
const atRetirement = { type: ['decommission-approval'] };
const afterwards = { retrospective: ['yes'] };
const inEmergency = { emergency: ['yes'] };
const underConditions = { verdict: ['pass-with-conditions'] };
const findings = options({
  met: 'Met',
  'not-met': 'Not met',
  undetermined: 'Cannot be told',
  'does-not-apply': 'Does not apply',
  person: 'A person says',
});
const criterionAnswers = options({ met: 'Met', 'not-met': 'Not met', 'not-applicable': 'Does not apply' });

/**
 * A decision at the end of a life-cycle stage (A.6.2.5). A release is `deployment-approval`, on the `version` named.
 * `decidedBy` is not `requestedBy`; each row of `criteria` has an answer. Rows with a `key` are taken from the line with
 * what was `seen`, and `seen` links what the decision stands on: both are the server's word and nobody's who sends them. A system that ran before it was known is admitted with
 * `retrospective: yes` and its reason, what cannot wait with `emergency: yes` and its own; `missingBy` ends both.
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
    type: f.choice(gateTypeOptions, {
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
        key: f.line({ label: 'Rule', max: 60, byAct: true }),
        finding: f.choice(findings, { label: 'By what is on record', byAct: true }),
        seen: f.line({ label: 'Seen', help: 'Records and their versions.', max: 400, byAct: true }),
        answer: f.choice(criterionAnswers, { label: 'Answer' }),
        checked: f.line({ label: 'What was checked', max: 400 }),
        answerToMiss: f.line({ label: 'What follows where it is not met', max: 400 }),
        missOwner: f.member({ label: 'Who sees to it' }),
        missBy: f.day({ label: 'By when' }),
      },
      { label: 'Criteria', station: 'release' },
    ),
    plan: f.text({ label: 'Plan and way back', when: [ofRelease], station: 'release', max: 4000 }),
    verdict: f.choice(verdicts, {
      label: 'Verdict',
      station: 'release',
      column: true,
      alsoCalled: ['verdict', 'result', 'outcome'],
    }),
    conditions: f.text({ label: 'Conditions', when: [underConditions], station: 'release', max: 2000 }),
    fulfilments: f.rows(
      {
        criterion: f.line({ label: 'Criterion', max: 400 }),
        fulfilledOn: f.day({ label: 'Fulfilled on' }),
        how: f.line({ label: 'How', max: 400 }),
      },
      {
        label: 'Conditions fulfilled',
        when: [underConditions],
        help: 'Each names a criterion that was passed under a condition, in its own words.',
        station: 'release',
      },
    ),
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
    retrospective: f.answer({ label: 'Admitted afterwards', when: [ofRelease], station: 'release' }),
    retrospectiveReason: f.text({
      label: 'Why it was admitted afterwards',
      when: [afterwards],
      station: 'release',
      max: 2000,
    }),
    missingItems: f.text({
      label: 'What is missing',
      when: [afterwards, inEmergency],
      station: 'release',
      max: 2000,
    }),
    missingBy: f.day({ label: 'Missing until', when: [afterwards, inEmergency], station: 'release' }),
    emergency: f.answer({
      label: 'Emergency',
      when: [ofRelease],
      help: 'Let through before all criteria are met, until a day.',
      station: 'release',
    }),
    emergencyReason: f.text({
      label: 'Why it could not wait',
      when: [inEmergency],
      station: 'release',
      max: 2000,
    }),
    settledData: f.text({
      label: 'Data and models settled',
      when: [atRetirement],
      station: 'release',
      max: 2000,
    }),
    settledPeople: f.text({
      label: 'Users, access and records settled',
      when: [atRetirement],
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
    seen: about(
      openKinds.filter((kind) => kind !== 'task'),
      { label: 'Stands on', inverse: 'Gates that stand on it', byAct: true },
    ),
  },
  // All that it is decided on: whoever approves has read it, and nothing of it is another afterwards (7.5.3, A.6.2.5).
  material: [
    'type',
    'criteria',
    'plan',
    'verdict',
    'conditions',
    'reason',
    'requestedOn',
    'decidedBy',
    'decidedOn',
    'authority',
    'version',
    'useCases',
    'controls',
    'evidence',
    'retrospective',
    'retrospectiveReason',
    'missingItems',
    'missingBy',
    'emergency',
    'emergencyReason',
    'settledData',
    'settledPeople',
    'seen',
  ],
  judges: true,
  happened: ['requestedOn', 'decidedOn'],
  // What a gate stands on is judged by what was withdrawn since (gates/standing.ts): a version that goes live, or a
  // newer assessment, takes no gate down.
  drawsOn: [],
  approvable: {
    by: ['system-owner', 'aims-manager', 'top-management'],
    requires: ['verdict'],
    authority: ({ type }) => ({
      dimension: type === 'use-case-approval' ? 'use_case' : 'release',
      level: null,
      of: 'system',
    }),
    requestedBy: ['requestedBy'],
    // What cannot be passed is not approved either.
    for: ({ verdict }) => (verdict === 'fail' ? 'refuse' : 'pass'),
    lacks: ({ fields }, { today }) => (fields.verdict === 'fail' ? undefined : notPassable(fields, today)),
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
        guard: passObstacle,
      },
      refuse: {
        label: 'Do not pass',
        from: ['asked'],
        to: 'not-passed',
        requires: ['requestedBy', 'verdict', 'reason', 'decidedBy', 'decidedOn'],
        notBy: ['requestedBy'],
        takenBy: 'decidedBy',
        decides: true,
        guard: ({ fields, links }) => {
          if (fields.verdict !== 'fail') return 'The verdict says that it is passed.';
          return saysSentence({ fields, links }, 'reason')
            ? undefined
            : 'Say why it is not passed, in a sentence.';
        },
      },
      withdraw: { label: 'Withdraw', from: ['asked', 'not-passed'], to: 'withdrawn' },
      askAgain: { label: 'Ask again', from: ['passed', 'not-passed', 'withdrawn'], to: 'asked' },
    },
  },
  serves: ['8.1', 'A.6.1.2', 'A.6.1.3', 'A.6.2.4', 'A.6.2.5', 'A.6.2.6'],
  apart: [{ field: 'decidedBy', from: ['requestedBy'], say: 'Nobody decides on their own request (5.3).' }],
  guard: ({ fields }): Record<string, string> => {
    const fault = criteriaRows(fields)
      .map(answerFault)
      .find((one) => one !== undefined);
    const strange = fulfilmentFault(fields);
    return {
      ...(fault === undefined ? {} : { criteria: fault }),
      ...(strange === undefined ? {} : { fulfilments: strange }),
      ...exceptionFaults(fields),
    };
  },
});

/** Blank is not passed. What is let through as an exception names why and until when instead. */
function passObstacle({ fields }: Content, now: string): string | undefined {
  if (fields.verdict === 'fail') return 'The verdict says that it is not passed.';
  return notPassable(fields, now)?.says;
}

/** An exception leaves criteria open, and says why and until when; nothing else does. */
function notPassable(fields: Content['fields'], now: string): Lack | undefined {
  const exception = exceptionIn(fields);
  return exception === null
    ? lackIn(['criteria'], inOneText([...blankObstacles(fields), ...conditionObstacles(fields, now)]))
    : lackIn([`${exception}Reason`, 'missingBy'], exceptionObstacle(fields, exception, now));
}
