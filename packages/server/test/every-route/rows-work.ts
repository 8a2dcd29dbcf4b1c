import { roles } from '@throughline/domain/permissions.ts';
import { expect } from 'vitest';
import { jobHandlers } from '../../src/job-handlers.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { record } from '../factories.ts';
import {
  commenters,
  nowhereId,
  ownersAlone,
  ownersAndAssignees,
  type Row,
  type Rows,
  settlers,
} from './row.ts';
import { form, fresh, idIn, type World } from './world.ts';

const importers = ['aims-manager'] as const;
const models = 'Name,Colour\nSorter,red\nReader,\n';
const read: Pick<Row, 'refused' | 'works'> = { refused: null, works: 200 };

/** Whoever may make or change records of any kind brings files to them. */
const bringers = {
  'aims-manager': 201,
  'top-management': 201,
  'system-owner': 201,
  'risk-owner': 201,
  contributor: 201,
  'internal-auditor': 201,
} as const;
/** The work that others asked for is not there for who does not look after jobs. */
const ofJobs = Object.fromEntries(
  roles.filter((role) => !settlers.includes(role)).map((role) => [role, 404]),
);

let files = 0;
const aFile = async (world: World) => {
  files += 1;
  const content = `Name,Colour\nModel ${files},red\n`;
  return idIn(await world.manager.send('POST', '/imports?kind=model', undefined, form(content)));
};
const ofFile = { thing: aFile, nowhere: nowhereId } as const;
async function apply(world: World, id: string): Promise<string> {
  const asked = await world.manager.send('POST', `/imports/${id}/apply`, {});
  return asked.json().job.id;
}
const aJob = async (world: World) => apply(world, await aFile(world));
async function anApplied(world: World): Promise<string> {
  const id = await aFile(world);
  await runJob(world.server.services, jobHandlers, world.manager.organisation, await apply(world, id));
  return id;
}
const aWalk = async (world: World) => {
  await fresh(world);
  const drawn = await world.manager.send('POST', '/walks/draw', { population: 'register' });
  return drawn.json().walk.ref as string;
};
/** A file that a record names: until one does, it is there for whoever brought it alone. */
const aBlob = async (world: World) => {
  const id = idIn(await world.manager.send('POST', '/blobs', undefined, form('kept as it came')));
  await record(world.manager, 'evidence', { name: 'Kept', file: id });
  return id;
};

