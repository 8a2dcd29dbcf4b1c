import { expect } from 'vitest';
import { record, signedIn } from '../factories.ts';
import {
  admins,
  commenters,
  nowhereId,
  ownersAlone,
  ownersAndAssignees,
  type Row,
  type Rows,
  steady,
} from './row.ts';
import { fresh, type World } from './world.ts';

/** Roles that may do this to some system, as a refusal names them. */
const editors = ['aims-manager', 'system-owner', 'contributor'] as const;
const makers = ['aims-manager', 'system-owner', 'contributor'] as const;
const archivers = ['aims-manager', 'system-owner'] as const;
const aSystem = async (world: World) => (await fresh(world)).id;
let units = 0;
const inNewUnit = async (world: World) => {
  units += 1;
  const unit = `Unit${units}`;
  await fresh(world, 'systems', { unit });
  return unit;
};
const aUse = async (world: World) => {
  const system = await aSystem(world);
  return (await record(world.manager, 'use-cases', { name: 'Sorting' }, { system: { set: [system] } })).id;
};
const ofSystem = { thing: aSystem, nowhere: nowhereId } as const;
const anArchived = async (world: World) => {
  const id = await aSystem(world);
  await world.manager.send('POST', `/systems/${id}/archive`, {}, steady);
  return id;
};
const aComment = async (world: World) => {
  const system = await aSystem(world);
  const made = await world.manager.send('POST', `/systems/${system}/comments`, {
    text: `Look at this, @[${world.manager.id}]`,
  });
  return made.json().id as string;
};
const patch = { fields: { purpose: 'Sorts claims' }, links: {} };
const recordOf = (answer: { json(): { record: Record<string, unknown> } }) => answer.json().record;

async function aPublished(world: World): Promise<string> {
  const id = await aSystem(world);
  await world.publish();
  return id;
}

const listed: Pick<Row, 'refused' | 'works'> = { refused: null, works: 200 };

