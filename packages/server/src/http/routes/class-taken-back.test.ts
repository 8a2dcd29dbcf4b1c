import { loadCatalogue } from '@throughline/catalogue/load.ts';
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
let approver: Agent;
let owner: Agent;
const cases = loadCatalogue().euAiAct.test_cases;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management']);
  owner = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

const read = async (at: string) => (await manager.send('GET', at)).json();
async function decide(by: Agent, at: string, act: object) {
  const { version, proof } = await read(at);
  return by.send('POST', `${at}/approvals`, { version, digest: proof.digest, ...act });
}
async function turn(at: string, transition: string) {
  const { version } = await read(at);
  return manager.send('POST', `${at}/transitions`, { transition }, ifMatch(version));
}

/** A class that the manager worked out of the answers of a case, signed off by another person. */
async function signed(useCase: string, outcome: string): Promise<string> {
  const content = { fields: { name: outcome, scheme: 'eu-ai-act' }, links: { useCase: { set: [useCase] } } };
  const at = `/classifications/${(await madeIn(server, manager, 'classifications', content)).id}`;
  const facts = cases.find((one) => one.expect.join() === outcome)?.facts ?? {};
  const { version } = await read(at);
  const kept = await manager.send('PUT', `${at}/interview`, { answers: facts }, ifMatch(version));
  expect(kept.statusCode, kept.body).toBe(200);
  if ((await read(at)).state === 'open') expect((await turn(at, 'conclude')).statusCode).toBe(200);
  expect((await read(at)).fields.outcomes).toEqual([outcome]);
  const done = await decide(approver, at, { act: 'approve' });
  expect(done.statusCode, done.body).toBeLessThan(300);
  return at;
}

test('what was signed off as prohibited is taken back by a stranger alone, and named until another class is signed off', async () => {
  const system = await madeIn(server, manager, 'systems', {
    ...{ fields: { name: 'Ratings', legalOverlay: ['eu-ai-act'] }, links: {} },
    state: 'operation-monitoring',
  });
  const use = await madeIn(server, manager, 'use-cases', {
    fields: { name: 'Ranks', purpose: 'Ranks people', owner: owner.id },
    links: { system: { set: [system.id] } },
  });
  await signed(use.id, 'minimal');
  const strict = await signed(use.id, 'prohibited');
  const missed = async () => {
    const { stations } = await read(`/systems/${system.id}/trace`);
    const found = stations.flatMap(({ gaps }: { gaps: { rule: string }[] }) => gaps.map(({ rule }) => rule));
    return [...new Set(found)].filter((rule) => rule === 'CL4' || rule === 'IM10');
  };
  expect(await missed()).toEqual(['CL4', 'IM10']);

  const back = { act: 'withdraw', reason: 'An answer was guessed' };
  for (const by of [manager, owner]) {
    const refused = await decide(by, strict, back);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      expect.stringContaining('another person takes its approval back'),
    ]);
  }
  expect((await decide(approver, strict, { act: 'withdraw' })).statusCode).toBe(422);
  expect((await decide(approver, strict, back)).statusCode).toBeLessThan(300);
  expect((await turn(strict, 'withdraw')).statusCode).toBe(200);
  const { version } = await read(strict);
  const milder = { fields: { outcomes: ['minimal'] } };
  expect((await manager.send('PATCH', strict, milder, ifMatch(version))).statusCode).not.toBe(500);
  const overlay = { fields: { legalOverlay: null } };
  const { version: of } = await read(`/systems/${system.id}`);
  expect((await manager.send('PATCH', `/systems/${system.id}`, overlay, ifMatch(of))).statusCode).toBe(200);
  expect(await missed()).toEqual(['CL4', 'IM10']);

  // The page of its classes says what was there, who took it back and why.
  const { schemes } = await read(`/use-cases/${use.id}/classes`);
  expect(schemes[0].withdrawn).toMatchObject([
    {
      outcome: 'Prohibited practice',
      signedOff: false,
      takenBack: {
        said: 'Prohibited practice',
        signedOff: true,
        reason: back.reason,
        on: expect.any(String),
      },
    },
  ]);
  expect(schemes[0].classes).toMatchObject([{ signedOff: true, takenBack: null }]);
  const now = (await read(strict)).version;
  const archived = await manager.send('POST', `${strict}/archive`, {}, ifMatch(now));
  expect([archived.statusCode, archived.json().detail]).toEqual([
    409,
    expect.stringContaining('no class of the use was signed off since'),
  ]);
  await signed(use.id, 'minimal');
  expect(await missed()).toEqual([]);
  expect((await manager.send('POST', `${strict}/archive`, {}, ifMatch(now))).statusCode).toBe(200);
});

test('a class stays one of its use and scheme, and what its answers lead to is typed by nobody', async () => {
  const { id } = await madeIn(server, manager, 'systems', { fields: { name: 'Sorting' } });
  const [use, other] = await Promise.all(
    ['Sorts people', 'Sorts post'].map((name) =>
      madeIn(server, manager, 'use-cases', { fields: { name }, links: { system: { set: [id] } } }),
    ),
  );
  const at = await signed(use?.id ?? '', 'prohibited');
  const patched = async (body: object) => {
    const { version } = await read(at);
    const answer = await manager.send('PATCH', at, body, ifMatch(version));
    return [answer.statusCode, answer.json().errors?.[0]?.at];
  };
  const elsewhere = { links: { useCase: { set: [other?.id] } } };
  for (const reopened of [false, true]) {
    if (reopened) expect((await turn(at, 'reopen')).statusCode).toBe(200);
    expect(await patched(elsewhere)).toEqual([422, 'links.useCase']);
    expect(await patched({ fields: { scheme: 'own-tier', tier: 'low' } })).toEqual([422, 'fields.scheme']);
    for (const typed of [{ prohibitedFrom: '2099-01-01' }, { derogation: 'yes' }, { lawRoles: ['importer'] }])
      expect(await patched({ fields: typed })).toEqual([422, `fields.${Object.keys(typed)[0]}`]);
  }
});
