import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const criticalities = options({ low: 'Low', moderate: 'Moderate', high: 'High', critical: 'Critical' });
const conclusions = options({
  suitable: 'Suitable',
  'suitable-with-conditions': 'Suitable under conditions',
  'not-suitable': 'Not suitable',
});

/**
 * A supplier with the diligence done on it (A.10.3). `diligenceOn` before `firstUsedOn`, or `catchUpBy` with
 * `catchUpReason`; rights are `changeNotice`, `logAccess`, `correctionRight`; open demands are rows of `demands`.
 */
export const supplier = defineKind({
  name: 'supplier',
  prefix: 'SUP',
  collection: 'suppliers',
  label: 'Supplier',
  plural: 'Suppliers',
  purpose:
    'Who supplies models, data, services or parts, what was checked before use, and which rights you hold towards them (A.10.3).',
  regime: 'factual',
  fields: {
    name: named('Name', ['supplier', 'vendor', 'provider', 'third party', 'vendor name']),
    services: f.text({
      label: 'What it supplies',
      station: 'supply',
      max: 2000,
      alsoCalled: ['services', 'products', 'scope'],
    }),
    criticality: f.choice(criticalities, {
      label: 'Criticality',
      station: 'supply',
      column: true,
      alsoCalled: ['criticality', 'tier', 'vendor risk'],
    }),
    owner: owned('Who looks after the supplier here.', 'ownership', [
      'relationship owner',
      'procurement lead',
    ]),
    country: f.line({ label: 'Country', station: 'supply', alsoCalled: ['country', 'jurisdiction'] }),
    contact: f.line({
      label: 'Contact',
      help: 'A function or address, rather than a name.',
      station: 'supply',
    }),
    firstUsedOn: f.day({
      label: 'First used on',
      station: 'supply',
      alsoCalled: ['since', 'onboarded', 'contract start'],
    }),
    diligenceOn: f.day({
      label: 'Due diligence finished on',
      station: 'supply',
      column: true,
      alsoCalled: ['due diligence date', 'assessment date', 'assessed on'],
    }),
    diligence: f.text({
      label: 'What was checked',
      station: 'supply',
      max: 4000,
      alsoCalled: ['due diligence'],
    }),
    diligenceResult: f.choice(conclusions, { label: 'Result of diligence', station: 'supply' }),
    diligenceFindings: f.text({
      label: 'Findings',
      station: 'supply',
      max: 4000,
      alsoCalled: ['findings', 'issues'],
    }),
    catchUpBy: f.day({ label: 'Diligence caught up by', station: 'supply' }),
    catchUpReason: f.text({ label: 'Why it was used before diligence', station: 'supply', max: 2000 }),
    changeNotice: f.answer({ label: 'Right to notice of change', station: 'supply' }),
    changeNoticeDays: f.number({
      label: 'Notice of change',
      station: 'supply',
      min: 0,
      max: 3650,
      whole: true,
      unit: 'days',
    }),
    logAccess: f.answer({ label: 'Right to logs', station: 'operation' }),
    logAccessTriedOn: f.day({ label: 'Right to logs tried on', station: 'operation' }),
    correctionRight: f.answer({ label: 'Right to correction', station: 'supply' }),
    contractReference: f.line({
      label: 'Contract',
      station: 'supply',
      alsoCalled: ['contract', 'contract number'],
    }),
    contractEnds: f.day({
      label: 'Contract ends',
      station: 'supply',
      alsoCalled: ['expiry', 'contract end'],
    }),
    monitoring: f.text({ label: 'How it is watched', station: 'supply', max: 2000 }),
    exit: f.text({
      label: 'Exit',
      help: 'How you would leave and what you would take along.',
      station: 'supply',
      max: 2000,
    }),
    demands: f.rows(
      {
        demand: f.line({ label: 'Demand' }),
        raised: f.day({ label: 'Raised on' }),
        due: f.day({ label: 'Due' }),
        answered: f.day({ label: 'Answered on' }),
        result: f.line({ label: 'Result' }),
      },
      { label: 'Demands on the supplier', station: 'supply' },
    ),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'supply', alsoCalled: ['last review'] }),
    nextReview: f.day({ label: 'Next review', station: 'supply', column: true, alsoCalled: ['review date'] }),
  },
  index: ['title', 'state', 'owner', 'criticality', 'diligenceOn', 'nextReview', 'country'],
  relations: {
    agreements: about('document', { label: 'Agreements', inverse: 'Agreement with supplier' }),
    evidence: about('evidence', { label: 'Proof of diligence', inverse: 'Proves diligence on' }),
  },
  material: [
    'services',
    'criticality',
    'diligenceResult',
    'changeNotice',
    'logAccess',
    'correctionRight',
    'contractEnds',
  ],
  lifecycle: {
    initial: 'in-use',
    mayBeBroughtIn: true,
    states: {
      'in-use': { label: 'In use', shape: 'full', live: true },
      candidate: { label: 'Candidate', shape: 'hollow' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      consider: { label: 'Consider again', from: ['ended'], to: 'candidate' },
      engage: { label: 'Engage', from: ['candidate'], to: 'in-use', requires: ['diligenceOn'] },
      end: { label: 'End', from: ['in-use', 'candidate'], to: 'ended' },
    },
  },
  cadence: { months: 12, from: 'reviewedOn' },
  nextLook: { field: 'nextReview', from: ['reviewedOn', 'diligenceOn'], interval: 'supplier_review' },
  happened: ['reviewedOn', 'diligenceOn'],
  serves: ['8.1', 'A.7.3', 'A.10.3'],
});
