import { expect } from 'vitest';
import { record } from '../factories.ts';
import { nowhereId, ownersAndAssignees, type Row, type Rows, steady } from './row.ts';
import type { World } from './world.ts';

const aRisk = async ({ manager }: World): Promise<string> =>
  (await record(manager, 'risks', { name: 'People trust a wrong answer' })).id;
const ofRisk: Pick<Row, 'thing' | 'nowhere' | 'path'> = {
  thing: aRisk,
  nowhere: 'RSK-99999',
  path: (id) => `/risks/${id}/rating`,
};

const opinion = {
  ...ofRisk,
  path: (id: string) => `/risks/${id}/opinions`,
  refused: { who: ['aims-manager', 'system-owner', 'risk-owner', 'contributor'] },
  roles: ownersAndAssignees,
} satisfies Partial<Row>;
const rated = () => ({
  point: 'current',
  likelihood: 'Often',
  consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Mild' },
  reason: 'Two cases in spring',
});

/** The rating of a risk. Nothing is in force here to rate by: who may is asked first, then what by. */
export const riskRows: Rows = {
  'GET /risks/matrix': {
    path: () => '/risks/matrix?point=current&bearer=society',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ criteria: null, cells: [] }),
  },
  'GET /risk-assessments/:ref/suggestions': {
    thing: async ({ manager }) => (await record(manager, 'risk-assessments', { name: 'Run' })).id,
    nowhere: 'RRA-99999',
    path: (id) => `/risk-assessments/${id}/suggestions`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().suggestions).toHaveLength(7),
  },
  'GET /risks/trend': {
    path: () => '/risks/trend?days=7',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().days).toHaveLength(7),
  },
  'GET /risks/:ref/rating': {
    ...ofRisk,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 1, criteria: null, ratedBy: null }),
  },
  'PUT /risks/:ref/rating': {
    ...ofRisk,
    body: () => ({
      point: 'current',
      likelihood: 'Often',
      consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Mild' },
    }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'risk-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 409,
    says: (answer) => expect(answer.json().detail).toContain('No risk criteria are in force'),
  },
  'GET /risks/:ref/opinions': {
    ...ofRisk,
    path: (id) => `/risks/${id}/opinions`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().rounds.current).toMatchObject({ open: false, raters: [] }),
  },
  'POST /risks/:ref/opinions': {
    ...opinion,
    body: rated,
    works: 409,
    says: (answer) => expect(answer.json().detail).toContain('No risk criteria are in force'),
  },
  'PUT /risks/:ref/opinions': {
    ...opinion,
    body: rated,
    more: steady,
    works: 409,
    says: (answer) => expect(answer.json().detail).toContain('nothing to settle'),
  },
  'DELETE /risks/:ref/opinions/:id': {
    ...opinion,
    path: (id) => `/risks/${id}/opinions/${nowhereId}`,
    works: 404,
  },
};
