import { f } from './fields.ts';
import { defineKind, uses } from './kind.ts';
import { lifeCycleStates } from './vocabulary.ts';

/** An AI system in the register (4.3, A.4.2). Its state is its life-cycle stage (ISO/IEC 22989 names). */
export const system = defineKind({
  name: 'system',
  prefix: 'SYS',
  collection: 'systems',
  label: 'AI system',
  plural: 'Systems',
  purpose:
    'Every AI system the organisation builds, buys or uses, with who answers for it (4.3, A.4.2). Most come from an inventory that exists already.',
  regime: 'factual',
  fields: {
    name: f.line({
      label: 'Name',
      required: true,
      column: true,
      alsoCalled: ['system', 'ai system', 'system name', 'application'],
    }),
    purpose: f.text({
      label: 'Purpose',
      help: 'What it is for, in words an outsider understands.',
      station: 'scope',
      alsoCalled: ['description', 'intended purpose'],
    }),
    owner: f.member({
      label: 'Owner',
      help: 'The person who answers for the system over its life (5.3, A.3.2).',
      station: 'ownership',
      column: true,
    }),
    deputy: f.member({ label: 'Deputy', station: 'ownership' }),
    unit: f.line({
      label: 'Unit',
      station: 'ownership',
      column: true,
      alsoCalled: ['department', 'agency', 'business unit', 'division'],
    }),
    subUnit: f.line({ label: 'Sub-unit', station: 'ownership', alsoCalled: ['bureau', 'team'] }),
    inScope: f.answer({ label: 'In scope of the AIMS', station: 'scope' }),
    scopeReason: f.text({ label: 'Reason for the scope decision', station: 'scope', max: 2000 }),
    startedOn: f.day({ label: 'Work began', station: 'release' }),
    liveSince: f.day({ label: 'Live since', station: 'release', column: true }),
    retiredOn: f.day({ label: 'Retired on', station: 'release' }),
    nextReview: f.day({ label: 'Next review', station: 'assurance', column: true }),
  },
  index: ['title', 'state', 'owner', 'unit', 'liveSince', 'nextReview', 'subUnit'],
  relations: {
    usesModel: uses('model', { label: 'Uses model', inverse: 'Used by system' }),
  },
  material: ['purpose', 'usesModel'],
  lifecycle: lifeCycleStates,
  cadence: { months: 12, from: 'nextReview' },
  serves: ['4.1', '4.3', 'A.4.2'],
});
