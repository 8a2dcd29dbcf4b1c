import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agent, closeUnfailed, staffedServer, type TestServer } from '../../../test/factories.ts';
import { aUser, type Provider, provider } from '../../../test/scim.ts';

let server: TestServer;
let admin: Agent;
let idp: Provider;
beforeAll(async () => {
  ({ server, admin } = await staffedServer());
  idp = await provider(server, admin.organisation);
}, 60_000);
afterAll(() => closeUnfailed(server));

const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

test('a DELETE says all by its address: a media type without a body is no body', async () => {
  for (const type of [
    'application/scim+json',
    'application/json',
    'text/plain',
    'application/json; charset=utf-8',
  ]) {
    const { id } = (await idp.send('POST', '/Users', aUser())).json();
    const gone = await idp.send('DELETE', `/Users/${id}`, undefined, { 'content-type': type });
    expect([type, gone.statusCode, gone.body]).toEqual([type, 204, '']);
    expect((await idp.send('GET', `/Users/${id}`)).statusCode).toBe(404);
  }
  const { id: group } = (
    await idp.send('POST', '/Groups', { schemas: [groupUrn], displayName: 'Typed' })
  ).json();
  const typed = { 'content-type': 'application/scim+json' };
  expect((await idp.send('DELETE', `/Groups/${group}`, undefined, typed)).statusCode).toBe(204);
  // Whoever may not ask is told so first; a body that is sent is read as ever.
  const stranger = await idp.send('DELETE', `/Users/${group}`, undefined, {
    ...typed,
    authorization: 'Bearer no',
  });
  expect(stranger.statusCode).toBe(401);
  expect((await idp.send('DELETE', `/Users/${group}`, '{')).statusCode).toBe(400);
  expect((await idp.send('POST', '/Users', undefined, typed)).statusCode).toBe(400);
});
