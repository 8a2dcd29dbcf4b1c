import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;
let system: { id: string; ref: string };

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  await criteriaInForce(manager, top, {
    thresholds: [{ level: 'moderate' }, { bearer: 'society', level: 'high' }],
  });
  system = await record(manager, 'systems', { name: 'Triage' });
});
afterAll(() => closeUnfailed(server));

const version = async (ref: string): Promise<number> =>
  (await manager.send('GET', `/risks/${ref}`)).json().version;
async function high(links: Readonly<Record<string, unknown>>): Promise<string> {
  const { ref } = await record(
    manager,
    'risks',
    { name: 'A wrong answer is trusted', event: 'It is' },
    links,
  );
  await rate(ref, {});
  return ref;
}
async function rate(ref: string, changes: object): Promise<void> {
  const answer = await manager.send(
    'PUT',
    `/risks/${ref}/rating`,
    ratingBy(changes),
    ifMatch(await version(ref)),
  );
  expect(answer.statusCode, answer.body).toBe(200);
}
async function close(ref: string) {
  const note = { fields: { closingNote: 'No time for it.' } };
  const body = { transition: 'close', ...note };
  return manager.send('POST', `/risks/${ref}/transitions`, body, ifMatch(await version(ref)));
}
const refusal = 'stands above what is borne without treatment, and nobody with authority accepts it';

test('a risk above what is borne is closed by nobody alone, of a system and of the organisation', async () => {
  for (const links of [{ system: { set: [system.id] } }, {}]) {
    const ref = await high(links);
    const refused = await close(ref);
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining(refusal)]);
    expect((await manager.send('GET', `/risks/${ref}`)).json().state).not.toBe('closed');
  }
});

test('it is closed once it was rated within that', async () => {
  for (const links of [{ system: { set: [system.id] } }, {}]) {
    const ref = await high(links);
    await rate(ref, {
      likelihood: 'Seldom',
      consequences: { organisation: 'Mild', individuals: 'Hard', society: 'Felt everywhere' },
    });
    const closed = await close(ref);
    expect(closed.statusCode, closed.body).toBe(200);
  }
});

test('and once somebody with authority accepts what there is', async () => {
  const ref = await high({ system: { set: [system.id] } });
  await rate(ref, { point: 'residual' });
  const said = {
    acceptanceType: 'lasting',
    acceptanceReason: 'The gain is worth it.',
    owner: manager.id,
  };
  const edit = await manager.send('PATCH', `/risks/${ref}`, { fields: said }, ifMatch(await version(ref)));
  expect(edit.statusCode, edit.body).toBe(200);
  expect((await close(ref)).statusCode).toBe(409);
  await approved(top, 'risks', ref);
  const closed = await close(ref);
  expect(closed.statusCode, closed.body).toBe(200);
});
