import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { requirementSourceOptions } from './vocabulary/law.ts';
import { findingGrades } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const origins = options({
  'internal-audit': 'Internal audit',
  'certification-body': 'Certification body',
  'customer-audit': 'Audit by a customer',
  authority: 'Authority',
  walk: 'Walk',
  'control-test': 'Control test',
  supplier: 'Supplier review',
  other: 'Other',
});
const answers = options({ agreed: 'Agreed', contested: 'Contested', 'no-answer': 'No answer' });
const followUps = options({
  nonconformity: 'A nonconformity',
  improvement: 'An improvement',
  'answered-no': 'Answered with no, because',
});

/**
 * What somebody saw (9.2.1). A major or minor names the `requirement` missed and its `requirementSource`; without one
 * it is an opportunity at most. Followed up by a nonconformity (which points here with `finding`), or by `followUp` with
 * `answer`.
 */
export const finding = defineKind({
  name: 'finding',
  prefix: 'FND',
  collection: 'findings',
  label: 'Finding',
  plural: 'Findings',
  purpose:
    'What an audit, a walk or a test saw, graded, with the requirement it concerns (9.2.1). An opportunity never counts as a nonconformity.',
  regime: 'factual',
  fields: {
    name: named('Finding', ['finding', 'title', 'issue', 'observation']),
    origin: f.choice(origins, {
      label: 'Origin',
      station: 'assurance',
      column: true,
      alsoCalled: ['source', 'origin'],
    }),
    grade: f.choice(findingGrades, {
      label: 'Grade',
      station: 'assurance',
      column: true,
      alsoCalled: ['grade', 'severity', 'classification'],
    }),
    gradeOutside: f.line({ label: 'Grade of the outside body', station: 'assurance' }),
    gradeReason: f.text({ label: 'Why this grade', station: 'assurance', max: 2000 }),
    requirement: f.catalogue('requirement', {
      label: 'Requirement',
      station: 'assurance',
      alsoCalled: ['clause', 'requirement', 'control'],
    }),
    requirementText: f.line({
      label: 'Requirement in words',
      help: 'For a contract or a house rule.',
      station: 'assurance',
      max: 400,
    }),
    requirementSource: f.choice(requirementSourceOptions, {
      label: 'Source of the requirement',
      station: 'assurance',
    }),
    seen: f.text({
      label: 'What was seen',
      station: 'assurance',
      alsoCalled: ['description', 'details', 'evidence'],
    }),
    seenOn: f.day({
      label: 'Seen on',
      station: 'assurance',
      column: true,
      alsoCalled: ['date', 'found on', 'raised on'],
    }),
    raisedBy: f.member({ label: 'Raised by', station: 'assurance', alsoCalled: ['raised by', 'auditor'] }),
    owner: owned('Who answers it.', 'assurance', ['auditee', 'assigned to']),
    agreed: f.choice(answers, { label: 'Facts agreed by those concerned', station: 'assurance' }),
    objection: f.text({ label: 'Objection', station: 'assurance', max: 2000 }),
    objectionAnswer: f.text({ label: 'Answer to the objection', station: 'assurance', max: 2000 }),
    answerDue: f.day({ label: 'Answer due', station: 'assurance', alsoCalled: ['due date', 'due'] }),
    followUp: f.choice(followUps, { label: 'What follows', station: 'correction' }),
    answer: f.text({ label: 'Answer', station: 'correction', max: 2000 }),
    answeredOn: f.day({ label: 'Answered on', station: 'correction' }),
    closedOn: f.day({ label: 'Closed on', station: 'correction', alsoCalled: ['closed on'] }),
  },
  index: ['title', 'state', 'owner', 'grade', 'origin', 'seenOn', 'answerDue', 'requirement'],
  relations: {
    system: withinSystem('Findings'),
    audit: about('audit', { label: 'Of audit', inverse: 'Findings', many: false }),
    walk: about('walk', { label: 'Of walk', inverse: 'Findings', many: false }),
    test: about('control-test', { label: 'Of test', inverse: 'Findings', many: false }),
    controls: uses('control', { label: 'On control', inverse: 'Findings' }),
    suppliers: uses('supplier', { label: 'On supplier', inverse: 'Findings' }),
    evidence: about('evidence', { label: 'Evidence', inverse: 'Evidence of finding' }),
  },
  material: ['grade', 'requirement', 'requirementText', 'requirementSource', 'seen'],
  judges: true,
  lifecycle: {
    initial: 'open',
    mayBeBroughtIn: true,
    states: {
      open: { label: 'Open', shape: 'hollow' },
      answered: { label: 'Answered', shape: 'half' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
    },
    transitions: {
      answer: { label: 'Answer', from: ['open'], to: 'answered', requires: ['grade', 'followUp', 'answer'] },
      close: { label: 'Close', from: ['answered'], to: 'closed', requires: ['closedOn'] },
      reopen: { label: 'Open again', from: ['answered', 'closed'], to: 'open' },
    },
  },
  serves: ['9.2.1', '9.2.2', 'A.10.3'],
  guard: ({ fields }): Record<string, string> => {
    if (fields.grade !== 'major' && fields.grade !== 'minor') return {};
    if (fields.requirementSource === 'advice')
      return { requirementSource: 'Advice cannot be missed; the finding is an opportunity.' };
    return 'requirement' in fields || 'requirementText' in fields
      ? {}
      : { requirement: 'A major or minor names the requirement missed; without one it is an opportunity.' };
  },
});
