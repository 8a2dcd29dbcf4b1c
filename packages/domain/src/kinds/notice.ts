import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { requirementSourceOptions } from './vocabulary/law.ts';
import { options } from './vocabulary.ts';

const audiences = options({
  users: 'Users',
  'affected-persons': 'Affected persons',
  workers: 'Workers and their representatives',
  customers: 'Customers',
  public: 'The public',
  authorities: 'Authorities',
});
const moments = options({
  'before-use': 'Before first use',
  'first-contact': 'At first contact',
  'with-outcome': 'With the outcome',
  afterwards: 'Afterwards',
});

/**
 * What people are told (A.8.2, A.8.5). It names `audience`, why (`source`, `provision`), the `version` it speaks about,
 * `moment` and `givenSince`, and how to contest (`contestRoute`) or report harm (`reportRoute`). Proof of delivery is
 * `delivery` or the relation `proof`.
 */
export const notice = defineKind({
  name: 'notice',
  prefix: 'NOT',
  collection: 'notices',
  label: 'Notice',
  plural: 'Notices',
  purpose:
    'What users and affected people are told about the version that runs, when they learn it, and how they can object (A.8.2, A.8.5).',
  regime: 'factual',
  fields: {
    name: named('Title', ['notice', 'title', 'transparency notice']),
    audience: f.choices(audiences, {
      label: 'Audience',
      station: 'information',
      column: true,
      alsoCalled: ['audience', 'recipients'],
    }),
    source: f.choice(requirementSourceOptions, {
      label: 'Who asks for it',
      station: 'information',
      alsoCalled: ['legal basis', 'reason'],
    }),
    provision: f.line({ label: 'Provision', station: 'information', alsoCalled: ['article'] }),
    text: f.file({ label: 'Text', as: 'text', station: 'information' }),
    textVersion: f.line({ label: 'Version of the text', station: 'information', max: 60 }),
    languages: f.list({ label: 'Languages', station: 'information', alsoCalled: ['language', 'languages'] }),
    channel: f.line({ label: 'Channel', station: 'information', alsoCalled: ['channel', 'medium', 'where'] }),
    url: f.url({ label: 'Where it can be read', station: 'information', alsoCalled: ['link', 'url'] }),
    owner: owned('Who keeps the text true.', 'information', ['product owner']),
    moment: f.choice(moments, { label: 'When people see it', station: 'information', column: true }),
    givenSince: f.day({
      label: 'Given since',
      station: 'information',
      column: true,
      alsoCalled: ['published on', 'since', 'date'],
    }),
    givenUntil: f.day({ label: 'Given until', station: 'information' }),
    contestRoute: f.text({ label: 'How to contest an outcome', station: 'information', max: 2000 }),
    reportRoute: f.text({ label: 'How to report harm', station: 'information', max: 2000 }),
    delivery: f.text({ label: 'Proof of delivery', station: 'information', max: 2000 }),
    triedOnReaders: f.answer({ label: 'Tried on readers', station: 'information' }),
    accessible: f.answer({ label: 'Accessible', station: 'information' }),
    checkedOn: f.day({ label: 'Last checked', station: 'information' }),
  },
  index: ['title', 'state', 'owner', 'audience', 'moment', 'givenSince', 'version'],
  relations: {
    system: withinSystem('Notices', true),
    version: about('system-version', { label: 'Speaks about version', inverse: 'Notices', many: false }),
    useCases: about('use-case', { label: 'Use cases', inverse: 'Notices' }),
    obligations: uses('obligation', { label: 'Meets obligation', inverse: 'Met by notice' }),
    proof: about('evidence', { label: 'Proof', inverse: 'Proves notice' }),
  },
  material: ['audience', 'text', 'textVersion', 'moment', 'contestRoute', 'version'],
  lifecycle: {
    initial: 'draft',
    mayBeBroughtIn: true,
    states: {
      draft: { label: 'In preparation', shape: 'hollow' },
      'in-force': { label: 'In force', shape: 'full' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      publish: {
        label: 'Give it',
        from: ['draft'],
        to: 'in-force',
        requires: ['audience', 'givenSince', 'version'],
      },
      revise: { label: 'Revise', from: ['in-force', 'withdrawn'], to: 'draft' },
      withdraw: { label: 'Withdraw', from: ['draft', 'in-force'], to: 'withdrawn' },
    },
  },
  serves: ['A.8.2', 'A.8.5'],
});
