import { firstDay } from '../day.ts';
import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, within } from './kind.ts';
import { effects } from './vocabulary/scales.ts';

/**
 * What removes a cause, so that it does not come back (10.2). Criteria are set before it starts; effect is judged after
 * enough operation by somebody who is not the owner. `firstDue` keeps the date first named.
 */
export const correctiveAction = defineKind({
  name: 'corrective-action',
  prefix: 'CA',
  collection: 'corrective-actions',
  label: 'Corrective action',
  plural: 'Corrective actions',
  purpose:
    'What removes the cause of a nonconformity, and whether it worked, judged by somebody else (10.2).',
  regime: 'factual',
  fields: {
    name: named('Action', ['corrective action', 'action', 'title']),
    cause: f.text({
      label: 'Cause it removes',
      station: 'correction',
      max: 2000,
      alsoCalled: ['cause', 'root cause'],
    }),
    action: f.text({
      label: 'What is done',
      station: 'correction',
      max: 4000,
      alsoCalled: ['description', 'details'],
    }),
    owner: owned('Who does it.', 'correction', ['action owner', 'assigned to']),
    due: f.day({
      label: 'Due',
      station: 'correction',
      column: true,
      alsoCalled: ['due', 'due date', 'target date'],
    }),
    firstDue: f.day({ label: 'First due', help: 'Kept when the date moves.', station: 'correction' }),
    movedBecause: f.text({ label: 'Why the date moved', station: 'correction', max: 1000 }),
    startedOn: f.day({ label: 'Started on', station: 'correction' }),
    doneOn: f.day({
      label: 'Done on',
      station: 'correction',
      column: true,
      alsoCalled: ['completed on', 'completion date'],
    }),
    completion: f.text({ label: 'What was done', station: 'correction', max: 4000 }),
    effectivenessCriteria: f.text({
      label: 'How effect is judged',
      help: 'Set before the action starts.',
      station: 'correction',
      max: 2000,
    }),
    criteriaSetOn: f.day({ label: 'Criteria set on', station: 'correction' }),
    operationNeeded: f.text({
      label: 'Operation needed',
      help: 'Occurrences or time that must be seen first.',
      station: 'correction',
      max: 1000,
    }),
    operationSeen: f.text({ label: 'Operation seen', station: 'correction', max: 1000 }),
    checkDue: f.day({ label: 'Check due', station: 'correction' }),
    checkedOn: f.day({ label: 'Checked on', station: 'correction' }),
    verdict: f.choice(effects, {
      label: 'Verdict of effect',
      station: 'correction',
      column: true,
      alsoCalled: ['effectiveness', 'verdict'],
    }),
    verifier: f.member({
      label: 'Judged by',
      station: 'correction',
      alsoCalled: ['verified by', 'verifier'],
    }),
    cancelReason: f.text({ label: 'Why it was given up', station: 'correction', max: 1000 }),
  },
  index: ['title', 'state', 'owner', 'due', 'doneOn', 'verdict', 'checkDue'],
  relations: {
    nonconformity: within('nonconformity', {
      label: 'Nonconformity',
      inverse: 'Corrective actions',
      required: true,
    }),
    evidence: about('evidence', { label: 'Proof of completion', inverse: 'Proves action' }),
  },
  material: ['cause', 'action', 'due', 'effectivenessCriteria', 'operationNeeded', 'verdict'],
  judges: true,
  lifecycle: {
    initial: 'planned',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      running: { label: 'Running', shape: 'half' },
      done: { label: 'Done, effect open', shape: 'half' },
      effective: { label: 'Effective', shape: 'full' },
      'not-effective': { label: 'Not effective', shape: 'crossed' },
      'given-up': { label: 'Given up', shape: 'crossed', ended: true },
    },
    transitions: {
      start: {
        label: 'Start',
        from: ['planned', 'not-effective'],
        to: 'running',
        requires: ['action', 'owner', 'due', 'effectivenessCriteria', 'operationNeeded'],
      },
      finish: { label: 'Finish', from: ['running'], to: 'done', requires: ['completion', 'doneOn'] },
      confirm: {
        label: 'Judge effective',
        from: ['done'],
        to: 'effective',
        requires: ['owner', 'verdict', 'verifier', 'operationSeen', 'checkedOn'],
        notBy: ['owner'],
        takenBy: 'verifier',
        guard: ({ fields }) => (fields.verdict === 'effective' ? undefined : 'The verdict is not effective.'),
      },
      refute: {
        label: 'Judge not effective',
        from: ['done', 'effective'],
        to: 'not-effective',
        requires: ['owner', 'verdict', 'verifier'],
        notBy: ['owner'],
        takenBy: 'verifier',
        guard: ({ fields }) => (fields.verdict === 'effective' ? 'The verdict is effective.' : undefined),
      },
      giveUp: { label: 'Give up', from: ['planned', 'running'], to: 'given-up', requires: ['cancelReason'] },
      plan: { label: 'Plan again', from: ['given-up'], to: 'planned' },
    },
  },
  serves: ['10.2'],
  derive: ({ fields }) =>
    typeof fields.due === 'string' && !('firstDue' in fields) ? { firstDue: fields.due } : {},
  doing: {
    people: ['owner'],
    parts: ['cause', 'action', 'due', 'effectivenessCriteria', 'operationNeeded', 'completion', 'doneOn'],
    steps: ['finish'],
  },
  apart: [
    {
      field: 'verifier',
      from: ['owner'],
      say: 'The effect is judged by somebody else than the owner of the action (10.2).',
      past: true,
    },
  ],
  guard: ({ fields }): Record<string, string> => ({
    ...(typeof fields.firstDue === 'string' &&
    typeof fields.due === 'string' &&
    firstDay(fields.firstDue) > firstDay(fields.due)
      ? { firstDue: 'The first date lies after the due date.' }
      : {}),
  }),
});
