import type { GateConditionWire, GateCriterionWire } from '@throughline/domain/wire-gates.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeUse } from '../../../test/whole.ts';
import { addWaiver } from '../../store/duty-waivers.ts';
import { joinMembers } from '../../store/identities.ts';

let server: TestServer;
let manager: Agent;
let decider: Agent;
let owner: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  decider = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Decider' });
  owner = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Sees to it' });
});
afterAll(() => closeUnfailed(server));

const read = async (at: string) => (await manager.send('GET', at)).json();
const asServer = () => ({
  ...{ organisation: manager.organisation, actor: { type: 'rule', rule: 'test' } as const },
  ...{ at: server.services.clock(), because: null, request: null },
});
const home = (id: string) => linked({ system: id });
const asked = (criteria: readonly GateCriterionWire[], key: string) =>
  criteria.find((one) => one.key === key)?.text ?? '';

/** The approval of a use case, passed with UC1 (no use yet) and a person's word as conditions that `owner` sees to. */
async function passedGate() {
  const system = await madeIn(server, manager, 'systems', { fields: { name: 'Triage' }, links: {} });
  const decision = { verdict: 'pass-with-conditions', conditions: 'What is open is put right by its day.' };
  const fields = {
    ...{ name: 'Gate', type: 'use-case-approval', ...decision },
    ...{ requestedBy: manager.id, decidedBy: decider.id, decidedOn: inDays(server, 0) },
  };
  const at = `/gates/${(await madeIn(server, manager, 'gates', { fields, links: home(system.id) })).ref}`;
  const take = async () =>
    manager.send('PUT', `${at}/criteria`, undefined, ifMatch((await read(at)).version));
  const criteria: GateCriterionWire[] = (await take()).json().criteria;
  const follows = {
    answerToMiss: 'It is put right in time.',
    missOwner: owner.id,
    missBy: inDays(server, 30),
  };
  const answers = criteria.flatMap(({ key, text, finding }): object[] => {
    if (finding === 'met' || finding === 'does-not-apply') return [];
    return finding === 'not-met' || key === 'use-case-approval: need'
      ? [{ key, criterion: text, answer: 'not-met', ...follows, checked: 'The paper was read through.' }]
      : [{ key, criterion: text, answer: 'met', checked: 'The record was read through.' }];
  });
  const kept = await manager.send('PATCH', `${at}/criteria`, { answers }, ifMatch((await read(at)).version));
  expect(kept.json().obstacles).toEqual([]);
  return { at, system, take, line: asked(criteria, 'UC1'), word: asked(criteria, 'use-case-approval: need') };
}
async function pass(at: string): Promise<void> {
  const { version, proof } = await read(at);
  const act = { act: 'approve', version, digest: proof.digest };
  const approved = await decider.send('POST', `${at}/approvals`, act);
  expect(approved.statusCode, approved.body).toBeLessThan(300);
  const on = ifMatch((await read(at)).version);
  const moved = await decider.send('POST', `${at}/transitions`, { transition: 'pass' }, on);
  expect(moved.statusCode, moved.body).toBe(200);
}
const fulfilled = async (by: Agent, at: string, criteria: readonly string[]) => {
  const row = { fulfilledOn: inDays(server, 0), how: 'It was done as it was asked.' };
  const fulfilments = criteria.map((criterion) => ({ criterion, ...row }));
  return by.send('PATCH', at, { fields: { fulfilments } }, ifMatch((await read(at)).version));
};
const listed = async (by: Agent, system: string, criterion: string): Promise<GateConditionWire> =>
  (await by.send('GET', `/systems/${system}/gates`))
    .json()
    .conditions.find((one: GateConditionWire) => one.criterion === criterion);

