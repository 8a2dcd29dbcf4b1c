import { openKinds } from '@throughline/catalogue/later.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses, within } from './kind.ts';
import { endingLacks, lawInTwoHands } from './law.ts';
import { requirementSourceOptions } from './vocabulary/law.ts';
import { options } from './vocabulary.ts';

const duties = options({
  inform: 'Inform',
  assess: 'Assess',
  register: 'Register',
  report: 'Report',
  keep: 'Keep records',
  oversee: 'Oversee',
  control: 'Put in place a control',
  refrain: 'Not do',
  other: 'Other',
});

/**
 * A requirement taken on (4.2, A.8.5). `source` says who asks; `item` is its id in the catalogue where it has one
 * (`OB-26-2`). Duties to inform say party (`owedTo`), content, `trigger` and `timeLimit`. What meets it is named by
 * `metBy`; which controls it calls for by `controls`.
 */
export const obligation = defineKind({
  name: 'obligation',
  prefix: 'OBL',
  collection: 'obligations',
  label: 'Obligation',
  plural: 'Obligations',
  purpose:
    'What law, contract, standard or your own house asks of you, from when, and which record meets it (4.2, A.8.5).',
  regime: 'factual',
  fields: {
    name: named('Obligation', ['obligation', 'requirement', 'title']),
    source: f.choice(requirementSourceOptions, {
      label: 'Source',
      required: true,
      station: 'classification',
      column: true,
      alsoCalled: ['source', 'source type', 'type'],
    }),
    act: f.line({
      label: 'Act, contract or standard',
      station: 'classification',
      column: true,
      alsoCalled: ['law', 'regulation', 'contract', 'standard', 'framework'],
    }),
    provision: f.line({
      label: 'Provision',
      station: 'classification',
      alsoCalled: ['article', 'clause', 'section'],
    }),
    item: f.catalogue('requirement', { label: 'Item of the catalogue', station: 'classification' }),
    content: f.text({
      label: 'What is owed',
      station: 'classification',
      max: 4000,
      alsoCalled: ['description', 'text'],
    }),
    duty: f.choice(duties, { label: 'Kind of duty', station: 'classification' }),
    owedBy: f.line({ label: 'Who owes it', station: 'classification' }),
    owedTo: f.line({
      label: 'To whom',
      station: 'classification',
      alsoCalled: ['beneficiary', 'interested party'],
    }),
    trigger: f.line({ label: 'Trigger', help: 'What makes it due.', station: 'information' }),
    timeLimit: f.line({ label: 'Time limit', station: 'information' }),
    owner: owned('Who sees to it that it is met.', 'classification'),
    appliesFrom: f.day({
      label: 'Applies from',
      station: 'classification',
      column: true,
      alsoCalled: ['effective date'],
    }),
    appliesTo: f.day({ label: 'Applies to', station: 'classification' }),
    endReason: f.text({
      label: 'Why it ended',
      help: 'Law is ended by somebody else than who says this.',
      station: 'classification',
      max: 2000,
      alsoCalled: ['reason for ending', 'repealed by'],
    }),
    due: f.day({
      label: 'Due',
      station: 'classification',
      column: true,
      alsoCalled: ['deadline', 'due date'],
    }),
    metOn: f.day({ label: 'Met on', station: 'classification' }),
    howMet: f.text({
      label: 'How it is met',
      station: 'classification',
      max: 4000,
      alsoCalled: ['measures', 'how met'],
    }),
    declineReason: f.text({ label: 'Why it was not taken on', max: 2000 }),
    reviewedOn: f.day({ label: 'Last reviewed' }),
  },
  index: ['title', 'state', 'owner', 'source', 'act', 'appliesFrom', 'due', 'item'],
  relations: {
    system: withinSystem('Obligations'),
    useCase: within('use-case', { label: 'Use case', inverse: 'Obligations' }),
    concerns: about('system', { label: 'Systems concerned', inverse: 'Concerned by obligation' }),
    controls: uses('control', { label: 'Calls for control', inverse: 'Called for by obligation' }),
    refersTo: about('obligation', {
      label: 'Seen to with',
      inverse: 'Sees to obligation',
      many: false,
    }),
    followsFrom: about('classification', { label: 'Written from', inverse: 'Duties written from it' }),
    metBy: about(openKinds, { label: 'Met by', inverse: 'Meets obligation' }),
  },
  material: ['content', 'source', 'item', 'appliesFrom', 'appliesTo', 'due', 'controls', 'concerns'],
  acyclic: ['refersTo'],
  lifecycle: {
    initial: 'taken-on',
    mayBeBroughtIn: true,
    observed: true,
    states: {
      open: { label: 'Not decided', shape: 'hollow' },
      'taken-on': { label: 'Taken on', shape: 'full' },
      declined: { label: 'Declined', shape: 'crossed', ended: true },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      takeOn: { label: 'Take on', from: ['open', 'declined', 'ended'], to: 'taken-on' },
      // Law binds whether or not anybody takes it on; the other sources may be refused with a reason (4.2).
      decline: {
        label: 'Decline',
        from: ['open', 'taken-on'],
        to: 'declined',
        requires: ['declineReason'],
        askedOfFiles: true,
        never: ({ fields }) =>
          fields.source === 'law' ? 'Law binds whether or not it is taken on.' : undefined,
      },
      end: {
        label: 'End',
        from: ['taken-on'],
        to: 'ended',
        requires: ['appliesTo'],
        guard: endingLacks,
      },
      reopen: { label: 'Look at again', from: ['taken-on', 'declined', 'ended'], to: 'open' },
    },
  },
  // What was declined as the wish of a customer does not become law that was declined.
  fixed: { parts: ['source'], in: ['declined'] },
  // Nor is law written down as the wish of the house and declined then, by one hand: it binds as it did (4.2).
  twoHands: lawInTwoHands,
  sequence: ({ fields: before }, { fields: next }, undoing): Record<string, string> =>
    !undoing && before.source === 'law' && next.source !== 'law'
      ? {
          source:
            'Law stays law, whoever takes it on. Where it never was law, who wrote it archives it on the same day and writes it anew; later it ends by its step, and what it is else is written as another obligation.',
        }
      : {},
  serves: ['4.2', 'A.8.5'],
});
