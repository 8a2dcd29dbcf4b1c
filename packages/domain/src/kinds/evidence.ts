import { openKinds } from '@throughline/catalogue/later.ts';
import { firstDay, lastDay } from '../day.ts';
import { removalObstacle } from '../removal.ts';
import { heldBack, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const evidenceTypes = options({
  log: 'Log or export',
  report: 'Report',
  ticket: 'Ticket or order',
  screenshot: 'Screenshot',
  configuration: 'Configuration',
  minutes: 'Minutes',
  contract: 'Contract',
  certificate: 'Certificate',
  'test-result': 'Test result',
  'owner-statement': 'Statement of the owner',
  other: 'Other',
});
const collectors = options({ person: 'By a person', automatic: 'Automatically', supplier: 'By a supplier' });
const integrity = options({
  unchecked: 'Not checked yet',
  matches: 'Digest matches',
  differs: 'Digest differs',
  missing: 'Source is gone',
});

const kept = { until: 'keepUntil', hold: 'legalHold' };

/**
 * A piece of proof (8.1, 8.3). It lies in `file`, or elsewhere at `pointer` with a `digest`. It speaks for
 * `periodFrom` to `periodTo`, which is not the day on which it was collected. `controls` are what it proves;
 * `implementation` and `supports` say on which record. A statement of the owner has type `owner-statement` and
 * replaces nothing.
 */
export const evidence = defineKind({
  name: 'evidence',
  prefix: 'EVD',
  collection: 'evidence',
  label: 'Evidence item',
  plural: 'Evidence',
  purpose:
    'Proof that controls ran, with the period it speaks for and where it came from (8.1). It ages; what it proves is counted by its period, not by its number.',
  regime: 'factual',
  fields: {
    name: named('Title', ['evidence', 'title', 'evidence name', 'file name']),
    type: f.choice(evidenceTypes, {
      label: 'Type',
      station: 'evidence',
      column: true,
      alsoCalled: ['type', 'evidence type'],
    }),
    description: f.text({
      label: 'What it shows',
      station: 'evidence',
      max: 4000,
      alsoCalled: ['description', 'what it shows'],
    }),
    file: f.file({ label: 'File', station: 'evidence' }),
    pointer: f.url({
      label: 'Kept elsewhere at',
      station: 'evidence',
      alsoCalled: ['link', 'url', 'location'],
    }),
    digest: f.line({
      label: 'Digest',
      help: 'Algorithm and value, such as sha256:…',
      station: 'evidence',
      alsoCalled: ['hash', 'checksum', 'sha256'],
    }),
    origin: f.line({
      label: 'Origin',
      help: 'The system or person it comes from.',
      station: 'evidence',
      alsoCalled: ['source', 'origin', 'source system'],
    }),
    collectedBy: f.choice(collectors, { label: 'Collected', station: 'evidence' }),
    collectedAt: f.moment({
      label: 'Collected at',
      station: 'evidence',
      alsoCalled: ['collected', 'upload date', 'collected at'],
    }),
    owner: owned('Who can speak to it.', 'evidence', ['collected by', 'uploaded by']),
    periodFrom: f.day({
      label: 'Speaks from',
      station: 'evidence',
      column: true,
      alsoCalled: ['effective from', 'period start', 'valid from'],
    }),
    periodTo: f.day({
      label: 'Speaks to',
      station: 'evidence',
      column: true,
      alsoCalled: ['effective to', 'period end'],
    }),
    occurrence: f.line({
      label: 'Occurrence',
      help: 'Which run it proves, such as "2026-Q3" or a release.',
      station: 'evidence',
    }),
    integrity: f.choice(integrity, {
      label: 'Integrity',
      help: '“Digest matches” only of a file that is kept here, and has the digest named.',
      station: 'evidence',
      column: true,
    }),
    checkedAt: f.moment({ label: 'Integrity checked at', station: 'evidence' }),
    keepUntil: f.day({
      label: 'Kept until at least',
      station: 'evidence',
      alsoCalled: ['retention', 'retain until'],
    }),
    legalHold: heldBack('evidence'),
  },
  index: ['title', 'state', 'owner', 'type', 'periodTo', 'periodFrom', 'collectedAt', 'integrity'],
  relations: {
    system: withinSystem('Evidence'),
    controls: uses('control', { label: 'Proves control', inverse: 'Evidence' }),
    implementation: about('implementation', { label: 'Of implementation', inverse: 'Evidence' }),
    supports: about(openKinds, { label: 'Supports', inverse: 'Evidence' }),
  },
  material: ['file', 'pointer', 'digest', 'periodFrom', 'periodTo', 'controls', 'implementation'],
  kept,
  lifecycle: {
    initial: 'kept',
    mayBeBroughtIn: true,
    states: {
      kept: { label: 'Kept', shape: 'full' },
      rejected: { label: 'Does not prove it', shape: 'crossed', ended: true },
      disposed: { label: 'Disposed of', shape: 'crossed', ended: true },
    },
    transitions: {
      reject: { label: 'Set aside', from: ['kept'], to: 'rejected' },
      restore: { label: 'Take back', from: ['rejected'], to: 'kept' },
      dispose: {
        label: 'Dispose of',
        from: ['kept', 'rejected'],
        to: 'disposed',
        // 7.5.3: kept for its set time, so the day is needed and has to be past.
        requires: ['keepUntil'],
        guard: (content, now) => removalObstacle(kept, content, 'retention', now.slice(0, 10)),
      },
    },
  },
  serves: ['7.5.3', '8.1', '8.3', '10.2', 'A.6.2.8'],
  happened: ['periodFrom'],
  ended: ['periodTo'],
  compared: {
    ...{ file: 'file', digest: 'digest', found: 'integrity', good: 'matches' },
    of: ['file', 'pointer', 'digest', 'integrity'],
  },
  guard: ({ fields }): Record<string, string> =>
    typeof fields.periodFrom === 'string' &&
    typeof fields.periodTo === 'string' &&
    firstDay(fields.periodFrom) > lastDay(fields.periodTo)
      ? { periodTo: 'The period ends before it begins.' }
      : {},
});
