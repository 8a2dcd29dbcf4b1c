import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';

let server: TestServer;
let manager: Agent;
let other: Agent;
beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  other = await signedIn(server, manager.organisation, ['aims-manager']);
});
afterAll(() => closeUnfailed(server));

const gone = { appliesTo: '2026-01-31', endReason: 'Another act repealed it on that day.' };

async function taken(who: Agent, id: string, path: string, body: object, method: 'POST' | 'PATCH' = 'POST') {
  const { version } = (await who.send('GET', `/obligations/${id}`)).json();
  return who.send(method, `/obligations/${id}${path}`, body, ifMatch(version));
}
/** In steps, so that nobody is signed out meanwhile. */
async function aDayLater(): Promise<void> {
  for (let hour = 0; hour < 25; hour += 1) {
    server.later(3_600_000);
    for (const who of [manager, other]) await who.send('GET', '/session');
  }
}
const able = async (who: Agent, id: string) => {
  const { abilities, transitions } = (await who.send('GET', `/obligations/${id}`)).json();
  return {
    archive: abilities.archive,
    end: transitions.find(({ name }: { name: string }) => name === 'end')?.ability,
  };
};

test('law stays on the line and in the register until another person ended it, and its page says so', async () => {
  const control = await manager.send('POST', '/controls', { fields: { name: 'Notices', code: 'C-1' } });
  const running = {
    fields: { name: 'Scores', legalOverlay: ['eu-ai-act'] },
    links: {},
    state: 'operation-monitoring',
  };
  const { id: system } = await madeIn(server, manager, 'systems', running);
  const made = await manager.send('POST', '/obligations', {
    fields: { name: 'Tell people', source: 'law', appliesFrom: '2025-02-02', appliesTo: '2025-12-31' },
    links: { controls: { set: [control.json().record.id] }, system: { set: [system] } },
  });
  expect(made.statusCode, made.body).toBe(201);
  const { id } = made.json().record;
  await aDayLater();

  const less = await taken(manager, id, '', { links: { controls: { set: [] } } }, 'PATCH');
  expect([less.statusCode, less.json().errors]).toEqual([
    422,
    [{ at: 'links.controls', message: expect.stringMatching(/^Calls for control: law asks for no less/) }],
  ]);
  const archived = await taken(manager, id, '/archive', {});
  expect([archived.statusCode, archived.json().detail]).toEqual([
    409,
    expect.stringContaining('ended first'),
  ]);
  expect((await able(manager, id)).archive).toMatchObject({ allowed: false, reason: archived.json().detail });

  const { id: called } = control.json().record;
  const archiving = () => manager.send('POST', `/controls/${called}/archive`, {}, ifMatch(1));
  const without = await archiving();
  expect([without.statusCode, without.json().detail]).toEqual([
    409,
    expect.stringMatching(/^OBL-\d+ calls for it and binds, so it stays in the register\./),
  ]);
  const { abilities } = (await manager.send('GET', `/controls/${called}`)).json();
  expect(abilities.archive).toMatchObject({ allowed: false, reason: without.json().detail });

  const alone = await taken(manager, id, '/transitions', { transition: 'end', fields: gone });
  expect([alone.statusCode, alone.json().detail]).toEqual([
    403,
    expect.stringContaining('somebody else does'),
  ]);
  expect((await taken(manager, id, '', { fields: gone }, 'PATCH')).statusCode).toBe(200);
  expect((await able(manager, id)).end).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('somebody else does'),
    people: expect.arrayContaining([expect.objectContaining({ id: other.id })]),
  });
  const shown = (await other.send('GET', `/obligations/${id}`)).json();
  expect(shown.stillBinds).toContain('binds as it stands');
  const declining = shown.transitions.find(({ name }: { name: string }) => name === 'decline');
  expect(declining).toMatchObject({ ability: { reason: 'Law binds whether or not it is taken on.' } });
  expect(declining.asks).toBeUndefined();
  const line = async () => JSON.stringify((await manager.send('GET', `/systems/${system}/trace`)).json());
  expect(await line()).toContain('not ended by somebody else than who wrote it');

  expect((await able(other, id)).end).toEqual({ allowed: true });
  const ended = await taken(other, id, '/transitions', { transition: 'end' });
  expect(ended.statusCode, ended.body).toBe(200);
  expect(await line()).not.toContain('not ended by somebody else than who wrote it');
  expect((await able(manager, id)).archive).toMatchObject({ allowed: true });
  expect((await archiving()).statusCode).toBe(200);
  expect((await taken(manager, id, '/archive', {})).statusCode).toBe(200);
});
