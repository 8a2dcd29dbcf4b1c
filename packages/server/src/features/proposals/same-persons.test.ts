import type { SamePersonWire } from '@throughline/domain/wire-pages.ts';
import type { ProposalWire } from '@throughline/domain/wire-proposals.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  signedIn,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

/** That two accounts are one person is said by one hand, and taken back by two that are neither of the pair (5.3). */
let server: TestServer;
let here: string;
let first: Agent;
let second: Agent;
let pair: readonly [Agent, Agent];
let signing: Awaited<ReturnType<typeof keyedSigning>>;
const reason = 'They are two people after all.';

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});
beforeEach(async () => {
  here = await organisation(server);
  first = await signedIn(server, here, ['admin'], { name: 'Head of operations' });
  second = await signedIn(server, here, ['admin'], { name: 'Head of people' });
  pair = [
    await signedIn(server, here, ['admin'], { name: 'Head of claims' }),
    await signedIn(server, here, ['aims-manager'], { name: 'Head of claims, second account' }),
  ];
});

const declare = (by: Agent, [one, other]: readonly [Agent, Agent]) =>
  by.send('POST', '/same-persons', { members: [one.id, other.id] });
const standing = async (who: Agent): Promise<SamePersonWire[]> =>
  (await who.send('GET', '/same-persons')).json().items;
const part = async (who: Agent, why = reason) => {
  const [known] = await standing(first);
  return who.send('POST', `/same-persons/${known?.id}/end`, { reason: why });
};
const newest = async (who: Agent): Promise<ProposalWire | undefined> =>
  (await who.send('GET', '/proposals')).json().items[0];
const confirm = async (who: Agent) => who.send('POST', `/proposals/${(await newest(first))?.id}/confirm`);
const code = (answer: Awaited<ReturnType<Agent['send']>>) => [answer.statusCode, answer.json().code];

test('it waits for another administrator, who reads why and of whom; only then are they two', async () => {
  expect((await declare(first, pair)).statusCode).toBe(201);
  const asked = await part(first);
  expect([asked.statusCode, Object.keys(asked.json())]).toEqual([202, ['waits']]);
  expect(await standing(first)).toHaveLength(1);
  expect(await newest(second)).toMatchObject({
    ...{ matter: 'same-person-end', state: 'waits', reason, about: null },
    pair: [{ name: 'Head of claims' }, { name: 'Head of claims, second account' }],
    confirmers: [{ member: second.id }],
    abilities: { confirm: { allowed: true } },
  });
  expect(code(await part(second))).toEqual([409, 'conflict']);
  expect((await confirm(second)).json()).toMatchObject({ matter: 'same-person-end', link: null });
  expect(await standing(first)).toEqual([]);
  expect(code(await confirm(second))).toEqual([409, 'conflict']);
});

test('neither of the two proposes or confirms it, nor the one who proposed it, nor a program', async () => {
  await declare(first, pair);
  const [one, other] = pair;
  expect((await standing(first))[0]?.abilities.end).toEqual({ allowed: true });
  for (const who of [one, other]) {
    expect((await standing(who))[0]?.abilities.end).toMatchObject({ allowed: false });
    expect(code(await part(who))).toEqual([403, 'forbidden']);
  }
  expect((await standing(one))[0]?.abilities.end).toMatchObject({
    reason: 'This is about you, so other administrators take it back.',
  });
  expect((await part(first)).statusCode).toBe(202);
  const said = 'This is about who you are, so another person confirms it.';
  expect((await newest(one))?.abilities.confirm).toMatchObject({ allowed: false, reason: said });
  const token = await tokenAgent(server, here, ['admin']);
  for (const who of [one, other, first, token]) expect(code(await confirm(who))).toEqual([403, 'forbidden']);
  expect(await standing(first)).toHaveLength(1);
});

test('neither of the two declares it, which would take a second hand from what they propose', async () => {
  const [one] = pair;
  expect(code(await declare(one, pair))).toEqual([403, 'forbidden']);
  // Over a third account that is known to be theirs, neither.
  await declare(first, pair);
  expect(code(await declare(one, [pair[1], second]))).toEqual([403, 'forbidden']);
});

test('two pairs are parted by two proposals, and one that was parted meanwhile is confirmed by nobody', async () => {
  const others = [
    await signedIn(server, here, ['reader']),
    await signedIn(server, here, ['reader']),
  ] as const;
  await declare(first, pair);
  await declare(first, others);
  const [one, two] = await standing(first);
  for (const known of [one, two])
    expect((await first.send('POST', `/same-persons/${known?.id}/end`, { reason })).statusCode).toBe(202);
  const waiting: ProposalWire[] = (await second.send('GET', '/proposals')).json().items;
  const { rowCount } = await server.store.owner.query(
    'update same_person set ended_at = now() where id = $1',
    [one?.id],
  );
  expect(rowCount).toBe(1);
  const codes = await Promise.all(waiting.map(({ id }) => second.send('POST', `/proposals/${id}/confirm`)));
  expect(codes.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
  await server.store.owner.query('update same_person set ended_at = null where id = $1', [one?.id]);
});

test('where nobody else could confirm it, one does it alone, in writing, and everybody sees that', async () => {
  await declare(first, pair);
  await first.send('PATCH', `/members/${second.id}`, { active: false });
  const short = await part(first, 'Mistake');
  expect([short.statusCode, short.json().errors[0].at]).toEqual([422, 'reason']);
  expect((await part(first)).statusCode).toBe(200);
  expect(await newest(await signedIn(server, here, ['reader']))).toMatchObject({
    ...{ matter: 'same-person-end', state: 'alone', reason },
    pair: [{ name: 'Head of claims' }, { name: 'Head of claims, second account' }],
  });
});

test('the log holds what was proposed and why, and verifies', async () => {
  await declare(first, pair);
  await part(first);
  await confirm(second);
  await publish(server, signing);
  expect(await found(server, here)).toEqual([]);
});
