import { expect } from 'vitest';
import { decidedStatement } from '../decided-statement.ts';
import { record } from '../factories.ts';
import { nowhereId, ownersAlone, ownersAndAssignees, type Rows, steady } from './row.ts';
import { fresh, type World } from './world.ts';

let codes = 0;
/** A code of an own control that no other case has: two rows of one code contradict each other. */
const ownCode = (): string => {
  codes += 1;
  return `X-${codes}`;
};

/** A test of a control of their own that nobody began. */
const ofTest = {
  thing: async ({ manager }: World) => {
    const fields = { name: 'A control of our own', code: ownCode() };
    const control = (await manager.send('POST', '/controls', { fields })).json().record;
    const links = { control: { set: [control.id] } };
    return String((await record(manager, 'control-tests', { name: 'Test of it' }, links)).id);
  },
  nowhere: nowhereId,
  path: (id: string) => `/control-tests/${id}/sample`,
};

/** The Statement of Applicability. Nothing is decided here until a statement is published. */
export const soaRows: Rows = {
  'GET /soa': {
    path: () => '/soa',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().counts).toMatchObject({ annexA: 38, contradictions: 0 }),
  },
  'GET /soa/evidence': {
    path: () => '/soa/evidence',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().controls).toEqual(expect.any(Object)),
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
  'GET /soa/matrix': {
    path: () => '/soa/matrix',
    refused: null,
    works: 200,
    says: (answer) => {
      const { systems, rows } = answer.json();
      expect(rows.length).toBeGreaterThanOrEqual(38);
      expect(rows[0].cells).toHaveLength(systems.ref.length);
    },
  },
  'GET /soa/matrix/export': {
    path: () => '/soa/matrix/export?format=csv',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.body).toContain('A.6.2.4'),
  },
  'POST /soa/matrix/cells': {
    thing: async (world) => {
      await decidedStatement(world.server, world.manager);
      return (await fresh(world)).ref;
    },
    path: () => '/soa/matrix/cells',
    // What the statement excludes is refused by the cell, and the rest of the answer stands.
    body: (_world, system) => ({
      cells: [{ control: 'A.2.2', system }],
      state: 'in-place',
      fields: { howItWorks: 'By hand', inPlaceSince: '2026-01-05' },
      because: 'After the walk',
    }),
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ made: 0, refused: [{ control: 'A.2.2' }] }),
  },
  'POST /soa/matrix/cells/undo': {
    thing: async ({ manager }) => {
      const fields = { name: 'A control of our own', code: ownCode() };
      const control = (await manager.send('POST', '/controls', { fields })).json().record;
      const links = { control: { set: [control.id] } };
      return String((await record(manager, 'implementations', { name: 'By hand' }, links)).ref);
    },
    nowhere: 'IMP-999999',
    path: () => '/soa/matrix/cells/undo',
    body: (_world, made) => ({ undo: [{ record: made, from: 0, to: 1 }], because: 'Taken back' }),
    refused: { who: ['aims-manager', 'system-owner', 'contributor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(answer.json()).toEqual({ restored: 1 }),
  },
  'GET /soa/matrix/:control/:system': {
    thing: async ({ manager }) => {
      const fields = { name: 'A control of our own', code: ownCode() };
      const control = (await manager.send('POST', '/controls', { fields })).json().record;
      const system = (await manager.send('POST', '/systems', { fields: { name: 'Triage' } })).json().record;
      return `${control.ref}/${system.ref}`;
    },
    nowhere: 'CTL-999999/SYS-999999',
    path: (cell) => `/soa/matrix/${cell}`,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ implementations: [], action: null }),
  },
  'GET /control-tests/:ref/sample': {
    ...ofTest,
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toEqual({ drawn: false, repeated: null }),
  },
  'POST /control-tests/:ref/sample': {
    ...ofTest,
    body: () => ({ population: ['One', 'Two'], size: 1, seed: 's', reason: 'Anew' }),
    more: steady,
    refused: { who: ['aims-manager', 'system-owner', 'contributor', 'internal-auditor'] },
    roles: ownersAndAssignees,
    works: 200,
  },
  'GET /soa/versions': {
    path: () => '/soa/versions',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().versions).toEqual(expect.any(Array)),
  },
  'POST /soa/versions': {
    thing: async ({ server, manager }) => {
      await decidedStatement(server, manager);
      // What says nothing new is published by nobody.
      await record(manager, 'controls', { code: ownCode(), name: 'Of our own' });
      return '';
    },
    path: () => '/soa/versions',
    body: () => ({ because: 'For the audit' }),
    refused: { who: ['aims-manager', 'system-owner'] },
    roles: ownersAlone,
    works: 200,
    says: (answer) => expect(answer.json().versions.length).toBeGreaterThan(0),
  },
  'GET /soa/compare': {
    thing: async ({ server, manager }) => {
      await decidedStatement(server, manager);
      await manager.send('POST', '/soa/versions', {});
      const answer = await manager.send('GET', '/soa/versions');
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
