import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect } from 'vitest';
import { record } from '../factories.ts';
import { ownersAndAssignees, type Row, type Rows, settlers, steady } from './row.ts';
import type { World } from './world.ts';

const isAi = { meets_ai_definition: true, eu_nexus: ['deployer_in_eu'] };

async function aClassification({ manager }: World): Promise<string> {
  const system = await record(manager, 'systems', { name: 'Triage' });
  const inSystem = { system: { set: [system.id] } };
  const useCase = await record(manager, 'use-cases', { name: 'Sorting of claims' }, inSystem);
  const fields = { name: 'EU AI Act', scheme: 'eu-ai-act' };
  return (await record(manager, 'classifications', fields, { useCase: { set: [useCase.id] } })).id;
}

const ofClassification: Pick<Row, 'thing' | 'nowhere'> = { thing: aClassification, nowhere: 'CLS-99999' };

async function aUse({ manager }: World): Promise<string> {
  const system = await record(manager, 'systems', { name: 'Triage' });
  return (await record(manager, 'use-cases', { name: 'Sorting' }, { system: { set: [system.id] } })).id;
}
async function aScheme({ manager }: World): Promise<string> {
  return (await record(manager, 'classification-schemes', tiers)).id;
}
const tiers = {
  name: 'Own tiers',
  method: 'table',
  levels: [{ level: 'Routine', grade: 'low' }],
  rules: [{ row: '1', level: 'Routine' }],
};
const ofUse: Pick<Row, 'thing' | 'nowhere'> = { thing: aUse, nowhere: 'UC-99999' };
const ofScheme: Pick<Row, 'thing' | 'nowhere'> = { thing: aScheme, nowhere: 'SCH-99999' };

/** The interview of a classification. */
export const classificationRows: Rows = {
  'GET /classifications/:ref/interview': {
    ...ofClassification,
    path: (id) => `/classifications/${id}/interview`,
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({
        result: { status: 'undetermined', needed: ['meets_ai_definition'] },
      }),
  },
  'PUT /classifications/:ref/interview': {
    ...ofClassification,
    path: (id) => `/classifications/${id}/interview`,
    body: () => ({
      answers: isAi,
      notes: { meets_ai_definition: 'It learns from settled claims' },
      because: 'Asked on site',
    }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ version: 2, answers: isAi, result: { needed: ['exclusions'] } }),
  },
  'GET /classifications/:ref/obligations': {
    ...ofClassification,
    path: (id) => `/classifications/${id}/obligations`,
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ notYet: expect.stringContaining('not signed off'), duties: [] }),
  },
  'POST /classifications/:ref/obligations': {
    ...ofClassification,
    path: (id) => `/classifications/${id}/obligations`,
    body: () => ({ because: 'Signed off today' }),
    refused: { who: ['aims-manager', 'system-owner'] },
    // Nobody signed it off; that the register is written after a sign-off is tested beside the interview.
    works: 409,
  },
  'GET /classification/rules': {
    path: () => '/classification/rules',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ adopted: null }),
  },
  'POST /classification/rules/compare': {
    path: () => '/classification/rules/compare',
    body: () => ({}),
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ changed: [] }),
  },
  'POST /classification/rules/compare/export': {
    path: () => '/classification/rules/compare/export?format=csv',
    body: () => ({}),
    refused: null,
    works: 200,
    says: (answer) => expect(answer.body).toContain('What changes'),
  },
  'PUT /classification/rules': {
    path: () => '/classification/rules',
    body: () => ({ follow: true, version: loadCatalogue().euAiAct.meta.rule_set_version }),
    refused: { who: settlers },
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ adopted: null }),
  },
  'POST /classification/many': {
    thing: aUse,
    path: () => '/classification/many',
    body: (_world, id) => ({ refs: [id], answers: { meets_ai_definition: false }, because: 'Asked on site' }),
    refused: { who: ['aims-manager', 'system-owner'] },
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({
        rows: [{ status: 'final', outcomes: [{ id: 'not-ai-system' }], why: null }],
      }),
  },
  'POST /classification/evaluate': {
    path: () => '/classification/evaluate',
    body: () => ({ answers: { meets_ai_definition: false } }),
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ status: 'final', outcomes: [{ id: 'not-ai-system' }] }),
  },
  'GET /use-cases/:ref/classes': {
    ...ofUse,
    path: (id) => `/use-cases/${id}/classes`,
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ schemes: [{ method: 'law', asked: 'open', classes: [] }] }),
  },
  'POST /use-cases/:ref/tier': {
    ...ofUse,
    path: (id) => `/use-cases/${id}/tier`,
    body: () => ({ scheme: 'SCH-1', answers: {}, because: 'Asked on site' }),
    refused: null,
    // No scheme is approved in this world; keeping a tier is tested beside the schemes.
    works: 409,
  },
  'GET /classification-schemes/:ref/table': {
    ...ofScheme,
    path: (id) => `/classification-schemes/${id}/table`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ inForce: null, findings: { tried: 1 } }),
  },
  'GET /classification-schemes/:ref/changes': {
    ...ofScheme,
    path: (id) => `/classification-schemes/${id}/changes`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ looked: 0, changed: [] }),
  },
  'POST /classifications/:ref/validations': {
    ...ofClassification,
    path: (id) => `/classifications/${id}/validations`,
    body: () => ({ reason: 'Purpose and data are as they were', because: 'Yearly look' }),
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    // Nobody signed it off; that nothing changed is said after a sign-off.
    works: 409,
  },
  'GET /classification/due': {
    path: () => '/classification/due',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ of: 0, over: 0, rows: [] }),
  },
};
