import { approvedOnceSaid, keptUp, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const readers = options({
  users: 'Users',
  deployers: 'Those who put it to use',
  overseers: 'Overseers',
  'affected-persons': 'Affected persons',
  auditors: 'Auditors and authorities',
  public: 'The public',
});

/**
 * What readers need to know of exactly one version (A.6.2.7, A.8.2): purpose, limits, performance, oversight, upkeep, and
 * what is said to each audience. The card of an earlier version says nothing of the next.
 */
export const systemCard = defineKind({
  name: 'system-card',
  prefix: 'CRD',
  collection: 'system-cards',
  label: 'System card',
  plural: 'System cards',
  purpose:
    'What a version is for, how well it does it, where it fails and how it is overseen, for each kind of reader (A.6.2.7, A.8.2).',
  regime: 'versioned',
  fields: {
    name: named('Title', ['system card', 'technical documentation', 'title']),
    owner: owned('Who keeps the card true.', 'information'),
    purpose: f.text({ label: 'What it is for', station: 'information', max: 4000 }),
    notFor: f.text({
      label: 'What it is not for',
      help: 'Prohibited and unsuitable uses.',
      station: 'information',
      max: 4000,
    }),
    limits: f.text({ label: 'Known limits', station: 'information', max: 4000 }),
    performance: f.text({
      label: 'Performance',
      help: 'With the groups and conditions it was measured for.',
      station: 'information',
      max: 4000,
    }),
    oversight: f.text({ label: 'Human oversight', station: 'information', max: 4000 }),
    upkeep: f.text({ label: 'Upkeep and support', station: 'information', max: 4000 }),
    data: f.text({ label: 'Data in outline', station: 'information', max: 4000 }),
    audiences: f.rows(
      {
        audience: f.choice(readers, { label: 'Reader' }),
        says: f.line({ label: 'What it says to them', max: 400 }),
        where: f.line({ label: 'Where they find it', max: 400 }),
      },
      { label: 'View for each reader', station: 'information' },
    ),
    file: f.file({ label: 'File', station: 'information' }),
    issuedOn: f.day({ label: 'Issued on', station: 'information', column: true }),
  },
  index: ['title', 'state', 'owner', 'issuedOn', 'version'],
  relations: {
    system: withinSystem('System cards', true),
    version: about('system-version', {
      label: 'Version',
      inverse: 'System card',
      many: false,
      required: true,
      ownSystem: true,
    }),
    verifications: about('verification', { label: 'Measured in', inverse: 'Named on system card' }),
    evidence: about('evidence', { label: 'Evidence', inverse: 'Evidence of system card' }),
  },
  material: [
    'purpose',
    'notFor',
    'limits',
    'performance',
    'oversight',
    'upkeep',
    'data',
    'audiences',
    'file',
    'version',
  ],
  approvable: approvedOnceSaid([
    { part: 'purpose', label: 'What it is for' },
    { part: 'limits', label: 'Known limits' },
    { part: 'performance', label: 'Performance' },
    { part: 'oversight', label: 'Human oversight' },
  ]),
  lifecycle: keptUp,
  serves: ['A.6.2.7', 'A.8.2'],
});
