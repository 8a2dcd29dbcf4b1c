import type { RiskOpinionsWire } from '@throughline/domain/wire-risk.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { criteriaInForce, ratingBy } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';

let server: TestServer;
let ann: Agent;
let ben: Agent;
let cleo: Agent;
let reader: Agent;
let top: Agent;

beforeAll(async () => {
  ({ server, manager: ann, reader } = await staffedServer());
  ben = await signedIn(server, ann.organisation, ['aims-manager'], { name: 'Ben' });
  cleo = await signedIn(server, ann.organisation, ['aims-manager'], { name: 'Cleo' });
  top = await signedIn(server, ann.organisation, ['top-management']);
  await criteriaInForce(ann, top);
});
afterAll(() => closeUnfailed(server));

const at = (ref: string) => `/risks/${ref}/opinions`;
const aRisk = async (): Promise<string> =>
  (await record(ann, 'risks', { name: 'A wrong answer is trusted', event: 'Nobody checks' })).ref;
const rated = (reason: string, changes: object = {}) => ratingBy({ reason, ...changes });
const milder = {
  likelihood: 'seldom',
  consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Felt everywhere' },
};
const seen = async (by: Agent, ref: string): Promise<RiskOpinionsWire> =>
  (await by.send('GET', at(ref))).json();
const give = (by: Agent, ref: string, reason: string, changes: object = {}) =>
  by.send('POST', at(ref), rated(reason, changes));
/** Two people have rated it: Ann harder than Ben. */
async function bothIn(): Promise<string> {
  const ref = await aRisk();
  for (const answer of [
    await give(ann, ref, 'Two cases in spring'),
    await give(ben, ref, 'There was none since', milder),
  ])
    expect(answer.statusCode, answer.body).toBe(201);
  return ref;
}

test('who rated is known to all, what they said to nobody else until a second person has rated', async () => {
  const ref = await aRisk();
  const given = await give(ann, ref, 'Two cases in spring');
  expect(given.statusCode, given.body).toBe(201);
  const mine: RiskOpinionsWire = given.json();
  expect(mine.rounds.current).toMatchObject({
    open: false,
    opinions: [{ likelihood: 'Often', levels: { individuals: 'high', society: 'severe' } }],
    differences: null,
  });
  for (const other of [ben, reader, top]) {
    const text = (await other.send('GET', at(ref))).body;
    expect(text).toContain('AIMS manager');
    expect(text).not.toContain('Two cases in spring');
    expect(JSON.parse(text).rounds.current).toMatchObject({ open: false, opinions: [], own: null });
  }
  for (const elsewhere of [`/risks/${ref}`, `/risks/${ref}/history`, '/risks?q=spring', `/search?q=spring`])
    expect((await ben.send('GET', elsewhere)).body).not.toContain('Two cases in spring');
  expect((await seen(ben, ref)).version).toBe(1);
});

test('once both are in, everybody sees both, where they differ and by how many levels', async () => {
  const ref = await bothIn();
  const { rounds } = await seen(reader, ref);
  expect(rounds.current).toMatchObject({
    open: true,
    own: null,
    differences: {
      likelihood: true,
      consequences: { organisation: false, individuals: true, society: false },
      apart: { organisation: 0, individuals: 2, society: 1 },
      criteria: false,
    },
  });
  expect(rounds.current.opinions.map(({ reason, likelihood }) => [reason, likelihood])).toEqual([
    ['Two cases in spring', 'Often'],
    ['There was none since', 'Seldom'],
  ]);
  expect(rounds.inherent).toMatchObject({ open: false, raters: [] });
  const third = await give(cleo, ref, 'Now I see what they said');
  expect(third.statusCode).toBe(409);
  expect(third.json().detail).toContain('not be given apart');
});

test('a rating is one a person and point, and taken back by whoever gave it while nobody else has read it', async () => {
  const ref = await aRisk();
  const first: RiskOpinionsWire = (await give(ann, ref, 'It is too early')).json();
  const id = first.rounds.current.own ?? '';
  expect((await give(ann, ref, 'I rate it again')).statusCode).toBe(409);
  expect((await give(ann, ref, 'Before controls', { point: 'inherent' })).statusCode).toBe(201);
  expect((await ben.send('DELETE', `${at(ref)}/${id}`)).statusCode).toBe(409);
  const back = await ann.send('DELETE', `${at(ref)}/${id}`);
  expect(back.statusCode, back.body).toBe(200);
  expect(back.json().rounds.current).toMatchObject({ raters: [], opinions: [], own: null });
  expect((await ann.send('DELETE', `${at(ref)}/${id}`)).statusCode).toBe(404);
  await give(ann, ref, 'Late, but sure');
  const both: RiskOpinionsWire = (await give(ben, ref, 'Never seen one', milder)).json();
  const late = await ben.send('DELETE', `${at(ref)}/${both.rounds.current.own}`);
  expect(late.statusCode).toBe(409);
  expect(late.json().detail).toContain('so it stays');
});

