import { type Role, roles } from '@throughline/domain/permissions.ts';
import { expect } from 'vitest';
import { admins, nowhereId, type Rows } from './row.ts';
import { idIn, type World } from './world.ts';

let made = 0;
const next = (word: string) => {
  made += 1;
  return `${word} ${made}`;
};

/** Somebody who is in no other case. */
const aPerson = async (world: World): Promise<string> => {
  const name = next('Actuary');
  const email = `${name.replace(' ', '-').toLowerCase()}@example.org`;
  const body = { name, email, roles: ['contributor'], until: null };
  return (await world.manager.send('POST', '/members', body)).json().member;
};
const aGroup = async (world: World) =>
  idIn(
    await world.manager.send('POST', '/groups', {
      name: next('Model risk'),
      roles: ['risk-owner'],
      members: [],
    }),
  );
const absence = (world: World, member: string) => ({
  absent: world.manager.id,
  member,
  first: '2997-07-01',
  last: '2997-07-31',
  why: 'Leave',
});
const aDeputy = async (world: World) =>
  idIn(await world.manager.send('POST', '/deputies', absence(world, await aPerson(world))));

/** Who has roles together, and who stands in for whom. */
export const groupRows: Rows = {
  'GET /groups': {
    path: () => '/groups',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('items'),
  },
  'GET /groups/:id': {
    thing: aGroup,
    path: (id) => `/groups/${id}`,
    refused: null,
    nowhere: nowhereId,
    works: 200,
    says: (answer, _world, id) =>
      expect(answer.json()).toMatchObject({ id, roles: ['risk-owner'], members: [] }),
  },
  'POST /groups': {
    path: () => '/groups',
    body: (world) => ({ name: next('Model risk'), roles: ['risk-owner'], members: [world.reader.id] }),
    refused: { who: admins },
    works: 201,
    says: (answer, world) =>
      expect(answer.json()).toMatchObject({
        roles: ['risk-owner'],
        members: [{ id: world.reader.id, active: true }],
      }),
  },
  'PATCH /groups/:id': {
    thing: aGroup,
    path: (id) => `/groups/${id}`,
    body: (world) => ({
      name: next('Model risk'),
      roles: ['contributor'],
      members: [world.manager.id],
      add: [world.reader.id],
      remove: [world.manager.id],
    }),
    refused: { who: admins },
    nowhere: nowhereId,
    works: 200,
    says: (answer, world) =>
      expect(answer.json()).toMatchObject({ roles: ['contributor'], members: [{ id: world.reader.id }] }),
  },
  'DELETE /groups/:id': {
    thing: aGroup,
    path: (id) => `/groups/${id}`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) =>
      expect((await world.manager.send('GET', `/groups/${id}`)).statusCode).toBe(404),
  },
  'GET /roles': {
    path: () => '/roles',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json().items.map(({ role }: { role: Role }) => role)).toEqual(roles),
  },
  'GET /deputies': {
    path: () => '/deputies',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('items'),
  },
  'POST /deputies': {
    // A day of a person is taken once, so that each case has a deputy of its own.
    thing: aPerson,
    path: () => '/deputies',
    body: absence,
    refused: { who: admins },
    works: 201,
    says: (answer, world, member) =>
      expect(answer.json()).toMatchObject({
        absent: { id: world.manager.id },
        member: { id: member },
        why: 'Leave',
        now: false,
        abilities: { end: { allowed: true } },
      }),
  },
  'DELETE /deputies/:id': {
    thing: aDeputy,
    path: (id) => `/deputies/${id}`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) => {
      const { items } = (await world.manager.send('GET', '/deputies')).json();
      expect(items.map((one: { id: string }) => one.id)).not.toContain(id);
    },
  },
};
