import { approvedOnceSaid, keptUp, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { stageOptions } from './vocabulary/roles.ts';
import { options } from './vocabulary.ts';

const holders = options({
  organisation: 'The organisation',
  supplier: 'The supplier',
  both: 'Both',
});

const bySupplier = { heldBy: ['supplier', 'both'] };

/**
 * Which events of a system are logged, why, who holds the logs and for how long (A.6.2.8). Where a supplier holds them,
 * the right to get them stands in writing (`right`) and was tried (`rightTriedOn`). `checkedOn` says when logs were last
 * held against the plan.
 */
export const logPlan = defineKind({
  name: 'log-plan',
  prefix: 'LGP',
  collection: 'log-plans',
  label: 'Log plan',
  plural: 'Log plans',
  purpose:
    'Which events of a system are logged and why, who holds the logs, for how long, and how it is known that they are complete (A.6.2.8).',
  regime: 'versioned',
  fields: {
    name: named('Title', ['log plan', 'logging plan', 'title']),
    owner: owned('Who sees to it that logs are there.', 'operation'),
    events: f.rows(
      {
        event: f.line({ label: 'Event', max: 400 }),
        why: f.line({ label: 'Why', max: 400 }),
        contains: f.line({ label: 'What is kept of it', max: 400 }),
      },
      { label: 'Events', station: 'operation' },
    ),
    stages: f.choices(stageOptions, {
      label: 'Stages in which they are logged',
      help: 'While the system is in use at the least.',
      station: 'operation',
    }),
    heldBy: f.choice(holders, { label: 'Held by', station: 'operation', column: true }),
    right: f.text({
      label: 'Right to get them',
      help: 'By which agreement, in which form and time.',
      when: [bySupplier],
      station: 'operation',
      max: 2000,
    }),
    rightTriedOn: f.day({ label: 'Right tried on', when: [bySupplier], station: 'operation' }),
    retentionMonths: f.number({
      label: 'Kept for',
      station: 'operation',
      min: 0,
      whole: true,
      unit: 'months',
      column: true,
    }),
    access: f.text({ label: 'Who may read them', station: 'operation', max: 2000 }),
    protection: f.text({ label: 'How they are kept from change', station: 'operation', max: 2000 }),
    checkedOn: f.day({ label: 'Last held against the plan', station: 'operation', column: true }),
    checkedHow: f.text({ label: 'What showed that they are complete', station: 'operation', max: 2000 }),
    nextCheck: f.day({ label: 'Next check', station: 'operation' }),
  },
  index: ['title', 'state', 'owner', 'heldBy', 'checkedOn', 'nextCheck'],
  relations: {
    system: withinSystem('Log plans', true),
    suppliers: about('supplier', { label: 'Suppliers that hold logs', inverse: 'Holds logs by plan' }),
    obligations: about('obligation', { label: 'Meets obligations', inverse: 'Met by log plan' }),
    evidence: about('evidence', { label: 'Proof that they are complete', inverse: 'Proof for log plan' }),
  },
  material: ['events', 'stages', 'heldBy', 'right', 'retentionMonths', 'access', 'protection', 'suppliers'],
  approvable: approvedOnceSaid([
    { part: 'events', label: 'Events', columns: ['event', 'why'] },
    { part: 'stages', label: 'Stages in which they are logged' },
    { part: 'heldBy', label: 'Held by' },
    { part: 'retentionMonths', label: 'Kept for' },
    { part: 'access', label: 'Who may read them' },
  ]),
  lifecycle: keptUp,
  cadence: { months: 12, from: 'checkedOn' },
  nextLook: { field: 'nextCheck', from: ['checkedOn'] },
  happened: ['checkedOn'],
  serves: ['A.6.2.8'],
});
