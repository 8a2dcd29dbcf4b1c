import { named } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const categories = options({
  training: 'Training',
  validation: 'Validation',
  test: 'Test',
  production: 'Input in operation',
  grounding: 'Grounding or retrieval',
  feedback: 'Feedback',
});
const legalBases = options({
  'no-personal-data': 'No personal data',
  consent: 'Consent',
  contract: 'Contract',
  'legal-obligation': 'Legal obligation',
  'vital-interests': 'Vital interests',
  'public-task': 'Public task',
  'legitimate-interests': 'Legitimate interests',
});

/**
 * A data set (A.7.2 to A.7.6). The station of supply asks for `provenance`, `rights` and `qualityResults`;
 * the organisation's line asks for `owner` (the steward) and for method and reason in each row of `preparation`.
 */
export const dataset = defineKind({
  name: 'dataset',
  prefix: 'DAT',
  collection: 'data-sets',
  label: 'Data set',
  plural: 'Data sets',
  purpose:
    'Data that AI is built on and fed with: where it comes from, by what right, and how good it is (A.7.3 to A.7.6).',
  regime: 'factual',
  fields: {
    name: named('Name', ['data set', 'dataset', 'dataset name', 'data source']),
    description: f.text({
      label: 'Description',
      station: 'supply',
      max: 4000,
      alsoCalled: ['description', 'content'],
    }),
    category: f.choices(categories, {
      label: 'Used for',
      station: 'supply',
      column: true,
      alsoCalled: ['category', 'type', 'data use'],
    }),
    owner: f.member({
      label: 'Steward',
      help: 'The person who looks after this data set (A.7.2).',
      station: 'ownership',
      column: true,
      alsoCalled: ['steward', 'data steward', 'data owner', 'owner'],
    }),
    source: f.text({
      label: 'Source',
      station: 'supply',
      max: 2000,
      alsoCalled: ['source', 'origin', 'provider', 'collected from'],
    }),
    selectionReason: f.text({ label: 'Why this data', station: 'supply', max: 2000 }),
    volume: f.line({ label: 'Amount', station: 'supply', alsoCalled: ['size', 'records', 'volume'] }),
    collectedFrom: f.day({ label: 'Collected from', station: 'supply' }),
    collectedTo: f.day({ label: 'Collected to', station: 'supply' }),
    provenance: f.rows(
      {
        on: f.day({ label: 'When' }),
        step: f.line({ label: 'What happened', help: 'Created, changed, transferred, shared, disposed of.' }),
        by: f.line({ label: 'By whom' }),
        note: f.line({ label: 'Note' }),
      },
      { label: 'Provenance', help: 'Every step from the source on (A.7.5).', station: 'supply' },
    ),
    provenanceComplete: f.answer({ label: 'Provenance is unbroken', station: 'supply' }),
    rights: f.text({
      label: 'Rights',
      help: 'Licence, contract or permission that allows this use.',
      station: 'supply',
      max: 2000,
      alsoCalled: ['rights', 'license', 'licence', 'terms of use'],
    }),
    personalData: f.answer({
      label: 'Personal data',
      station: 'supply',
      alsoCalled: ['pii', 'contains personal data'],
    }),
    legalBasis: f.choices(legalBases, {
      label: 'Legal basis',
      station: 'supply',
      alsoCalled: ['lawful basis'],
    }),
    peopleRepresented: f.text({
      label: 'People represented',
      help: 'Who is in the data, who is missing, and what that means for those affected.',
      station: 'supply',
      max: 2000,
      alsoCalled: ['population', 'demographics', 'representativeness'],
    }),
    biasExamined: f.text({
      label: 'Bias examined',
      station: 'supply',
      max: 4000,
      alsoCalled: ['bias', 'data biases'],
    }),
    qualityRequirements: f.text({
      label: 'Quality required',
      help: 'Measures that suit the purpose (A.7.4).',
      station: 'supply',
      max: 4000,
    }),
    qualityResults: f.rows(
      {
        measure: f.line({ label: 'Measure' }),
        required: f.line({ label: 'Required' }),
        result: f.line({ label: 'Result' }),
        met: f.answer({ label: 'Met' }),
        on: f.day({ label: 'Measured on' }),
        answer: f.line({ label: 'What follows where it is not met' }),
      },
      { label: 'Quality results', station: 'supply' },
    ),
    preparation: f.rows(
      {
        step: f.line({ label: 'Step' }),
        method: f.line({ label: 'Method' }),
        reason: f.line({ label: 'Reason' }),
      },
      {
        label: 'Preparation',
        help: 'Cleaning, labelling, scaling, filling gaps, each with its reason (A.7.6).',
        station: 'supply',
      },
    ),
    retention: f.line({
      label: 'Kept for',
      station: 'supply',
      alsoCalled: ['retention', 'retention period'],
    }),
    disposal: f.text({ label: 'Disposal', station: 'supply', max: 2000 }),
    disposedOn: f.day({ label: 'Disposed of on', station: 'supply' }),
  },
  index: ['title', 'state', 'owner', 'category', 'personalData'],
  relations: {
    suppliedBy: uses('supplier', { label: 'Supplied by', inverse: 'Supplies data set', many: false }),
    derivedFrom: uses('dataset', { label: 'Derived from', inverse: 'Source of' }),
    procedure: about('document', { label: 'Follows procedure', inverse: 'Followed by data set' }),
  },
  material: [
    'source',
    'rights',
    'legalBasis',
    'personalData',
    'peopleRepresented',
    'derivedFrom',
    'preparation',
    'suppliedBy',
  ],
  lifecycle: {
    initial: 'in-use',
    mayBeBroughtIn: true,
    states: {
      'in-use': { label: 'In use', shape: 'full', live: true },
      'in-preparation': { label: 'In preparation', shape: 'hollow' },
      'out-of-use': { label: 'Out of use', shape: 'half' },
      disposed: { label: 'Disposed of', shape: 'crossed', ended: true },
    },
    transitions: {
      use: { label: 'Take into use', from: ['in-preparation', 'out-of-use'], to: 'in-use' },
      prepare: { label: 'Prepare again', from: ['out-of-use'], to: 'in-preparation' },
      rest: { label: 'Take out of use', from: ['in-use', 'in-preparation'], to: 'out-of-use' },
      dispose: {
        label: 'Dispose of',
        from: ['in-use', 'in-preparation', 'out-of-use'],
        to: 'disposed',
        requires: ['disposedOn', 'disposal'],
      },
    },
  },
  serves: ['A.4.2', 'A.4.3', 'A.7.2', 'A.7.3', 'A.7.4', 'A.7.5', 'A.7.6'],
});
