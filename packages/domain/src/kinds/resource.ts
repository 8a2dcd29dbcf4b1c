import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { defineKind, uses } from './kind.ts';
import { stageOptions } from './vocabulary/roles.ts';
import { options } from './vocabulary.ts';

const resourceTypes = options({
  tool: 'Tool or library',
  computing: 'Computing',
  people: 'People and skills',
  service: 'Service or interface',
  money: 'Money',
});

/**
 * What systems need besides models and data: tools, computing, people (A.4.4 to A.4.6), and for the organisation the
 * means stated for a period with `covered` (7.1).
 */
export const resource = defineKind({
  name: 'resource',
  prefix: 'RES',
  collection: 'resources',
  label: 'Resource',
  plural: 'Resources',
  purpose: 'Tools, computing and people that systems need, and whether they are there (7.1, A.4.2 to A.4.6).',
  regime: 'factual',
  fields: {
    name: named('Name', ['resource', 'tool', 'component', 'service']),
    type: f.choice(resourceTypes, {
      label: 'Type',
      station: 'supply',
      column: true,
      alsoCalled: ['resource type'],
    }),
    purpose: f.text({
      label: 'What it is for',
      station: 'supply',
      max: 2000,
      alsoCalled: ['purpose', 'use'],
    }),
    version: f.line({
      label: 'Version or capacity',
      station: 'supply',
      alsoCalled: ['version', 'capacity', 'size'],
    }),
    owner: owned('Who provides or looks after it.', 'ownership'),
    stages: f.choices(stageOptions, { label: 'Needed in stage', station: 'supply', alsoCalled: ['stage'] }),
    location: f.line({
      label: 'Location',
      station: 'supply',
      alsoCalled: ['region', 'data centre', 'location'],
    }),
    licence: f.line({ label: 'Licence', station: 'supply', alsoCalled: ['license', 'licence'] }),
    energyNote: f.text({
      label: 'Energy',
      station: 'supply',
      max: 1000,
      alsoCalled: ['energy', 'footprint'],
    }),
    dependency: f.text({
      label: 'Dependency',
      help: 'What stops when it is missing, and what stands in for it.',
      station: 'supply',
      max: 2000,
    }),
    needed: f.text({
      label: 'Need for the period',
      help: 'People, money, tools or infrastructure asked for (7.1).',
      max: 2000,
    }),
    periodFrom: f.day({ label: 'Period from' }),
    periodTo: f.day({ label: 'Period to' }),
    covered: f.answer({ label: 'The need is covered' }),
    decision: f.text({ label: 'What gives way where it is not', max: 2000 }),
  },
  index: ['title', 'state', 'owner', 'type', 'covered'],
  relations: {
    suppliedBy: uses('supplier', { label: 'Supplied by', inverse: 'Supplies resource', many: false }),
  },
  material: ['type', 'version', 'location', 'licence', 'suppliedBy'],
  lifecycle: {
    initial: 'in-use',
    mayBeBroughtIn: true,
    states: {
      'in-use': { label: 'In use', shape: 'full', live: true },
      planned: { label: 'Planned', shape: 'hollow' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      plan: { label: 'Plan again', from: ['withdrawn'], to: 'planned' },
      provide: { label: 'Take into use', from: ['planned'], to: 'in-use' },
      withdraw: { label: 'Withdraw', from: ['in-use', 'planned'], to: 'withdrawn' },
    },
  },
  serves: ['5.1', '7.1', 'A.4.2', 'A.4.4', 'A.4.5', 'A.4.6'],
});