test('a condition is called fulfilled by neither its owner nor who asked, and only once the line holds', async () => {
  const { at, system, line, word } = await passedGate();
  await pass(at);
  const twin = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Another account' });
  await server.services.store.change(asServer(), (write) => joinMembers(write, owner.id, twin.id));
  for (const by of [manager, owner, twin])
    for (const criterion of [line, word]) {
      const own = await fulfilled(by, at, [criterion]);
      expect([own.statusCode, own.json().errors?.[0]?.at]).toEqual([403, 'fields.fulfilments.0']);
      expect(own.json().detail).toContain('is the word of another person than the one who sees to it');
      expect(own.json().facts.people).toContainEqual({ id: decider.id, name: 'Decider' });
      expect(own.json().facts.people.map(({ id }: { id: string }) => id)).not.toContain(by.id);
    }
  const early = await fulfilled(decider, at, [word, line]);
  expect([early.statusCode, early.json().errors?.[0]?.at]).toEqual([409, 'fields.fulfilments.1']);
  expect(early.json().detail).toContain(
    `is not fulfilled by what is on record: ${system.ref} has no use case`,
  );
  expect((await fulfilled(decider, at, [word])).statusCode).toBe(200);
  await madeIn(server, manager, 'use-cases', {
    fields: {
      name: 'Sorting of claims',
      ...wholeUse,
      foreseeableMisuse: 'Refusing unread',
      prohibitedUses: 'Refusals',
    },
    links: home(system.id),
  });
  // What another person said already stays theirs; a word more is a word of whoever writes it.
  expect((await fulfilled(owner, at, [word, line])).statusCode).toBe(403);
  const done = await fulfilled(decider, at, [word, line]);
  expect(done.statusCode, done.body).toBe(200);
  const how = 'It was done as it was asked.';
  expect(await listed(manager, system.ref, line)).toMatchObject({
    ...{ fulfilledOn: inDays(server, 0), how, over: false, people: [], action: null },
  });
});

test('neither undoing nor other words make a fulfilment theirs who see to it or asked', async () => {
  const { at, word } = await passedGate();
  await pass(at);
  expect((await fulfilled(decider, at, [word])).statusCode).toBe(200);
  expect((await fulfilled(owner, at, [])).statusCode).toBe(200);
  const { version } = await read(at);
  const undone = await manager.send('POST', `${at}/undo`, { version });
  expect([undone.statusCode, undone.json().detail]).toEqual([403, expect.stringMatching(/another person/)]);
  expect((await fulfilled(decider, at, [word])).statusCode).toBe(200);
  const said = (await read(at)).fields.fulfilments;
  const other = said.map((row: object) => ({ ...row, how: 'It was done in another way.' }));
  const reworded = await owner.send(
    'PATCH',
    at,
    { fields: { fulfilments: other } },
    ifMatch((await read(at)).version),
  );
  expect(reworded.statusCode).toBe(403);
});

test('the page of a condition says who could call it fulfilled, and offers it to them alone', async () => {
  const { at, system, line } = await passedGate();
  await pass(at);
  const theirs = await listed(decider, system.ref, line);
  expect(theirs).toMatchObject({ owner: 'Sees to it', fulfilledOn: null, action: { do: { type: 'edit' } } });
  expect(theirs.people).toContain('Decider');
  expect(theirs.people).not.toContain('Sees to it');
  for (const by of [owner, manager]) expect((await listed(by, system.ref, line)).action).toBeNull();
});

test('what was called fulfilled before the gate was passed passes nothing', async () => {
  const { at, take, line } = await passedGate();
  expect((await fulfilled(manager, at, [line])).statusCode).toBe(200);
  const { obstacles } = await read(`${at}/criteria`);
  expect(obstacles.join(' ')).toContain('What was fulfilled belongs to an earlier decision.');
  const { version, proof } = await read(at);
  const act = { act: 'approve', version, digest: proof.digest };
  expect((await decider.send('POST', `${at}/approvals`, act)).statusCode).toBe(409);
  expect((await take()).json().obstacles).toEqual([]);
  expect((await read(at)).fields.fulfilments ?? null).toBeNull();
  await pass(at);
});

test('a waiver in writing lets who sees to a condition say so, and nobody who asked for the gate', async () => {
  const { at, word } = await passedGate();
  await pass(at);
  expect((await fulfilled(owner, at, [word])).statusCode).toBe(403);
  const waiver = { reason: 'There are two of us here.', by: decider.id, onBehalfOf: null };
  await server.services.store.change(asServer(), (write) =>
    addWaiver(write, { ...waiver, lastDay: inDays(server, 30) }),
  );
  expect((await fulfilled(manager, at, [word])).statusCode).toBe(403);
  expect((await fulfilled(owner, at, [word])).statusCode).toBe(200);
});
