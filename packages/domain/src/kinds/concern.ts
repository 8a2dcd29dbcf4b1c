import { named } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const channels = options({
  'in-person': 'In person',
  phone: 'By phone',
  mail: 'By mail or letter',
  form: 'Form or hotline',
  ombudsperson: 'Through an ombudsperson',
  other: 'Another way',
});
const sides = options({ inside: 'From inside', outside: 'From outside' });
const outcomes = options({
  founded: 'Founded',
  'partly-founded': 'Founded in part',
  unfounded: 'Not founded',
  referred: 'Handed on to whom it belongs',
});

/**
 * Something that somebody wants looked at in confidence (A.3.3, A.8.3). Its handler and, unless they stay anonymous,
 * whoever reported it read it; nobody else does, whatever their roles. Whom it is about never handles it.
 */
export const concern = defineKind({
  name: 'concern',
  prefix: 'CON',
  collection: 'concerns',
  label: 'Concern',
  plural: 'Concerns',
  purpose:
    'What somebody inside or outside wants looked at in confidence (A.3.3, A.8.3). The handler and whoever reported it read it, and nobody else: what is not yours to read is neither listed nor counted here.',
  regime: 'factual',
  sealed: { readBy: ['handler', 'reporter'], raisedByAnyone: true },
  fields: {
    name: named('In a few words', [], 'Without names: the record has fields for people.'),
    description: f.text({ label: 'What it is about' }),
    channel: f.choice(channels, { label: 'How it came', column: true }),
    side: f.choice(sides, { label: 'Inside or outside', column: true }),
    receivedOn: f.day({ label: 'Received on', column: true }),
    handler: f.member({
      label: 'Handler',
      help: 'Looks into it and answers. Alone reads it beside whoever reported it.',
      required: true,
      column: true,
    }),
    subject: f.member({
      label: 'Whom it is about',
      help: 'A member, where it is about one. They never handle it and do not read it.',
    }),
    gaveName: f.answer({
      label: 'Whoever reported it gave a name',
      help: '"No" is an anonymous report. Who puts it in here stands in the log all the same: to stay unnamed, tell a handler another way.',
    }),
    reporter: f.member({
      label: 'Reported by',
      help: 'They read it too. Empty where they stay anonymous or are no member here.',
      column: true,
    }),
    triageBy: f.moment({
      label: 'To be looked at by',
      help: 'After it, the line of each system it is about says so to whoever reads this.',
    }),
    triagedAt: f.moment({ label: 'Looked at first' }),
    triage: f.text({ label: 'What the first look said', max: 2000 }),
    protection: f.text({
      label: 'Protection given',
      help: 'Against reprisal, for whoever reported it.',
      max: 2000,
    }),
    inquiry: f.text({ label: 'What was found', max: 8000 }),
    outcome: f.choice(outcomes, { label: 'Outcome', column: true }),
    answer: f.text({ label: 'Answer given', max: 4000 }),
    answerBy: f.day({
      label: 'To be answered by',
      help: 'After it, the line of each system it is about says so to whoever reads this.',
    }),
    answeredOn: f.day({ label: 'Answered on', column: true }),
  },
  owner: 'handler',
  index: ['title', 'state', 'owner', 'receivedOn', 'outcome', 'channel', 'side', 'answeredOn'],
  relations: {
    systems: about('system', { label: 'Systems it is about', inverse: 'Concerns' }),
  },
  material: ['description', 'handler', 'subject', 'outcome', 'answer'],
  lifecycle: {
    initial: 'received',
    states: {
      received: { label: 'Received', shape: 'hollow' },
      triaged: { label: 'Looked at', shape: 'half' },
      inquiry: { label: 'In inquiry', shape: 'half' },
      answered: { label: 'Answered', shape: 'full' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
    },
    transitions: {
      triage: {
        label: 'Look at',
        from: ['received'],
        to: 'triaged',
        requires: ['handler', 'triagedAt', 'protection'],
      },
      inquire: { label: 'Begin the inquiry', from: ['triaged'], to: 'inquiry' },
      answer: {
        label: 'Answer',
        from: ['triaged', 'inquiry'],
        to: 'answered',
        requires: ['outcome', 'answer', 'answeredOn'],
      },
      close: { label: 'Close', from: ['answered'], to: 'closed' },
      reopen: { label: 'Open again', from: ['answered', 'closed'], to: 'inquiry' },
    },
  },
  apart: [
    {
      field: 'handler',
      from: ['subject'],
      say: 'Whom a concern is about does not handle it.',
      past: true,
    },
    { field: 'reporter', from: ['subject'], say: 'Whom a concern is about would read it.' },
  ],
  serves: ['A.3.3', 'A.8.3'],
  guard: ({ fields }): Record<string, string> =>
    fields.gaveName === 'no' && fields.reporter !== undefined
      ? { reporter: 'Leave this empty: whoever reported it stays anonymous.' }
      : {},
});
