import { firstDay, lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import { dayOf } from '../trace/read.ts';
import { heldBack, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, lackIn } from './kind.ts';
import { options } from './vocabulary.ts';

const fileTypes = options({
  'technical-documentation': 'Technical documentation',
  'conformity-assessment': 'Conformity assessment',
  declaration: 'Declaration of conformity',
  marking: 'Marking',
  registration: 'Registration',
  'fria-notification': 'Notice of a fundamental-rights assessment',
  'post-market-plan': 'Post-market monitoring plan',
  'general-purpose-model': 'File of a general-purpose model',
  mandate: 'Mandate of a representative',
  other: 'Other',
});

/** What is no longer valid meets no duty, so nobody says that it is made. */
function lapsed(content: Content, today: string): string | undefined {
  const until = dayOf(content, 'validUntil');
  return until !== null && lastDay(until) < today.slice(0, 10)
    ? `It was valid until ${dayText(until)}, which is over. Make it anew, with its own day.`
    : undefined;
}

/**
 * What law wants drawn up, declared, registered or notified for a system (EU AI Act Art. 11, 27, 43, 47–49, 72). It meets
 * the obligations that it names (`obligations`) from `doneOn` on, once the step says that it was made.
 */
export const regulatoryFile = defineKind({
  name: 'regulatory-file',
  prefix: 'RGF',
  collection: 'regulatory-files',
  label: 'Regulatory file',
  plural: 'Regulatory files',
  purpose:
    'What law wants drawn up, declared, registered or notified for a system, with the receipt and how long it is kept (A.6.2.7, A.8.5).',
  regime: 'versioned',
  fields: {
    name: named('Title', ['file', 'registration', 'title']),
    type: f.choice(fileTypes, {
      label: 'Type',
      required: true,
      station: 'release',
      column: true,
      alsoCalled: ['type'],
    }),
    owner: owned('Who keeps the file.', 'release'),
    provision: f.line({ label: 'Provision', help: 'Such as Art. 47.', station: 'release' }),
    contents: f.rows(
      {
        part: f.line({ label: 'Part', max: 400 }),
        where: f.line({ label: 'Where it is', max: 400 }),
      },
      { label: 'Index of contents', station: 'release' },
    ),
    edition: f.line({ label: 'Edition', max: 40, station: 'release' }),
    authority: f.line({ label: 'Authority or body', station: 'release', column: true }),
    doneOn: f.day({
      label: 'Made or submitted on',
      station: 'release',
      column: true,
      alsoCalled: ['submitted on', 'registered on'],
    }),
    number: f.line({
      label: 'Number given',
      help: 'Of the registration, certificate or receipt.',
      station: 'release',
      alsoCalled: ['registration number', 'certificate number'],
    }),
    receivedOn: f.day({ label: 'Receipt of', station: 'release' }),
    validUntil: f.day({ label: 'Valid until', station: 'release' }),
    keptUntil: f.day({ label: 'Kept until', station: 'release' }),
    file: f.file({ label: 'File', station: 'release' }),
    location: f.url({ label: 'Kept elsewhere at', station: 'release' }),
    legalHold: heldBack('release'),
  },
  index: ['title', 'state', 'owner', 'type', 'doneOn', 'validUntil', 'authority'],
  relations: {
    system: withinSystem('Regulatory files', true),
    obligations: about('obligation', { label: 'Meets obligations', inverse: 'Met by regulatory file' }),
    version: about('system-version', {
      label: 'Version',
      inverse: 'Regulatory files',
      many: false,
      ownSystem: true,
    }),
    classification: about('classification', {
      label: 'Classification',
      inverse: 'Regulatory files',
      many: false,
    }),
    impactAssessment: about('impact-assessment', {
      label: 'Impact assessment',
      inverse: 'Regulatory files',
      many: false,
    }),
    evidence: about('evidence', { label: 'Receipts and proof', inverse: 'Receipt of regulatory file' }),
  },
  material: ['type', 'provision', 'contents', 'doneOn', 'number', 'obligations', 'version', 'file'],
  happened: ['doneOn', 'receivedOn'],
  guard: (content): Record<string, string> => {
    const [done, received, until] = ['doneOn', 'receivedOn', 'validUntil'].map((name) =>
      dayOf(content, name),
    );
    const before = (one: string | null | undefined) => one && done && lastDay(one) < firstDay(done);
    return {
      ...(before(received) ? { receivedOn: 'The receipt lies before the day on which it was made.' } : {}),
      ...(before(until) ? { validUntil: 'It would be over before it was made.' } : {}),
    };
  },
  kept: { until: 'keptUntil', hold: 'legalHold' },
  approvable: {
    by: ['aims-manager', 'top-management'],
    requires: ['provision', 'doneOn'],
    authority: () => ({ dimension: 'external_statement', level: null }),
    requestedBy: ['owner'],
    lacks: (content, { today }) => lackIn(['validUntil'], lapsed(content, today)),
  },
  lifecycle: {
    initial: 'in-preparation',
    states: {
      'in-preparation': { label: 'In preparation', shape: 'half' },
      made: { label: 'Made or submitted', shape: 'full' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      make: {
        label: 'Say that it is made',
        from: ['in-preparation'],
        to: 'made',
        requires: ['doneOn', 'provision'],
        approved: true,
        guard: lapsed,
      },
      prepare: { label: 'Prepare again', from: ['made', 'withdrawn'], to: 'in-preparation' },
      withdraw: { label: 'Withdraw', from: ['in-preparation', 'made'], to: 'withdrawn' },
    },
  },
  serves: ['A.6.2.7', 'A.8.5'],
});
