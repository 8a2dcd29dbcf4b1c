import { named, owned, withinSystem } from './common.ts';
import { isToCome } from './days-come.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';

/** What a version is: a change of it makes it another. */
const content = ['change', 'artefacts', 'containsModel', 'containsDataset'] as const;

/**
 * What of a system is deployed (A.6.2.3, A.6.2.5). A version is live from `liveFrom` until `liveTo`; `deployments`
 * names the places. A gate points here with `version`, a notice says which version it speaks about.
 */
export const systemVersion = defineKind({
  name: 'system-version',
  prefix: 'VER',
  collection: 'versions',
  label: 'System version',
  plural: 'Versions',
  purpose:
    'What is deployed, with its models and data sets and the days it ran (A.6.2.5). Release, notices and evidence name a version.',
  regime: 'factual',
  fields: {
    name: named('Version', ['version', 'release', 'version number', 'build']),
    change: f.text({
      label: 'What changed',
      help: 'The change that led to this version.',
      station: 'release',
      alsoCalled: ['change', 'release notes', 'changes'],
    }),
    owner: owned('Who answers for this build.', 'ownership', ['engineering lead', 'release manager']),
    artefacts: f.rows(
      {
        name: f.line({ label: 'Artefact' }),
        digest: f.line({ label: 'Digest', help: 'Algorithm and value, such as sha256:…' }),
        url: f.url({ label: 'Where it is' }),
      },
      { label: 'Artefacts', station: 'release' },
    ),
    deployments: f.rows(
      {
        environment: f.line({ label: 'Environment' }),
        from: f.day({ label: 'From' }),
        to: f.day({ label: 'To' }),
      },
      { label: 'Environments', station: 'release' },
    ),
    liveFrom: f.day({
      label: 'Live from',
      station: 'release',
      column: true,
      alsoCalled: ['released on', 'release date', 'deployed on', 'go-live date'],
    }),
    liveTo: f.day({
      label: 'Live to',
      station: 'release',
      column: true,
      alsoCalled: ['end of life', 'replaced on'],
    }),
    emergency: f.answer({ label: 'Emergency change', station: 'release' }),
    emergencyReviewedOn: f.day({ label: 'Emergency change reviewed on', station: 'release' }),
  },
  index: ['title', 'state', 'owner', 'liveFrom', 'liveTo'],
  relations: {
    system: withinSystem('Versions', true),
    containsModel: uses('model', { label: 'Contains model', inverse: 'Contained in version' }),
    containsDataset: uses('dataset', { label: 'Contains data set', inverse: 'Contained in version' }),
    follows: about('system-version', { label: 'Follows', inverse: 'Followed by', many: false }),
  },
  material: content,
  // A verdict is given on these (A.6.2.4): the days on which a version ran, and where, leave it as it stood.
  drawn: content,
  lifecycle: {
    initial: 'built',
    mayBeBroughtIn: true,
    observed: true,
    states: {
      built: { label: 'Built', shape: 'hollow' },
      live: { label: 'Live', shape: 'full', live: true },
      replaced: { label: 'Replaced', shape: 'crossed', ended: true },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      goLive: {
        label: 'Go live',
        from: ['built', 'replaced'],
        to: 'live',
        requires: ['liveFrom'],
        guard: ({ fields }, now) =>
          typeof fields.liveFrom === 'string' && isToCome(fields.liveFrom, now)
            ? 'It goes live on the day from which it is live, which is still to come.'
            : undefined,
      },
      replace: { label: 'Replace', from: ['live'], to: 'replaced', requires: ['liveTo'] },
      withdraw: { label: 'Withdraw', from: ['built', 'live', 'replaced'], to: 'withdrawn' },
    },
  },
  // Its release is held against that day: what runs has not begun later than it was said to.
  notPutOff: {
    fields: ['liveFrom'],
    in: ['live'],
    says: 'is not moved on while the version is live: it says since when it runs.',
  },
  serves: ['A.4.4', 'A.6.2.3', 'A.6.2.5'],
});
