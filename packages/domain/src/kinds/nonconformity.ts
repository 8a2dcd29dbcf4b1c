import { named, owned, withinSystem } from './common.ts';
import { type Fields, f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { bindingSourceOptions } from './vocabulary/law.ts';
import { effects, nonconformityGrades } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const sources = options({
  'internal-audit': 'Internal audit',
  'certification-body': 'Certification body',
  'customer-audit': 'Audit by a customer',
  authority: 'Authority',
  walk: 'Walk',
  'control-test': 'Control test',
  'monitoring-breach': 'Breach of a monitor',
  incident: 'Incident',
  concern: 'Concern',
  reconciliation: 'Comparison with an outside population',
  supplier: 'Supplier',
  'management-review': 'Management review',
  'self-identified': 'Seen by ourselves',
});
const reaches = options({ organisation: 'The organisation', system: 'One system' });
const agreements = options({ agreed: 'Agreed', contested: 'Contested', 'no-answer': 'No answer' });
const causeMethods = options({
  'five-whys': 'Five whys',
  fishbone: 'Fishbone',
  'fault-tree': 'Fault tree',
  other: 'Other',
});
const stages = options({ correction: 'Correction', cause: 'Cause', action: 'Action', check: 'Check' });

const lapse: Fields = {
  name: named('Nonconformity', ['nonconformity', 'nc', 'title', 'issue']),
  source: f.choice(sources, {
    label: 'Source',
    station: 'correction',
    column: true,
    alsoCalled: ['source', 'origin', 'raised through'],
  }),
  sourceReference: f.line({
    label: 'Reference of the source',
    help: 'Such as the report number of a certification body.',
    station: 'correction',
  }),
  requirement: f.catalogue('requirement', {
    label: 'Requirement missed',
    station: 'correction',
    alsoCalled: ['clause', 'requirement'],
  }),
  requirementText: f.line({ label: 'Requirement in words', station: 'correction', max: 400 }),
  requirementSource: f.choice(bindingSourceOptions, {
    label: 'Source of the requirement',
    station: 'correction',
  }),
  grade: f.choice(nonconformityGrades, {
    label: 'Grade',
    station: 'correction',
    column: true,
    alsoCalled: ['grade', 'severity', 'classification'],
  }),
  gradeOutside: f.line({ label: 'Grade of the outside body', station: 'correction' }),
  description: f.text({
    label: 'What was not met',
    station: 'correction',
    alsoCalled: ['description', 'details'],
  }),
  level: f.choice(reaches, { label: 'Concerns', station: 'correction' }),
  detectedOn: f.day({
    label: 'Detected on',
    station: 'correction',
    column: true,
    alsoCalled: ['date', 'detected', 'raised on', 'opened'],
  }),
  reportedBy: f.member({ label: 'Reported by', station: 'correction' }),
  owner: owned('Who answers for getting it right.', 'correction', ['assigned to', 'responsible']),
  agreedByOwner: f.choice(agreements, { label: 'Agreed by the owner', station: 'correction' }),
};

const correction: Fields = {
  containment: f.text({
    label: 'Containment',
    help: 'What keeps it from spreading.',
    station: 'correction',
    max: 4000,
  }),
  correction: f.text({
    label: 'Correction',
    help: 'What removed the lapse itself, or why it cannot be removed.',
    station: 'correction',
    max: 4000,
    alsoCalled: ['correction', 'immediate action'],
  }),
  correctionDoneOn: f.day({ label: 'Corrected on', station: 'correction' }),
  correctionDue: f.day({ label: 'Correction due', station: 'correction' }),
  consequences: f.text({
    label: 'Consequences',
    help: 'What it led to, and how that was dealt with.',
    station: 'correction',
    max: 4000,
  }),
};

const cause: Fields = {
  rootCauseMethod: f.choice(causeMethods, { label: 'Way of finding the cause', station: 'correction' }),
  rootCause: f.text({
    label: 'Cause',
    station: 'correction',
    max: 4000,
    alsoCalled: ['root cause', 'cause'],
  }),
  similarCases: f.text({
    label: 'Similar cases',
    help: 'Where it was looked for and what was found, even if nothing.',
    station: 'correction',
    max: 4000,
  }),
  causeFoundOn: f.day({ label: 'Cause found on', station: 'correction' }),
  causeDue: f.day({ label: 'Cause due', station: 'correction' }),
  actionNeeded: f.answer({ label: 'Action on the cause is needed', station: 'correction' }),
  noActionReason: f.text({ label: 'Why no action is needed', station: 'correction', max: 2000 }),
  approver: f.member({
    label: 'Approved by',
    help: 'For no action, for a rejection, and for a moved limit.',
    station: 'correction',
  }),
  actionsPlanned: f.text({
    label: 'Actions planned',
    help: 'In short; each is a corrective action of its own.',
    station: 'correction',
    max: 2000,
    alsoCalled: ['corrective action', 'action plan'],
  }),
  actionDue: f.day({
    label: 'Action due',
    station: 'correction',
    column: true,
    alsoCalled: ['due date', 'target date'],
  }),
  riskUpdated: f.answer({ label: 'Risks were looked at again', station: 'correction' }),
  applicabilityUpdated: f.answer({
    label: 'The Statement of Applicability was looked at again',
    station: 'correction',
  }),
  aimsChange: f.text({ label: 'Change to the AIMS', station: 'correction', max: 2000 }),
};

const check: Fields = {
  completionNote: f.text({ label: 'What was completed', station: 'correction', max: 2000 }),
  actionDoneOn: f.day({ label: 'Action done on', station: 'correction' }),
  effectivenessCriteria: f.text({
    label: 'How effect is judged',
    help: 'Set before the action starts.',
    station: 'correction',
    max: 2000,
  }),
  operationNeeded: f.text({
    label: 'Operation needed',
    help: 'How much running must be seen first.',
    station: 'correction',
    max: 1000,
  }),
  operationSeen: f.text({ label: 'Operation seen', station: 'correction', max: 1000 }),
  checkDue: f.day({ label: 'Check due', station: 'correction' }),
  checkedOn: f.day({ label: 'Checked on', station: 'correction' }),
  effectivenessVerdict: f.choice(effects, {
    label: 'Verdict of effect',
    station: 'correction',
    alsoCalled: ['effectiveness', 'effectiveness check'],
  }),
  verifier: f.member({ label: 'Judged by', station: 'correction', alsoCalled: ['verified by', 'verifier'] }),
  answerOfBody: f.text({ label: 'Answer of the certification body', station: 'correction', max: 2000 }),
  limitsMoved: f.rows(
    {
      stage: f.choice(stages, { label: 'Stage' }),
      first: f.day({ label: 'First date' }),
      moved: f.day({ label: 'New date' }),
      reason: f.line({ label: 'Reason', max: 400 }),
      approver: f.member({ label: 'Approved by' }),
    },
    { label: 'Limits moved', station: 'correction' },
  ),
  rejectionReason: f.text({ label: 'Why it was rejected', station: 'correction', max: 2000 }),
  closedOn: f.day({ label: 'Closed on', station: 'correction', alsoCalled: ['closed', 'closed on'] }),
};

/**
 * A requirement that was not met (10.2). The four stages and their days: `correctionDoneOn`, `causeFoundOn`,
 * `actionDoneOn`, `checkedOn`; their limits `correctionDue`, `causeDue`, `actionDue`, `checkDue` where a shorter one
 * than the house default binds. Actions on the cause are records within this one.
 */
export const nonconformity = defineKind({
  name: 'nonconformity',
  prefix: 'NC',
  collection: 'nonconformities',
  label: 'Nonconformity',
  plural: 'Nonconformities',
  purpose:
    'A requirement that was missed: corrected at once, its cause found, its effect checked by another person (10.2).',
  regime: 'factual',
  fields: { ...lapse, ...correction, ...cause, ...check },
  index: ['title', 'state', 'owner', 'grade', 'source', 'detectedOn', 'actionDue', 'requirement'],
  relations: {
    system: withinSystem('Nonconformities'),
    finding: about('finding', { label: 'From finding', inverse: 'Became nonconformity' }),
    incident: about('incident', { label: 'With incident', inverse: 'Nonconformities' }),
    test: about('control-test', { label: 'From test', inverse: 'Nonconformities' }),
    monitor: about('monitor', { label: 'From monitor', inverse: 'Nonconformities' }),
    controls: uses('control', { label: 'On control', inverse: 'Nonconformities' }),
    similar: about('system', { label: 'Looked for on', inverse: 'Looked at for nonconformity' }),
    risks: about('risk', { label: 'Risks looked at again', inverse: 'Looked at after nonconformity' }),
    evidence: about('evidence', { label: 'Evidence', inverse: 'Evidence of nonconformity' }),
    recurrenceOf: about('nonconformity', { label: 'Recurrence of', inverse: 'Came back as' }),
  },
  material: [
    'requirement',
    'requirementText',
    'requirementSource',
    'grade',
    'description',
    'rootCause',
    'correction',
  ],
  judges: true,
  lifecycle: {
    initial: 'open',
    mayBeBroughtIn: true,
    states: {
      open: { label: 'Open', shape: 'hollow' },
      corrected: { label: 'Corrected', shape: 'half' },
      analysed: { label: 'Cause found', shape: 'half' },
      'action-planned': { label: 'Action planned', shape: 'half' },
      'action-running': { label: 'Action running', shape: 'half' },
      verifying: { label: 'Effect being checked', shape: 'half' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
      rejected: { label: 'Rejected', shape: 'crossed', ended: true },
      reopened: { label: 'Open again', shape: 'hollow' },
    },
    transitions: {
      correct: {
        label: 'Correct',
        from: ['open'],
        to: 'corrected',
        requires: ['correction', 'consequences', 'correctionDoneOn'],
      },
      analyse: {
        label: 'Find the cause',
        from: ['corrected'],
        to: 'analysed',
        requires: ['rootCause', 'similarCases', 'actionNeeded', 'causeFoundOn'],
      },
      analyseAgain: {
        label: 'Find the cause again',
        from: ['reopened'],
        to: 'analysed',
        requires: ['rootCause'],
      },
      plan: {
        label: 'Plan action',
        from: ['analysed'],
        to: 'action-planned',
        requires: ['actionsPlanned'],
        guard: ({ fields }) =>
          fields.actionNeeded === 'yes' ? undefined : 'No action on the cause is said to be needed.',
      },
      verifyWithoutAction: {
        label: 'Check the correction',
        from: ['analysed'],
        to: 'verifying',
        requires: ['noActionReason', 'approver'],
        notBy: ['owner'],
        takenBy: 'approver',
        guard: ({ fields }) => (fields.actionNeeded === 'no' ? undefined : 'Action on the cause is needed.'),
      },
      run: {
        label: 'Start action',
        from: ['action-planned'],
        to: 'action-running',
        requires: ['owner', 'actionDue', 'effectivenessCriteria', 'operationNeeded'],
      },
      verify: {
        label: 'Check the effect',
        from: ['action-running'],
        to: 'verifying',
        requires: ['completionNote', 'actionDoneOn'],
      },
      close: {
        label: 'Close',
        from: ['verifying'],
        to: 'closed',
        requires: ['owner', 'effectivenessVerdict', 'verifier', 'operationSeen', 'checkedOn', 'closedOn'],
        notBy: ['owner'],
        takenBy: 'verifier',
        guard: ({ fields }) => {
          if (fields.effectivenessVerdict !== 'effective') return 'Only what worked is closed.';
          return fields.source === 'certification-body' && !('answerOfBody' in fields)
            ? 'The answer of the certification body is needed first.'
            : undefined;
        },
      },
      reopen: {
        label: 'Open again',
        from: ['verifying', 'closed'],
        to: 'reopened',
        requires: ['effectivenessVerdict'],
        guard: ({ fields }) =>
          fields.effectivenessVerdict === 'effective' ? 'The verdict says that it worked.' : undefined,
      },
      reject: {
        label: 'Reject',
        from: ['open'],
        to: 'rejected',
        requires: ['rejectionReason', 'approver'],
        notBy: ['owner'],
        takenBy: 'approver',
      },
      takeUp: { label: 'Take up again', from: ['rejected'], to: 'open' },
    },
  },
  serves: ['9.3.2', '10.2'],
  // Whoever found it and said what was missed may well judge whether it came back.
  doing: {
    people: ['owner'],
    parts: [
      'containment',
      'correction',
      'correctionDoneOn',
      'rootCause',
      'similarCases',
      'actionsPlanned',
      'completionNote',
      'actionDoneOn',
    ],
    steps: ['correct', 'verify'],
  },
  apart: [
    {
      field: 'verifier',
      from: ['owner'],
      say: 'The effect is judged by somebody else than the owner (10.2).',
      past: true,
    },
    { field: 'approver', from: ['owner'], say: 'Approved by somebody else than the owner.' },
  ],
});
