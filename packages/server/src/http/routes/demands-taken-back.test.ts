import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';

/** What asks something of every use or gate, because another person approved it, is not taken away by its author (5.3). */
let server: TestServer;
let manager: Agent;
let approver: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

const read = async (at: string) => (await manager.send('GET', at)).json();
const reason = 'Another scheme is asked instead of it.';
async function takeBack(by: Agent, at: string) {
  const { version, proof } = await read(at);
  return by.send('POST', `${at}/approvals`, { act: 'withdraw', version, digest: proof.digest, reason });
}
const act = async (at: string, path: string, body: object) =>
  manager.send('POST', `${at}/${path}`, body, ifMatch((await read(at)).version));

const demands = [
  ['classification-schemes', { name: 'Classes of the group', method: 'given' }, 'askedWhere', ['other']],
  [
    'documents',
    {
      name: 'What we ask at gates',
      type: 'gate-criteria',
      reach: 'whole-organisation',
      gateCriteria: [{ gate: 'use-case-approval', criterion: 'The works council was heard.' }],
    },
    'type',
    'procedure',
  ],
] as const;

test.each(demands)(
  '%s: neither its step, nor the archive, nor a draft ends what is approved',
  async (collection, fields, part, other) => {
    const given = 'method' in fields ? { ...fields, levels: [{ level: 'A' }, { level: 'B' }] } : fields;
    const { ref } = await madeIn(server, manager, collection, { fields: given });
    const at = `/${collection}/${ref}`;
    await approved(approver, collection, ref);
    const undone = await act(at, 'undo', { version: 1 });
    expect(undone.statusCode, undone.body).toBe(409);
    expect(undone.json().detail).toContain('An approval of it is in force');
    for (const draft of [false, true]) {
      if (draft) {
        const { version } = await read(at);
        const written = await manager.send('PATCH', at, { fields: { [part]: other } }, ifMatch(version));
        expect(written.statusCode, written.body).toBe(200);
      }
      for (const [path, body] of [
        ['transitions', { transition: 'withdraw' }],
        ['archive', {}],
      ] as const) {
        const refused = await act(at, path, body);
        expect(refused.statusCode, refused.body).toBe(409);
        expect(refused.json().detail).toContain('An approval of it is in force');
      }
      const own = await takeBack(manager, at);
      expect(own.json().detail).toContain('another person takes its approval back');
      expect(own.statusCode).toBe(403);
    }
    const { able, transitions } = await read(at);
    expect(JSON.stringify([able, transitions])).toContain('An approval of it is in force');
    expect((await takeBack(approver, at)).statusCode).toBeLessThan(300);
    expect((await act(at, 'transitions', { transition: 'withdraw' })).statusCode).toBe(200);
    expect((await act(at, 'archive', {})).statusCode).toBe(200);
  },
);

test('another document is let go by whoever keeps it', async () => {
  const fields = { name: 'Handbook', type: 'procedure', location: 'https://files.example/handbook' };
  const { ref } = await madeIn(server, manager, 'documents', { fields });
  await approved(approver, 'documents', ref);
  expect((await act(`/documents/${ref}`, 'transitions', { transition: 'withdraw' })).statusCode).toBe(200);
});
