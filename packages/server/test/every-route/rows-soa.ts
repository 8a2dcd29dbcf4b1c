import { expect } from 'vitest';
import { ownersAlone, type Rows } from './row.ts';

/** The Statement of Applicability. Nobody adopted a control here: all 38 stand open. */
export const soaRows: Rows = {
  'GET /soa': {
    path: () => '/soa',
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json().counts).toMatchObject({ annexA: 38, annexADecided: 0, contradictions: 0 }),
  },
  'POST /soa/controls': {
    path: () => '/soa/controls',
    body: () => ({ because: 'We begin' }),
    refused: { who: ['aims-manager', 'system-owner'] },
    roles: ownersAlone,
    works: 200,
    says: (answer) => expect(answer.json().adopted).toBeLessThanOrEqual(38),
  },
  'GET /soa/export': {
    path: () => '/soa/export?format=csv',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.body).toContain('A.6.2.4'),
  },
  'GET /soa/versions': {
    path: () => '/soa/versions',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().versions).toEqual(expect.any(Array)),
  },
  'POST /soa/versions': {
    path: () => '/soa/versions',
    body: () => ({ because: 'For the audit' }),
    refused: { who: ['aims-manager', 'system-owner'] },
    roles: ownersAlone,
    works: 200,
    says: (answer) => expect(answer.json().versions.length).toBeGreaterThan(0),
  },
  'GET /soa/compare': {
    thing: async ({ manager }) => {
      const answer = await manager.send('POST', '/soa/versions', {});
      return String(answer.json().versions[0].version);
    },
    nowhere: '999999',
    everywhere: true,
    path: (version) => `/soa/compare?from=${version}`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().to.version).toBeNull(),
  },
};
