import { expect } from 'vitest';
import { record } from '../factories.ts';
import { ownersAndAssignees, type Row, type Rows, steady } from './row.ts';
import type { World } from './world.ts';

async function aGate({ manager }: World): Promise<string> {
  const system = await record(manager, 'systems', { name: 'Triage' });
  const fields = {
    name: 'Approval of its uses',
    type: 'use-case-approval',
    criteria: [{ criterion: 'The works council was heard' }],
  };
  return (await record(manager, 'gates', fields, { system: { set: [system.id] } })).id;
}

const ofGate: Pick<Row, 'thing' | 'nowhere' | 'path'> = {
  thing: aGate,
  nowhere: 'GAT-99999',
  path: (id) => `/gates/${id}/criteria`,
};

/** Gates as they are answered. */
export const gateRows: Rows = {
  'GET /gates/exceptions': {
    path: () => '/gates/exceptions',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ overdue: 0 }),
  },
  'GET /gates/:ref/criteria': {
    ...ofGate,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 1, current: false }),
  },
  'PUT /gates/:ref/criteria': {
    ...ofGate,
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 2, current: true }),
  },
  'PATCH /gates/:ref/criteria': {
    ...ofGate,
    body: () => ({
      answers: [
        {
          key: '',
          criterion: 'The works council was heard',
          answer: 'not-met',
          checked: 'Asked them',
          answerToMiss: 'Heard in June',
        },
      ],
      because: 'Said in the meeting',
    }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 2 }),
  },
  'GET /systems/:ref/gates': {
    thing: async ({ manager }) => (await record(manager, 'systems', { name: 'Triage' })).id,
    nowhere: 'SYS-99999',
    path: (id) => `/systems/${id}/gates`,
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ stage: 'inception', next: { type: 'use-case-approval' } }),
  },
};
