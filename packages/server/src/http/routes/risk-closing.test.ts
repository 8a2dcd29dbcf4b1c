import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';
import { joinMembers } from '../../store/identities.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;
/** Another person who may close risks. */
let other: Agent;
let system: { id: string; ref: string };

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  other = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Somebody else' });
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
    { name: 'A wrong answer is trusted', event: 'It is', closingNote: 'It is over.' },
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
async function close(ref: string, by: Agent = manager, fields: object = {}) {
  const note = { fields: { closingNote: 'No time for it.', ...fields } };
  const body = { transition: 'close', ...note };
  return by.send('POST', `/risks/${ref}/transitions`, body, ifMatch(await version(ref)));
}
/** Whether its page offers the closing to somebody, or why not. */
async function offered(ref: string, to: Agent): Promise<{ allowed: boolean; reason?: string }> {
  const { transitions } = (await to.send('GET', `/risks/${ref}`)).json();
  return transitions.find(({ name }: { name: string }) => name === 'close').ability;
}
const within = {
  likelihood: 'Seldom',
  consequences: { organisation: 'Mild', individuals: 'Hard', society: 'Felt everywhere' },
};
const refusal = 'stands above what is borne without treatment, and nobody with authority accepts it';

test('a risk above what is borne is closed by nobody alone, of a system and of the organisation', async () => {
  for (const links of [{ system: { set: [system.id] } }, {}]) {
    const ref = await high(links);
    const refused = await close(ref);
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining(refusal)]);
    expect((await manager.send('GET', `/risks/${ref}`)).json().state).not.toBe('closed');
  }
});

test('it is closed once it was rated within that, by another person than who did so', async () => {
  for (const links of [{ system: { set: [system.id] } }, {}]) {
    const ref = await high(links);
    expect(await offered(ref, manager)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining(refusal),
    });
    await rate(ref, within);
    const alone = 'rated this risk since it stood above what is borne without treatment';
    expect(await offered(ref, manager)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining(alone),
    });
    const refused = await close(ref);
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining(alone)]);
    expect(await offered(ref, other)).toMatchObject({ allowed: true });
    const closed = await close(ref, other);
    expect(closed.statusCode, closed.body).toBe(200);
  }
});

test('whoever rated it down is that person under another account, and so is their deputy', async () => {
  const ref = await high({ system: { set: [system.id] } });
  await rate(ref, within);
  const second = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Second account' });
  const rule = { type: 'rule', rule: 'test' } as const;
  const at = server.services.clock();
  await server.store.change(
    { organisation: manager.organisation, actor: rule, at, because: null, request: null },
    (write) => joinMembers(write, manager.id, second.id),
  );
  const deputy = await signedIn(server, manager.organisation, ['risk-owner'], { name: 'Deputy' });
  const days = { first: inDays(server, 0), last: inDays(server, 7) };
  const place = { absent: manager.id, member: deputy.id, ...days, why: 'Leave' };
  const named = await manager.send('POST', '/deputies', place);
  expect(named.statusCode, named.body).toBe(201);
  for (const who of [second, deputy]) {
    expect(await offered(ref, who)).toMatchObject({ allowed: false });
    const refused = await close(ref, who);
    expect(refused.statusCode, refused.body).toBe(409);
  }
  expect((await close(ref, other)).statusCode).toBe(200);
});

test('what is lowered in the very step that closes is lowered by one person all the same', async () => {
  const { ref } = await record(
    manager,
    'risks',
    { name: 'Typed', event: 'It is', ...typed('high') },
    { system: { set: [system.id] } },
  );
  const refused = await close(ref, manager, typed('low'));
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining('rated this risk since it stood above'),
  ]);
});

test('a risk that was never above is closed by whoever wrote it, unless it carries a significant finding', async () => {
  const home = { system: { set: [system.id] } };
  const free = await record(manager, 'risks', { name: 'Never above', event: 'It is' }, home);
  await rate(free.ref, within);
  expect((await close(free.ref)).statusCode).toBe(200);

  const use = await record(manager, 'use-cases', { name: 'Order of claims' }, home);
  const assessment = await madeIn(server, manager, 'impact-assessments', {
    fields: { name: 'Impact of order', ...wholeAssessment(manager.id) },
    links: { ...home, covers: { set: [use.id] } },
    state: 'completed',
  });
  await approved(top, 'impact-assessments', assessment.ref);
  const carried = { name: 'Some wait', event: 'It is', carriedEffects: ['1'], closingNote: 'It is over.' };
  const { ref } = await record(manager, 'risks', carried, { ...home, carries: { set: [assessment.id] } });
  const found = { allowed: false, reason: expect.stringContaining('It carries a significant finding') };
  expect(await offered(ref, manager)).toMatchObject(found);
  await rate(ref, within);
  expect(await offered(ref, manager)).toMatchObject(found);
  expect((await close(ref)).statusCode).toBe(409);
  expect((await close(ref, other)).statusCode).toBe(200);
});

const typed = (level: string) => ({
  currentOrganisation: level,
  currentIndividuals: level,
  currentSociety: level,
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
