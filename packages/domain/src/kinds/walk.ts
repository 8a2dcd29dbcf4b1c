import { named, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const populations = options({
  register: 'The register',
  'identity-provider': 'Applications known to single sign-on',
  'procurement-ledger': 'Purchase orders and invoices',
  'expense-claims': 'Expense claims and card statements',
  'cloud-bill': 'Cloud and model-provider bills',
  'network-telemetry': 'Gateway logs and observed endpoints',
  'code-repositories': 'Repositories and dependency lists',
  'device-inventory': 'Installed software on devices',
  'supplier-releases': 'Feature notices of suppliers',
  'records-of-processing': 'Records of processing',
  'department-interviews': 'Questions to departments',
  other: 'Another population',
});
const methods = options({
  random: 'Simple random draw',
  stratified: 'Draw per stratum',
  all: 'Full coverage',
  judgement: 'Chosen on purpose',
});
const stations = options({
  scope: 'Scope',
  policy: 'Policy',
  ownership: 'Ownership',
  'use-cases': 'Use cases',
  supply: 'Composition and supply',
  classification: 'Classification',
  impact: 'Impact',
  risk: 'Risk',
  controls: 'Controls',
  release: 'Build and release',
  information: 'Information',
  operation: 'Operation',
  evidence: 'Evidence and effectiveness',
  assurance: 'Assurance',
  correction: 'Correction',
});
const verdicts = options({
  holds: 'Holds',
  gap: 'Gap',
  accepted: 'Accepted',
  unverifiable: 'Cannot be judged',
  'not-applicable': 'Does not apply',
  'not-started': 'Not started',
});
const independence = options({
  independent: 'No part in the system in the period',
  'had-a-part': 'Had a part in it',
  'not-stated': 'Not stated',
});

/**
 * One system drawn and walked from end to end (9.2.1). The draw can be repeated: `seed` is tied to `checkpoint`, and the
 * population is named with day, size and digest. It counts as proof once an independent person (`independence`) wrote
 * a `conclusion`. Without a system, the item drawn is not in the register: a finding before anything else.
 */
export const walk = defineKind({
  name: 'walk',
  prefix: 'WLK',
  collection: 'walks',
  label: 'Walk',
  plural: 'Walks',
  purpose:
    'One system drawn by lot and followed from policy to its last corrective action, timed (9.2.1). Five minutes is what an auditor hopes for.',
  regime: 'factual',
  fields: {
    name: named('Title', ['walk', 'title']),
    population: f.choice(populations, { label: 'Population', station: 'assurance', column: true }),
    populationNote: f.line({ label: 'Population in words', station: 'assurance' }),
    populationOn: f.day({ label: 'Extract of', station: 'assurance' }),
    populationSize: f.number({ label: 'Size of the population', station: 'assurance', min: 0, whole: true }),
    populationDigest: f.line({ label: 'Digest of the population', station: 'assurance' }),
    populationFile: f.file({ label: 'List of the population', station: 'assurance' }),
    excluded: f.text({ label: 'Left out, with reasons', station: 'assurance', max: 2000 }),
    method: f.choice(methods, { label: 'How it was drawn', station: 'assurance' }),
    seed: f.line({ label: 'Seed of the draw', station: 'assurance' }),
    checkpoint: f.line({ label: 'Checkpoint the seed is tied to', station: 'assurance', max: 400 }),
    drawnItem: f.line({ label: 'Item drawn', station: 'assurance' }),
    drawnAt: f.moment({ label: 'Drawn at', station: 'assurance' }),
    drawnBy: f.member({ label: 'Drawn by', station: 'assurance' }),
    redraws: f.rows(
      {
        item: f.line({ label: 'Item put back' }),
        reason: f.line({ label: 'Why' }),
        at: f.line({ label: 'When', max: 40 }),
      },
      { label: 'Drawn again', station: 'assurance' },
    ),
    walker: f.member({
      label: 'Walker',
      station: 'assurance',
      column: true,
      alsoCalled: ['walker', 'auditor'],
    }),
    independence: f.choice(independence, {
      label: 'Independence of the walker',
      station: 'assurance',
      column: true,
    }),
    independenceNote: f.line({ label: 'How that was checked', station: 'assurance', max: 400 }),
    periodFrom: f.day({ label: 'Period walked from', station: 'assurance' }),
    periodTo: f.day({ label: 'Period walked to', station: 'assurance' }),
    walkedOn: f.day({ label: 'Walked on', station: 'assurance', column: true }),
    startedAt: f.moment({ label: 'Started at', station: 'assurance' }),
    endedAt: f.moment({ label: 'Ended at', station: 'assurance' }),
    seconds: f.number({
      label: 'Duration',
      station: 'assurance',
      min: 0,
      whole: true,
      unit: 's',
      column: true,
    }),
    logIndex: f.number({ label: 'Log index walked at', station: 'assurance', min: 0, whole: true }),
    stations: f.rows(
      {
        station: f.choice(stations, { label: 'Station' }),
        verdict: f.choice(verdicts, { label: 'Verdict shown' }),
        convincing: f.answer({ label: 'Convincing' }),
        seconds: f.number({ label: 'Seconds', min: 0, whole: true }),
        seen: f.line({ label: 'What was seen', max: 400 }),
        note: f.line({ label: 'Note', max: 400 }),
      },
      { label: 'Stations seen', station: 'assurance' },
    ),
    gaps: f.number({ label: 'Gaps found', station: 'assurance', min: 0, whole: true }),
    conclusion: f.text({ label: 'Conclusion', station: 'assurance', max: 4000 }),
    followUp: f.text({ label: 'What follows', station: 'assurance', max: 2000 }),
  },
  owner: 'walker',
  index: ['title', 'state', 'owner', 'walkedOn', 'population', 'independence', 'seconds'],
  relations: {
    system: withinSystem('Walks'),
    audit: about('audit', { label: 'Part of audit', inverse: 'Walks', many: false }),
  },
  material: ['walker', 'independence', 'stations', 'conclusion', 'seed', 'drawnItem'],
  judges: true,
  lifecycle: {
    initial: 'drawn',
    states: {
      drawn: { label: 'Drawn', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      concluded: { label: 'Concluded', shape: 'full' },
      dropped: { label: 'Dropped', shape: 'crossed', ended: true },
    },
    transitions: {
      start: { label: 'Start', from: ['drawn'], to: 'under-way', requires: ['walker'] },
      conclude: {
        label: 'Conclude',
        from: ['under-way'],
        to: 'concluded',
        requires: ['walker', 'stations', 'independence', 'walkedOn', 'conclusion'],
        takenBy: 'walker',
      },
      drop: { label: 'Drop', from: ['drawn', 'under-way'], to: 'dropped', requires: ['followUp'] },
      resume: { label: 'Walk again', from: ['concluded', 'dropped'], to: 'under-way' },
    },
  },
  serves: ['9.2.1'],
});