/** Files, imports, jobs, the demo, the log, the line and readiness. */
export const workRows: Rows = {
  'GET /kinds': {
    ...read,
    path: () => '/kinds',
    says: (answer, world) =>
      expect(answer.json().items).toHaveLength(world.server.services.registry.kinds.length),
  },
  'GET /catalogue': {
    ...read,
    path: () => '/catalogue?of=control',
    says: (answer) => expect(answer.json().items).toHaveLength(38),
  },
  'GET /home': { ...read, path: () => '/home' },
  'GET /search': {
    thing: async (world) => (await fresh(world)).title,
    ...read,
    path: (title) => `/search?q=${encodeURIComponent(title)}&kind=system&limit=3`,
    says: (answer, _world, title) =>
      expect(answer.json().groups).toMatchObject([{ kind: 'system', items: [{ title }] }]),
  },
  'GET /events': { ...read, path: () => '/events', endless: true },
  'POST /blobs': {
    path: () => '/blobs',
    more: form('kept as it came'),
    refused: { who: [] },
    roles: bringers,
    works: 201,
    says: (answer) => expect(answer.json()).toMatchObject({ name: 'models.csv', size: 15 }),
  },
  'GET /blobs/:id': {
    ...read,
    thing: aBlob,
    nowhere: nowhereId,
    path: (id) => `/blobs/${id}`,
    says: (answer) => {
      expect(answer.body).toBe('kept as it came');
      expect(answer.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    },
  },
  'GET /jobs': { ...read, path: () => '/jobs?limit=2' },
  'GET /jobs/:id': {
    ...read,
    roles: ofJobs,
    thing: aJob,
    nowhere: nowhereId,
    path: (id) => `/jobs/${id}`,
    says: (answer) => expect(answer.json()).toMatchObject({ type: 'apply-import', state: 'waiting' }),
  },
  'POST /jobs/:id/cancel': {
    thing: aJob,
    nowhere: nowhereId,
    path: (id) => `/jobs/${id}/cancel`,
    // A job of somebody else is not there for who may not look after jobs; see the jobs' own test.
    refused: null,
    roles: ofJobs,
    works: 200,
    says: (answer) => expect(answer.json().state).toBe('cancelled'),
  },
  'GET /imports': { ...read, path: () => '/imports?limit=2' },
  'POST /imports': {
    path: () => '/imports?kind=model&profile=none&encoding=utf-8&delimiter=,&headerRow=1',
    more: form(models),
    refused: { who: importers },
    works: 201,
    says: (answer) => expect(answer.json()).toMatchObject({ state: 'analysed', kind: 'model' }),
  },
  'GET /imports/:id': { ...ofFile, refused: { who: importers }, works: 200, path: (id) => `/imports/${id}` },
  'PATCH /imports/:id': {
    ...ofFile,
    path: (id) => `/imports/${id}`,
    body: () => ({
      columns: [{ index: 1, target: null, dateOrder: null, decimal: null, values: null }],
      profile: null,
      source: 'Ledger',
      identity: ['Name'],
      fiscalYearStart: 1,
      saveAs: 'Ours',
    }),
    refused: { who: importers },
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ source: 'Ledger' }),
  },
  'DELETE /imports/:id': {
    ...ofFile,
    path: (id) => `/imports/${id}`,
    refused: { who: importers },
    works: 204,
    says: async (_answer, world, id) =>
      expect((await world.manager.send('GET', `/imports/${id}`)).statusCode).toBe(404),
  },
  'POST /imports/:id/preview': {
    ...ofFile,
    path: (id) => `/imports/${id}/preview`,
    refused: { who: importers },
    works: 200,
    says: (answer) => expect(answer.json().counts).toMatchObject({ added: 1, changed: 0, rejected: 0 }),
  },
  'GET /imports/:id/report': {
    ...ofFile,
    path: (id) => `/imports/${id}/report`,
    refused: { who: importers },
    works: 200,
  },
  'GET /imports/:id/rejected': {
    ...ofFile,
    path: (id) => `/imports/${id}/rejected`,
    refused: { who: importers },
    works: 200,
    says: (answer) => expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8'),
  },
  'POST /imports/:id/apply': {
    ...ofFile,
    path: (id) => `/imports/${id}/apply`,
    body: () => ({ archiveMissing: false, expect: { added: 1, changed: 0, missing: 0 } }),
    refused: { who: importers },
    works: 202,
  },
  'POST /imports/:id/undo': {
    thing: anApplied,
    nowhere: nowhereId,
    path: (id) => `/imports/${id}/undo`,
    refused: { who: importers },
    works: 200,
    says: (answer) => expect(answer.json().state).toBe('undone'),
  },
  'GET /import-profiles': {
    ...read,
    path: () => '/import-profiles',
    says: (answer) => expect(answer.json().items.length).toBeGreaterThan(0),
  },
  'POST /import-profiles': {
    thing: aFile,
    path: () => '/import-profiles',
    body: (_world, id) => ({ import: id, name: 'Ledger of models' }),
    refused: { who: importers },
    works: 201,
    says: (answer) =>
      expect(answer.json().items.map((one: { name: string }) => one.name)).toContain('Ledger of models'),
  },
  'GET /demo': {
    ...read,
    path: () => '/demo',
    says: (answer) => expect(answer.json()).toEqual({ standing: 'none', systems: 0, records: [] }),
  },
  'DELETE /demo': { path: () => '/demo', refused: { who: settlers }, works: 409 },
  'POST /demo': {
    path: () => '/demo',
    refused: { who: settlers },
    // Others have written records here: there is no room for the demo.
    works: 409,
    says: (answer) => expect(answer.json().detail).toContain('another data directory'),
  },
  'GET /log': {
    thing: async (world) => (await fresh(world)).ref,
    ...read,
    path: (ref) => `/log?record=${ref}&act=record.created&kind=system&from=2020-01-01&to=2998-01-01&limit=3`,
    says: (answer, _world, ref) =>
      expect(answer.json().items).toMatchObject([{ act: 'record.created', record: { ref } }]),
  },
  'GET /log/state': {
    ...read,
    thing: async (world) => {
      await world.publish();
      return '';
    },
    path: () => '/log/state',
  },
  'GET /log/entries/:index/proof': {
    ...read,
    thing: async (world) => {
      await world.publish();
      return '4';
    },
    nowhere: '999999',
    everywhere: true,
    path: (index) => `/log/entries/${index}/proof`,
  },
  'GET /log/entries/:index/proof.tlog-proof': {
    ...read,
    thing: async (world) => {
      await world.publish();
      return '4';
    },
    nowhere: '999999',
    everywhere: true,
    path: (index) => `/log/entries/${index}/proof.tlog-proof`,
    says: (answer) => expect(answer.body).toMatch(/^c2sp\.org\/tlog-proof@v1\n/),
  },
  'GET /systems/:ref/trace': {
    ...read,
    thing: async (world) => (await fresh(world)).id,
    nowhere: nowhereId,
    path: (id) => `/systems/${id}/trace`,
    says: (answer) => expect(answer.json().stations).toHaveLength(15),
  },
  'GET /readiness': { ...read, path: () => '/readiness' },
  'GET /readiness/mandatory/export': {
    ...read,
    path: () => '/readiness/mandatory/export?format=csv',
    says: (answer) => expect(answer.headers['content-disposition']).toContain('attachment'),
  },
  'POST /readiness/judgements': {
    path: () => '/readiness/judgements',
    body: (world) => ({
      item: world.server.services.catalogue.documents.mandatory[0]?.id ?? '',
      answer: 'no',
      version: 1,
      note: 'Somebody else wrote it',
    }),
    refused: { who: commenters },
    works: 204,
  },
  'GET /readiness/coverage': { ...read, path: () => '/readiness/coverage?by=unit' },
  'GET /readiness/gaps': {
    ...read,
    path: () => '/readiness/gaps?station=ownership&source=standard&limit=2',
  },
  'GET /readiness/trend': { ...read, path: () => '/readiness/trend?days=7' },
  'POST /walks/draw': {
    thing: async (world) => (await fresh(world)).id,
    path: () => '/walks/draw',
    body: () => ({
      population: ['Order 1', 'Order 2'],
      source: 'procurement-ledger',
      note: 'Orders of the year',
      filter: null,
      seed: 'a seed',
    }),
    refused: { who: ['aims-manager', 'system-owner', 'internal-auditor'] },
    roles: ownersAlone,
    works: 201,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ from: 'outside', population: 2, seed: 'a seed', system: null }),
  },
  'POST /walks/:ref/record': {
    thing: aWalk,
    nowhere: 'WLK-99999',
    path: (ref) => `/walks/${ref}/record`,
    body: () => ({
      seconds: 60,
      pauses: [{ at: '2026-02-28T09:30:00Z', seconds: 5 }],
      stations: [{ station: 'scope', seen: 'gap', known: 'gap', note: 'Nothing says why' }],
      note: 'Walked alone',
    }),
    refused: { who: ['aims-manager', 'system-owner', 'contributor', 'internal-auditor'] },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer, _world, ref) => expect(answer.json()).toMatchObject({ ref, kind: 'walk' }),
  },
};