/** A register, its records, and what can be done to them; `systems` stands for every collection. */
export const recordRows: Rows = {
  'GET /:collection': {
    thing: inNewUnit,
    ...listed,
    path: (unit) => `/systems?unit=${unit}&sort=title&limit=1&cols=unit`,
    says: (answer, _world, unit) => expect(answer.json().items).toMatchObject([{ fields: { unit } }]),
  },
  'GET /:collection/count': {
    thing: inNewUnit,
    ...listed,
    path: (unit) => `/systems/count?unit=${unit}`,
    says: (answer) => expect(answer.json().total).toEqual({ count: 1, more: false }),
  },
  'GET /:collection/facets': {
    thing: inNewUnit,
    ...listed,
    path: (unit) => `/systems/facets?by=unit&unit=${unit}`,
    says: (answer, _world, unit) =>
      expect(answer.json().items).toMatchObject([{ value: unit.toLowerCase(), label: unit, count: 1 }]),
  },
  'GET /:collection/export': {
    thing: inNewUnit,
    ...listed,
    path: (unit) => `/systems/export?format=csv&unit=${unit}`,
    says: (answer) => {
      expect(answer.headers['content-disposition']).toContain('attachment');
      expect(answer.body.trimEnd().split('\r\n')).toHaveLength(2);
    },
  },
  'POST /:collection/bulk': {
    thing: aSystem,
    path: () => '/systems/bulk',
    body: (_world, id) => ({ refs: [id], patch: { ...patch, because: 'Asked for' }, because: 'All of them' }),
    refused: { who: editors },
    works: 200,
    says: (answer) => {
      expect(answer.json().applied).toHaveLength(1);
      expect(answer.json().refused).toEqual([]);
    },
  },
  'POST /:collection': {
    path: () => '/systems',
    body: () => ({ fields: { name: 'Made by a row' }, links: {}, state: 'inception', because: 'Bought' }),
    refused: { who: makers },
    works: 201,
    says: (answer) => expect(recordOf(answer)).toMatchObject({ title: 'Made by a row', version: 1 }),
  },
  'GET /:collection/:ref': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}`,
    says: (answer, _world, id) => {
      expect(answer.json().id).toBe(id);
      expect(answer.headers.etag).toBe('"1"');
    },
  },
  'PATCH /:collection/:ref': {
    ...ofSystem,
    path: (id) => `/systems/${id}`,
    body: () => ({ ...patch, because: 'Said by its owner' }),
    more: steady,
    refused: { who: editors },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ changed: ['purpose'], record: { version: 2 }, voided: [] }),
  },
  'GET /:collection/:ref/history': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}/history?limit=1&significant=true`,
    says: (answer) => expect(answer.json().items).toMatchObject([{ version: 1, act: 'created' }]),
  },
  'GET /:collection/:ref/raw': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}/raw`,
    says: (answer) => expect(answer.json()).toEqual({ items: [] }),
  },
  'GET /:collection/:ref/compare': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}/compare?from=1&to=1`,
    says: (answer) => expect(answer.json()).toMatchObject({ from: { version: 1 }, changed: [] }),
  },
  'GET /:collection/:ref/around': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}/around?limit=3`,
    says: (answer) => expect(answer.json().items).toHaveLength(1),
  },
  'GET /:collection/:ref/withdrawal': {
    thing: aUse,
    nowhere: nowhereId,
    path: (id) => `/use-cases/${id}/withdrawal`,
    refused: null,
    // Nothing is approved yet; what falls is tested beside the gates.
    works: 409,
  },
  'POST /:collection/:ref/transitions': {
    thing: async ({ manager }) => {
      const begun = { fields: { name: 'Triage' }, state: 'verification-validation' };
      return (await manager.send('POST', '/systems', begun)).json().record.id;
    },
    nowhere: nowhereId,
    path: (id) => `/systems/${id}/transitions`,
    body: () => ({ transition: 'develop', because: 'The contract is signed' }),
    more: steady,
    refused: { who: editors },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(recordOf(answer)).toMatchObject({ state: 'design-development', version: 2 }),
  },
  'POST /:collection/:ref/approvals': {
    thing: aUse,
    nowhere: nowhereId,
    path: (id) => `/use-cases/${id}/approvals`,
    body: () => ({ act: 'approve', version: 1, digest: '0'.repeat(64), reason: 'Read and understood' }),
    refused: { who: ['aims-manager', 'top-management', 'system-owner'] },
    roles: ownersAlone,
    by: async (world) => signedIn(world.server, world.manager.organisation, ['aims-manager']),
    // The digest is that of no version; that the right one is taken is tested beside the records.
    works: 412,
  },
  'POST /:collection/:ref/recusals': {
    ...ofSystem,
    path: (id) => `/systems/${id}/recusals`,
    body: () => ({ reason: 'A relative supplies it' }),
    refused: { as: 'token', who: [] },
    works: 201,
    says: (answer) =>
      expect(recordOf(answer)).toMatchObject({ recusals: [{ reason: 'A relative supplies it' }] }),
  },
  'POST /:collection/:ref/archive': {
    ...ofSystem,
    path: (id) => `/systems/${id}/archive`,
    body: () => ({ because: 'Entered twice' }),
    more: steady,
    refused: { who: archivers },
    roles: ownersAlone,
    works: 200,
    says: (answer) => expect(recordOf(answer)).toMatchObject({ archived: true, version: 2 }),
  },
  'POST /:collection/:ref/restore': {
    thing: anArchived,
    nowhere: nowhereId,
    path: (id) => `/systems/${id}/restore`,
    body: () => ({ because: 'It was the right one' }),
    more: { headers: { 'if-match': '"2"' } },
    refused: { who: archivers },
    roles: ownersAlone,
    works: 200,
    says: (answer) => expect(recordOf(answer)).not.toHaveProperty('archived'),
  },
  'POST /:collection/:ref/erase': {
    thing: anArchived,
    nowhere: nowhereId,
    path: (id) => `/systems/${id}/erase`,
    body: () => ({ reason: 'law' }),
    // Whoever wrote it leaves it to another administrator.
    by: (world) => signedIn(world.server, world.manager.organisation, ['admin']),
    more: { headers: { 'if-match': '"2"' } },
    refused: { who: admins },
    works: 200,
    says: (answer) =>
      expect(recordOf(answer)).toMatchObject({ title: 'erased', erased: true, fields: {}, version: 2 }),
  },
  'POST /:collection/:ref/undo': {
    ...ofSystem,
    path: (id) => `/systems/${id}/undo`,
    body: () => ({ version: 1, because: 'A slip' }),
    refused: { who: editors },
    roles: ownersAndAssignees,
    works: 200,
    says: (answer) => expect(recordOf(answer)).toMatchObject({ archived: true }),
  },
  'GET /:collection/:ref/comments': {
    ...ofSystem,
    ...listed,
    path: (id) => `/systems/${id}/comments`,
    says: (answer) => expect(answer.json()).toEqual({ items: [] }),
  },
  'POST /:collection/:ref/comments': {
    ...ofSystem,
    path: (id) => `/systems/${id}/comments`,
    body: () => ({ text: 'Who answers for this?', field: 'owner' }),
    refused: { who: commenters },
    works: 201,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ text: 'Who answers for this?', field: 'owner', yours: true }),
  },
  'PATCH /comments/:id': {
    thing: aComment,
    nowhere: nowhereId,
    path: (id) => `/comments/${id}`,
    body: () => ({ text: 'Said better' }),
    refused: { who: [] },
    works: 204,
  },
  'POST /comments/:id/seen': {
    thing: aComment,
    nowhere: nowhereId,
    path: (id) => `/comments/${id}/seen`,
    refused: null,
    works: 204,
  },
  'DELETE /comments/:id': {
    thing: aComment,
    nowhere: nowhereId,
    path: (id) => `/comments/${id}`,
    refused: { who: [] },
    works: 204,
  },
  'GET /:collection/:ref/verification': {
    thing: aPublished,
    nowhere: nowhereId,
    ...listed,
    path: (id) => `/systems/${id}/verification`,
    says: (answer) => expect(answer.json()).toMatchObject({ holds: true, faults: [] }),
  },
  'GET /:collection/:ref/versions/:version/proof': {
    thing: aPublished,
    nowhere: nowhereId,
    ...listed,
    path: (id) => `/systems/${id}/versions/1/proof`,
    says: (answer, _world, id) => expect(answer.body).toContain(id),
  },
  'GET /:collection/:ref/versions/:version/proof.tlog-proof': {
    thing: aPublished,
    nowhere: nowhereId,
    ...listed,
    path: (id) => `/systems/${id}/versions/1/proof.tlog-proof`,
    says: (answer) => expect(answer.body).toMatch(/^c2sp\.org\/tlog-proof@v1\n/),
  },
};