test('settling rates the risk with a reason, keeps both ratings beside that version, and a next round begins', async () => {
  const ref = await bothIn();
  const body = rated('Spring counts; the filter came in June', milder);
  expect((await cleo.send('PUT', at(ref), body)).statusCode).toBe(428);
  expect((await cleo.send('PUT', at(ref), body, ifMatch(9))).statusCode).toBe(412);
  const kept = await cleo.send('PUT', at(ref), body, ifMatch(1));
  expect(kept.statusCode, kept.body).toBe(200);
  const wire: RiskOpinionsWire = kept.json();
  expect(wire.rounds.current).toMatchObject({ open: false, raters: [], opinions: [] });
  expect(wire.settled).toMatchObject([
    {
      point: 'current',
      version: 2,
      by: { name: 'Cleo' },
      reason: 'Spring counts; the filter came in June',
      opinions: [{ reason: 'Two cases in spring' }, { reason: 'There was none since' }],
      differences: { likelihood: true, apart: { individuals: 2 } },
    },
  ]);
  const risk = (await cleo.send('GET', `/risks/${ref}`)).json();
  expect(risk.fields).toMatchObject({ currentIndividuals: 'low', currentLevel: 'high' });
  expect((await give(ben, ref, 'A new look')).statusCode).toBe(201);
  const again = await cleo.send('PUT', at(ref), body, ifMatch(2));
  expect(again.statusCode).toBe(409);
  expect(again.json().detail).toContain('nothing to settle');
});

test('whoever rated or settled does not accept what came of it; somebody else does', async () => {
  const ref = await bothIn();
  const settled = await cleo.send('PUT', at(ref), rated('As Ann says'), ifMatch(1));
  expect(settled.statusCode, settled.body).toBe(200);
  const { version, proof } = (await ben.send('GET', `/risks/${ref}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const refused = await ben.send('POST', `/risks/${ref}/approvals`, act);
  expect(refused.statusCode, refused.body).toBe(403);
  expect(refused.json().detail).toContain('You wrote this version');
  const { abilities } = (await ben.send('GET', `/risks/${ref}`)).json();
  expect(abilities.approve).toMatchObject({ allowed: false });
});

test('before it is settled whoever rated accepts nothing, and while they differ nobody does', async () => {
  const ref = await bothIn();
  const { version, proof } = (await top.send('GET', `/risks/${ref}`)).json();
  const accept = (by: Agent) =>
    by.send('POST', `/risks/${ref}/approvals`, { act: 'approve', version, digest: proof.digest });
  expect((await accept(ben)).statusCode).toBe(403);
  const refused = await accept(top);
  expect(refused.statusCode, refused.body).toBe(409);
  expect(refused.json().detail).toContain('say different things');
});

test('a token rates nothing apart, a reader neither, nor does anybody without a reason or by strange steps', async () => {
  const ref = await aRisk();
  const token = await tokenAgent(server, ann.organisation, ['contributor', 'risk-owner']);
  expect((await give(token, ref, 'A rule says so')).statusCode).toBe(403);
  expect((await give(reader, ref, 'I read it')).statusCode).toBe(403);
  for (const none of ['', 'n/a', '...', 'yes', 'because'])
    expect((await give(ann, ref, none)).statusCode, none).toBe(422);
  const strange = await give(ann, ref, 'Nobody knows for sure', { likelihood: 'Never' });
  expect(strange.statusCode).toBe(422);
  expect(strange.json().errors[0]).toMatchObject({ at: 'likelihood' });
  expect((await seen(ann, ref)).rounds.current.raters).toEqual([]);
});

test('two who rate at the same moment are both kept, and one who sends twice is kept once', async () => {
  const ref = await aRisk();
  const answers = await Promise.all([
    give(ann, ref, 'Two cases in spring'),
    give(ann, ref, 'Two cases in spring'),
    give(ben, ref, 'There was none since', milder),
  ]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 409]);
  const { open, raters } = (await seen(reader, ref)).rounds.current;
  expect([open, raters.length]).toEqual([true, 2]);
});

test('what was said goes with the risk when it is erased', async () => {
  const ref = await bothIn();
  const admin = await signedIn(server, ann.organisation, ['admin']);
  await ann.send('POST', `/risks/${ref}/archive`, {}, ifMatch(1));
  const gone = await admin.send('POST', `/risks/${ref}/erase`, { reason: 'person-asked' }, ifMatch(2));
  expect(gone.statusCode, gone.body).toBe(200);
  expect((await reader.send('GET', at(ref))).body).not.toContain('Two cases in spring');
});
