import { expect } from 'vitest';
import { record } from '../factories.ts';
import { ownersAndAssignees, type Row, type Rows, steady } from './row.ts';
import type { World } from './world.ts';

async function anAssessment({ manager }: World): Promise<string> {
  const system = await record(manager, 'systems', { name: 'Triage', markets: ['Ireland'] });
  const links = { system: { set: [system.id] } };
  return (await record(manager, 'impact-assessments', { name: 'Impact of triage' }, links)).id;
}

const ofAssessment: Pick<Row, 'thing' | 'nowhere'> = { thing: anAssessment, nowhere: 'IA-99999' };

/** Impact assessments as they are filled in. */
export const impactRows: Rows = {
  'GET /impact-assessments/:ref/sheet': {
    ...ofAssessment,
    path: (id) => `/impact-assessments/${id}/sheet`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 1, signs: [{ id: 'no-group' }] }),
  },
  'PATCH /impact-assessments/:ref/sheet': {
    ...ofAssessment,
    path: (id) => `/impact-assessments/${id}/sheet`,
    body: () => ({
      fields: { context: 'Front office' },
      effects: { set: [{ dimension: 'culture', polarity: 'none', reason: 'Nothing is shown' }], remove: [] },
      confirm: ['misuse'],
      because: 'Said in the meeting',
    }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({
        version: 2,
        fields: { context: 'Front office', effects: [{ number: 1, dimension: 'culture' }] },
      }),
  },
  'PUT /impact-assessments/:ref/known': {
    ...ofAssessment,
    path: (id) => `/impact-assessments/${id}/known`,
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ version: 2, toConfirm: ['jurisdictions'] }),
  },
  'GET /impact-methods': {
    path: () => '/impact-methods',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ counts: { unknown: 0 } }),
  },
  'GET /impact-alike': {
    path: () => '/impact-alike',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('groups'),
  },
};
