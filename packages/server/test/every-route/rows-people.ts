import { roles } from '@throughline/domain/permissions.ts';
import { expect } from 'vitest';
import { jobHandlers } from '../../src/job-handlers.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { invited, memberBody } from './invited.ts';
import { admins, nowhereId, type Rows, settlers } from './row.ts';
import { nothingWaits, proposalRows } from './rows-proposals.ts';
import { idIn, type World } from './world.ts';

const aToken = async (world: World) =>
  (await world.manager.send('POST', '/tokens', { name: 'Pipeline', roles: ['reader'] })).json().token.id;
const aView = async (world: World) =>
  idIn(
    await world.manager.send('POST', '/views', {
      collection: 'systems',
      name: 'Live',
      query: 'state=operation',
      shared: true,
    }),
  );

const due = (title: string) => expect.objectContaining({ record: expect.objectContaining({ title }) });

/** The organisation, its people, tokens and authority, and what belongs to one person. */
export const peopleRows: Rows = {
  'GET /organisation': {
    path: () => '/organisation',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().abilities.edit).toEqual({ allowed: true }),
  },
  'GET /due-removals': {
    thing: async (world) => {
      await world.manager.send('POST', '/evidence', { fields: { name: 'Old', keepUntil: '2020-01-01' } });
      return '';
    },
    path: () => '/due-removals',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().items).toContainEqual(due('Old')),
  },
  'GET /organisation/units': {
    thing: async (world) => {
      await world.manager.send('POST', '/systems', {
        fields: { name: 'Tariffs', unit: 'Claims', subUnit: 'Motor', unitCode: 'CL' },
      });
      return '';
    },
    path: () => '/organisation/units',
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json().items).toContainEqual({
        name: 'Claims',
        codes: ['CL'],
        systems: expect.any(Number),
        systemsWithin: expect.any(Number),
        subUnits: [{ name: 'Motor', systems: expect.any(Number) }],
        registered: false,
        below: [],
        endsOn: null,
      }),
  },
  'PATCH /organisation': {
    path: () => '/organisation',
    // Its name stays: by it other answers are known to be another organisation's.
    body: () => ({
      timeZone: 'Europe/Berlin',
      intervals: {},
      logPublic: false,
      tokenMaxDays: 200,
      stepUp: { minutes: 15, everyone: true },
      calendar: {
        workingDays: [1, 2, 3, 4, 5],
        holidays: [{ day: '2026-12-25', name: 'Christmas Day' }],
        due: 'next',
      },
      retention: { sessions: 60, jobs: 30, importCells: 365 },
      secondFactor: { of: 'nobody', days: 14 },
    }),
    refused: { who: settlers },
    works: 200,
    says: (answer) => expect(answer.json().tokenMaxDays).toBe(200),
  },
  'GET /members': {
    path: () => '/members?q=AIMS&limit=5',
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json().items.map((one: { name: string }) => one.name)).toContain('AIMS manager'),
  },
  'GET /members/:id': {
    thing: async (world) => world.reader.id,
    path: (id) => `/members/${id}`,
    refused: null,
    nowhere: nowhereId,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ roles: ['reader'], active: true }),
  },
  'POST /members': {
    path: () => '/members',
    body: memberBody,
    refused: { who: admins },
    works: 201,
    says: async (answer, world) => {
      const { member, link } = answer.json();
      expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4270\/invitation#token=/);
      const shown = (await world.manager.send('GET', `/members/${member}`)).json();
      expect(shown).toMatchObject({ name: 'Head of underwriting', until: '2998-01-31' });
    },
  },
  'POST /service-accounts': {
    path: () => '/service-accounts',
    body: (world) => ({
      name: 'Inventory sync',
      owner: world.manager.id,
      roles: ['contributor'],
      until: '2998-01-31',
    }),
    refused: { who: admins },
    works: 201,
    says: (answer, world) =>
      expect(answer.json()).toMatchObject({
        name: 'Inventory sync',
        service: { owner: { id: world.manager.id } },
        until: '2998-01-31',
      }),
  },
  'POST /members/:id/invitation': {
    thing: async (world) => (await invited(world)).member,
    path: (id) => `/members/${id}/invitation`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 201,
  },
  'POST /members/:id/export': {
    thing: async (world) => world.manager.id,
    path: (id) => `/members/${id}/export`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 202,
    says: (answer) => expect(answer.json()).toMatchObject({ type: 'export-person', state: 'waiting' }),
  },
  'GET /members/:id/export/:job': {
    thing: async ({ server, manager }) => {
      const asked = await manager.send('POST', `/members/${manager.id}/export`);
      const job = asked.json().id;
      await runJob(server.services, jobHandlers, manager.organisation, job);
      return `${manager.id}/export/${job}`;
    },
    path: (id) => `/members/${id}`,
    // Whoever else asks is told that there is none.
    refused: null,
    roles: Object.fromEntries(roles.map((role) => [role, 404])),
    nowhere: `${nowhereId}/export/${nowhereId}`,
    works: 200,
    says: (answer, world) => {
      expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="person-/);
      expect(answer.json()).toMatchObject({
        member: [{ id: world.manager.id }],
        organisation: { name: 'Example Insurance' },
      });
    },
  },
  'PATCH /members/:id': {
    thing: async (world) => (await invited(world)).member,
    path: (id) => `/members/${id}`,
    body: () => ({ name: 'Head of pricing', roles: ['contributor'], active: false, until: '2997-12-31' }),
    refused: { who: admins },
    nowhere: nowhereId,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({
        name: 'Head of pricing',
        roles: ['contributor'],
        active: false,
        until: '2997-12-31',
      }),
  },
  'POST /members/:id/erase': {
    thing: async (world) => {
      const { member } = await invited(world);
      await world.manager.send('PATCH', `/members/${member}`, { active: false });
      return member;
    },
    path: (id) => `/members/${id}/erase`,
    body: () => ({ reason: 'person-asked' }),
    refused: { who: admins },
    nowhere: nowhereId,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ name: 'Name erased', erased: true, active: false }),
  },
  'GET /tokens': { path: () => '/tokens', refused: { who: admins }, works: 200 },
  'POST /tokens': {
    path: () => '/tokens',
    body: () => ({
      name: 'Pipeline',
      roles: ['reader'],
      scope: { kinds: ['system'], acts: ['read', 'create'] },
      service: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    }),
    refused: { who: admins },
    works: 201,
    says: async (answer, world) => {
      const { secret, token } = answer.json();
      const headers = { authorization: `Bearer ${secret}` };
      const me = (await world.nobody.send('GET', '/session', undefined, { headers })).json();
      expect([me.token.id, me.roles]).toEqual([token.id, ['reader']]);
    },
  },
  'POST /tokens/:id/rotation': {
    thing: aToken,
    path: (id) => `/tokens/${id}/rotation`,
    body: () => ({ graceHours: 24, expiresAt: new Date(Date.now() + 86_400_000).toISOString() }),
    refused: { who: admins },
    nowhere: nowhereId,
    works: 201,
    says: (answer, _world, id) => {
      expect(answer.json().token).toMatchObject({ id, previousUntil: expect.any(String) });
      expect(answer.json().secret).toMatch(/^tl_/);
    },
  },
  'DELETE /tokens/:id': {
    thing: aToken,
    path: (id) => `/tokens/${id}`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) => {
      const tokens = (await world.manager.send('GET', '/tokens')).json().items;
      expect(tokens.find((one: { id: string }) => one.id === id)).not.toMatchObject({ revokedAt: null });
    },
  },
  'GET /same-persons': {
    path: () => '/same-persons',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('items'),
  },
  'POST /same-persons': {
    // Nobody whom other cases ask as two: what both hold would take a second hand from then on.
    thing: async (world) => `${(await invited(world)).member},${(await invited(world)).member}`,
    path: () => '/same-persons',
    body: (_world, two) => ({ members: two.split(',') }),
    refused: { who: admins },
    works: 201,
    says: (answer, _world, two) => {
      const members = two.split(',').map((member) => expect.objectContaining({ member }));
      expect(answer.json().items).toContainEqual(expect.objectContaining({ members }));
    },
  },
  'POST /same-persons/:id/end': {
    thing: async (world) => {
      const members = [(await invited(world)).member, (await invited(world)).member];
      const { items } = (await world.manager.send('POST', '/same-persons', { members })).json();
      return items.at(-1).id;
    },
    path: (id) => `/same-persons/${id}/end`,
    body: () => ({ reason: 'They are two people after all.' }),
    refused: { who: admins },
    nowhere: nowhereId,
    // Another administrator is there, so it waits for them.
    works: 202,
    says: async (answer, world, id) => {
      expect(answer.json()).toEqual({ waits: expect.any(String) });
      const { items } = (await world.manager.send('GET', '/same-persons')).json();
      expect(items.map((one: { id: string }) => one.id)).toContain(id);
    },
  },
  ...proposalRows,
  'GET /authority': { path: () => '/authority', refused: null, works: 200 },
  'PUT /authority': {
    path: () => '/authority',
    body: (world) => ({
      grants: [
        {
          level: world.server.services.catalogue.model.authority.levels[0],
          dimension: world.server.services.catalogue.model.authority.dimensions[0]?.id,
          holder: { role: 'top-management' },
          delegate: world.manager.id,
          until: '2998-01-31',
        },
      ],
    }),
    thing: nothingWaits,
    refused: { who: settlers },
    // Another administrator is here, who confirms it.
    works: 202,
    says: (answer) => expect(answer.json()).toHaveProperty('waits'),
  },
  'PUT /preferences': {
    path: () => '/preferences',
    body: () => ({ theme: 'dark', columns: { systems: ['owner', 'unit'] } }),
    refused: { as: 'token', who: [] },
    works: 200,
    says: async (answer, world) => {
      const { preferences } = (await world.manager.send('GET', '/session')).json();
      expect(preferences).toEqual(answer.json());
    },
  },
  'GET /views': {
    path: () => '/views?collection=models',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().items).toEqual([]),
  },
  'POST /views': {
    path: () => '/views',
    body: () => ({ collection: 'systems', name: 'Mine', query: 'owner=me', shared: false }),
    refused: { as: 'token', who: [] },
    works: 201,
    says: (answer) => expect(answer.json()).toMatchObject({ name: 'Mine', shared: false, yours: true }),
  },
  'PATCH /views/:id': {
    thing: aView,
    path: (id) => `/views/${id}`,
    body: () => ({ name: 'Ours', query: '', shared: false }),
    refused: { who: [] },
    nowhere: nowhereId,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ name: 'Ours', query: '', shared: false }),
  },
  'DELETE /views/:id': {
    thing: aView,
    path: (id) => `/views/${id}`,
    refused: { who: [] },
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) => {
      const views = (await world.manager.send('GET', '/views')).json().items;
      expect(views.map((one: { id: string }) => one.id)).not.toContain(id);
    },
  },
};
