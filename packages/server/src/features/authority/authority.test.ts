import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  signedIn,
  startedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

test('a delegate who could decide nothing by a line is refused at their field, and one who could is not', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const manager = await signedIn(server, admin.organisation, ['aims-manager']);
  const put = (dimension: string, delegate: string) =>
    admin.send('PUT', '/authority', {
      grants: [{ level: 'severe', dimension, holder: { role: 'top-management' }, delegate }],
      reason: 'There is nobody else here yet.',
    });
  const refused = await put('document', reader.id);
  expect([refused.statusCode, refused.json().errors]).toEqual([
    422,
    [
      {
        at: 'grants.0.delegate',
        message: 'With their roles this person approves nothing of this. Name another.',
      },
    ],
  ]);
  const could = await put('document', manager.id);
  expect([could.statusCode, could.json().errors]).toEqual([200, undefined]);
  // A waiver is given by whom the table names, whatever their roles.
  expect((await put('waiver', reader.id)).statusCode).toBe(200);
});
