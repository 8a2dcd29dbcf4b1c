import { openKinds } from '@throughline/catalogue/later.ts';
import { named, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';

/** Work that somebody has to do (6.1.1, 6.2, 9.3.3). `concerns` may name any record; `rule` the gap that it closes. */
export const task = defineKind({
  name: 'task',
  prefix: 'TSK',
  collection: 'tasks',
  label: 'Task',
  plural: 'Tasks',
  purpose:
    'What somebody has to do, about which record, until when. A gap can be given to a person as a task.',
  regime: 'factual',
  fields: {
    name: named('Task', ['task', 'title', 'action', 'to do']),
    description: f.text({ label: 'What for', max: 4000, alsoCalled: ['description', 'details'] }),
    trigger: f.line({ label: 'What led to it', alsoCalled: ['trigger', 'source'] }),
    rule: f.line({ label: 'Rule of the line', max: 20 }),
    requester: f.member({ label: 'Asked for by', alsoCalled: ['requested by', 'created by'] }),
    assignee: f.member({
      label: 'Assignee',
      column: true,
      alsoCalled: ['assignee', 'assigned to', 'owner', 'responsible'],
    }),
    due: f.day({ label: 'Due', column: true, alsoCalled: ['due', 'due date', 'deadline'] }),
    firstDue: f.day({ label: 'First due', help: 'Kept when the date moves.' }),
    result: f.text({ label: 'Result', max: 4000, alsoCalled: ['result', 'outcome', 'resolution'] }),
    effect: f.text({ label: 'What it changed', max: 2000 }),
    doneOn: f.day({ label: 'Done on', column: true, alsoCalled: ['completed on', 'closed on'] }),
  },
  owner: 'assignee',
  index: ['title', 'state', 'owner', 'due', 'doneOn', 'requester', 'rule'],
  relations: {
    system: withinSystem('Tasks'),
    concerns: about(openKinds, { label: 'About', inverse: 'Tasks' }),
  },
  lifecycle: {
    initial: 'open',
    mayBeBroughtIn: true,
    states: {
      open: { label: 'Open', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      done: { label: 'Done', shape: 'full', ended: true },
      dropped: { label: 'Dropped', shape: 'crossed', ended: true },
    },
    transitions: {
      start: { label: 'Start', from: ['open'], to: 'under-way' },
      finish: { label: 'Finish', from: ['open', 'under-way'], to: 'done', requires: ['result'] },
      drop: { label: 'Drop', from: ['open', 'under-way'], to: 'dropped', requires: ['result'] },
      reopen: { label: 'Open again', from: ['under-way', 'done', 'dropped'], to: 'open' },
    },
  },
  serves: ['6.1.1', '6.2', '9.3.3', 'A.2.3', 'A.2.4'],
  doing: { people: ['assignee'], parts: ['result'], steps: ['finish'] },
  derive: ({ fields }) =>
    typeof fields.due === 'string' && !('firstDue' in fields) ? { firstDue: fields.due } : {},
});
