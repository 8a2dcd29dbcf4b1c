import { expect } from 'vitest';
import { record } from '../factories.ts';
import { ownersAndAssignees, type Rows, steady } from './row.ts';
import type { World } from './world.ts';

async function anAnalysis({ manager }: World): Promise<string> {
  return (await record(manager, 'gap-analyses', { name: 'Towards the audit', measures: 'iso42001' })).id;
}
const ofAnalysis = { thing: anAnalysis, nowhere: 'GAP-99999' };

/** Frameworks beside the standard, requirements that overlap, and gap analyses. */
export const crosswalkRows: Rows = {
  'GET /crosswalk': {
    path: () => '/crosswalk',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().rows.length).toBeGreaterThan(300),
  },
  'GET /evidence/:ref/reuse': {
    thing: async ({ manager }) =>
      (await record(manager, 'evidence', { name: 'Minutes', origin: 'person' })).id,
    nowhere: 'EVD-99999',
    path: (id) => `/evidence/${id}/reuse`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ rows: [] }),
  },
  'GET /coverage': {
    path: () => '/coverage?framework=nist-ai-rmf',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().rows).toHaveLength(72),
  },
  'GET /coverage/standings': {
    path: () => '/coverage/standings?framework=eu-ai-act',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ framework: 'eu-ai-act', name: 'EU AI Act' }),
  },
  'GET /coverage/systems': {
    path: () => '/coverage/systems?framework=iso42001&item=A.5.2&stands=missing&limit=1',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ next: null }),
  },
  'GET /obligations/overlaps': {
    path: () => '/obligations/overlaps',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ groups: [] }),
  },
  'POST /obligations/overlaps': {
    thing: async ({ manager }) =>
      (await record(manager, 'obligations', { name: 'Logs', source: 'house', owner: manager.id })).id,
    path: () => '/obligations/overlaps',
    body: (_, id) => ({ primary: id, others: [id], because: 'One hand' }),
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    // A requirement does not refer to itself; that others refer to one is tested beside the crosswalk.
    works: 409,
  },
  'GET /gap-analyses/:ref/progress': {
    ...ofAnalysis,
    path: (id) => `/gap-analyses/${id}/progress`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ baselineOn: null, counts: { targets: 0 } }),
  },
  'POST /gap-analyses/:ref/baseline': {
    ...ofAnalysis,
    path: (id) => `/gap-analyses/${id}/baseline`,
    body: () => ({ because: 'Before the work begins' }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(answer.json().items).toHaveLength(38),
  },
};
