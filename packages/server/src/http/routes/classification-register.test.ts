import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { PlannedDutyWire, RegisterWire } from '@throughline/domain/wire-register.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

let server: TestServer;
let manager: Agent;
let reader: Agent;
let approver: Agent;
const cases = new Map(loadCatalogue().euAiAct.test_cases.map((one) => [one.id, one.facts]));

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

async function made(collection: string, fields: object, links: Record<string, string> = {}): Promise<string> {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record.id;
}
const aSystem = () => made('systems', { name: 'Credit scoring' });
const aUse = (system: string) =>
  made(
    'use-cases',
    { name: 'Scores of persons', purpose: 'Sorts applications', owner: manager.id },
    { system },
  );

/** A classification with the answers of a case, signed off by another person. */
async function signed(useCase: string, facts: string): Promise<string> {
  const id = await made('classifications', { name: 'EU AI Act', scheme: 'eu-ai-act' }, { useCase });
  await answer(id, facts);
  await approve(id);
  return id;
}
async function answer(id: string, facts: string): Promise<void> {
  const { version } = (await manager.send('GET', `/classifications/${id}`)).json();
  const kept = await manager.send(
    'PUT',
    `/classifications/${id}/interview`,
    { answers: cases.get(facts) ?? {} },
    ifMatch(version),
  );
  expect(kept.statusCode, kept.body).toBe(200);
}
async function concluded(at: string): Promise<void> {
  const { version, state } = (await manager.send('GET', at)).json();
  if (state !== 'open') return;
  const done = await manager.send('POST', `${at}/transitions`, { transition: 'conclude' }, ifMatch(version));
  expect(done.statusCode, done.body).toBe(200);
}
async function approve(id: string): Promise<void> {
  await concluded(`/classifications/${id}`);
  const { version, proof } = (await approver.send('GET', `/classifications/${id}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const done = await approver.send('POST', `/classifications/${id}/approvals`, act);
  expect(done.statusCode, done.body).toBeLessThan(300);
}
const at = (id: string) => `/classifications/${id}/obligations`;
const planOf = async (id: string): Promise<RegisterWire> => (await manager.send('GET', at(id))).json();
const write = async (id: string): Promise<RegisterWire> => {
  const done = await manager.send('POST', at(id), {});
  expect(done.statusCode, done.body).toBe(200);
  return done.json();
};
const doing = (plan: RegisterWire) => [...new Set(plan.duties.map(({ does }) => does))].sort();
const duty = (plan: RegisterWire, item: string): PlannedDutyWire | undefined =>
  plan.duties.find((one) => one.item === item);
const inRegister = async (system: string) =>
  (await manager.send('GET', `/obligations?system=${system}&limit=200`)).json().items;

test('what follows from a signed-off outcome goes into the register in one act, each with day, article and what shows it', async () => {
  const system = await aSystem();
  const id = await signed(await aUse(system), 'TC45');
  const before = await planOf(id);
  expect(before).toMatchObject({ notYet: null, fellAway: [] });
  expect(doing(before)).toEqual(['add']);
  const after = await write(id);
  expect(doing(after)).toEqual(['stand']);
  expect(after.duties.map(({ item }) => item)).toEqual(before.duties.map(({ item }) => item));
  const rows = await inRegister(system);
  expect(rows).toHaveLength(before.duties.length);
  const fria = duty(after, 'OB-27');
  const record = (await manager.send('GET', `/obligations/${fria?.record?.id}`)).json();
  expect(record.fields).toMatchObject({
    source: 'law',
    act: 'Regulation (EU) 2024/1689',
    provision: 'Art. 27',
    item: 'OB-27',
    appliesFrom: '2027-12-02',
    owner: manager.id,
  });
  expect(record.fields.content).toMatch(/Shown by: .*impact assessment/);
  expect(record.fields).not.toHaveProperty('metOn');
});

test('a second run, and a second use of the system, write nothing twice', async () => {
  const system = await aSystem();
  const first = await signed(await aUse(system), 'TC45');
  await write(first);
  const once = await inRegister(system);
  expect(doing(await write(first))).toEqual(['stand']);
  const second = await signed(await aUse(system), 'TC45');
  expect(doing(await write(second))).toEqual(['stand']);
  expect(await inRegister(system)).toHaveLength(once.length);
});

test('each duty names the classes it was written from, and says on the line when none of them stands', async () => {
  const running = { fields: { name: 'Scores' }, links: {}, state: 'operation-monitoring' };
  const { id: system } = await madeIn(server, manager, 'systems', running);
  const first = await signed(await aUse(system), 'TC45');
  const item = duty(await write(first), 'OB-27')?.record?.id ?? '';
  const read = async () => (await manager.send('GET', `/obligations/${item}`)).json();
  const idsOf = (one: { links: { followsFrom?: { id: string }[] } }) =>
    (one.links.followsFrom ?? []).map(({ id }) => id).sort();
  expect(idsOf(await read())).toEqual([first]);
  const { version } = await read();
  await write(first);
  expect((await read()).version).toBe(version);
  const second = await signed(await aUse(system), 'TC45');
  await write(second);
  expect(idsOf(await read())).toEqual([first, second].sort());

  const fallen = async () => {
    const { stations } = (await manager.send('GET', `/systems/${system}/trace`)).json();
    const gaps = stations.flatMap(
      (station: { gaps: { rule: string; sentence: unknown[] }[] }) => station.gaps,
    );
    return gaps.filter(
      (gap: { rule: string; sentence: unknown[] }) =>
        gap.rule === 'CL8' && gap.sentence.some((part) => String(part).includes('written from')),
    ).length;
  };
  const withdraw = async (id: string) => {
    const { version: at, proof } = (await approver.send('GET', `/classifications/${id}`)).json();
    const act = { act: 'withdraw', reason: 'A wrong answer', version: at, digest: proof.digest };
    const done = await approver.send('POST', `/classifications/${id}/approvals`, act);
    expect(done.statusCode, done.body).toBeLessThan(300);
  };
  await withdraw(first);
  expect(await fallen()).toBe(0);
  await withdraw(second);
  expect(await fallen()).toBe(1);
});

test('of two classes that contradict each other the stricter leads to the duties, until one of them is withdrawn', async () => {
  const running = { fields: { name: 'Scores', legalOverlay: ['eu-ai-act'] }, links: {} };
  const { id: system } = await madeIn(server, manager, 'systems', running);
  const useCase = await aUse(system);
  const strict = await signed(useCase, 'TC45');
  const alone = await write(strict);
  const mild = await signed(useCase, 'TC01');
  // Asked from either, nothing falls away, and the milder adds nothing of its own that the stricter has not.
  for (const id of [strict, mild]) {
    const plan = await planOf(id);
    expect(plan.fellAway).toEqual([]);
    expect(plan.duties.map(({ item }) => item)).toEqual(
      expect.arrayContaining(alone.duties.map(({ item }) => item)),
    );
  }
  const inLaw = async () => {
    const { schemes } = (await manager.send('GET', `/use-cases/${useCase}/classes`)).json();
    return schemes.find((one: { method: string }) => one.method === 'law');
  };
  expect(await inLaw()).toMatchObject({ apart: true });

  // What another person signed off is taken away by no step and by no archiving, least of all by who wrote it.
  const { version, proof, transitions, abilities } = (
    await manager.send('GET', `/classifications/${strict}`)
  ).json();
  const step = { transition: 'withdraw' };
  const at = `/classifications/${strict}`;
  const stepped = () => manager.send('POST', `${at}/transitions`, step, ifMatch(version));
  const archived = () => manager.send('POST', `${at}/archive`, {}, ifMatch(version));
  for (const refused of [await stepped(), await archived()])
    expect([refused.statusCode, refused.json().detail]).toEqual([
      409,
      expect.stringContaining('Withdraw that first, with a reason'),
    ]);
  const act = { act: 'withdraw', reason: 'An answer was guessed', version, digest: proof.digest };
  const own = await manager.send('POST', `${at}/approvals`, act);
  expect([own.statusCode, own.json().detail]).toEqual([403, expect.stringContaining('You wrote this')]);
  const offered = transitions.find(({ name }: { name: string }) => name === 'withdraw');
  for (const ability of [offered.ability, abilities.archive, abilities.withdraw])
    expect(ability).toMatchObject({ allowed: false });

  expect((await approver.send('POST', `${at}/approvals`, act)).statusCode).toBeLessThan(300);
  expect((await stepped()).statusCode).toBe(200);
  expect(await inLaw()).toMatchObject({ apart: false });
  expect((await planOf(mild)).fellAway.map(({ item }) => item)).toContain('OB-27');
});

test('two people who write at once write each duty once', async () => {
  const system = await aSystem();
  const id = await signed(await aUse(system), 'TC45');
  const [one, other] = await Promise.all([write(id), write(id)]);
  expect(one.duties.length).toBeGreaterThan(5);
  expect(await inRegister(system)).toHaveLength(one.duties.length);
  expect(doing(other)).toEqual(['stand']);
});

test('a day that somebody wrote otherwise is moved to that of the law, and said before', async () => {
  const system = await aSystem();
  const byHand = await made(
    'obligations',
    { name: 'Rights', source: 'law', item: 'OB-27', appliesFrom: '2026-08-02' },
    { system },
  );
  const id = await signed(await aUse(system), 'TC45');
  expect(duty(await planOf(id), 'OB-27')).toMatchObject({ does: 'move', before: '2026-08-02' });
  // Whoever it was: others signed off the class that leads to the later day.
  const colleague = await signedIn(server, manager.organisation, ['aims-manager']);
  const later = { fields: { appliesFrom: '2027-12-02' } };
  const byForm = await colleague.send('PATCH', `/obligations/${byHand}`, later, ifMatch(1));
  expect(byForm.statusCode, byForm.body).toBe(422);
  const written = await colleague.send('POST', at(id), {});
  expect(written.statusCode, written.body).toBe(200);
  const record = (await manager.send('GET', `/obligations/${byHand}`)).json();
  expect(record).toMatchObject({ version: 2, fields: { name: 'Rights', appliesFrom: '2027-12-02' } });
});

test('what no outcome leads to any more is named and left for a person to end', async () => {
  const system = await aSystem();
  const id = await signed(await aUse(system), 'TC45');
  await write(id);
  const all = await inRegister(system);
  await answer(id, 'TC46');
  // The new answers are not signed off: the outcome in force is still the old one.
  expect((await planOf(id)).fellAway).toEqual([]);
  await approve(id);
  const plan = await planOf(id);
  const standing = plan.duties.filter(({ record }) => record !== null);
  expect(plan.fellAway.length).toBeGreaterThan(0);
  expect(plan.fellAway.length + standing.length).toBe(all.length);
  await write(id);
  const [fallen] = plan.fellAway;
  expect((await manager.send('GET', `/obligations/${fallen?.record.id}`)).json().state).toBe('taken-on');
});

test('nothing is written before the sign-off, after it was withdrawn, or once the use changed under it', async () => {
  const system = await aSystem();
  const useCase = await aUse(system);
  const open = await made('classifications', { name: 'EU AI Act', scheme: 'eu-ai-act' }, { useCase });
  await answer(open, 'TC45');
  expect((await manager.send('POST', at(open), {})).statusCode).toBe(409);
  expect((await planOf(open)).notYet).toContain('not signed off');
  await approve(open);
  expect((await planOf(open)).notYet).toBeNull();
  const changed = await manager.send(
    'PATCH',
    `/use-cases/${useCase}`,
    { fields: { purpose: 'Decides applications' } },
    ifMatch(1),
  );
  expect(changed.statusCode, changed.body).toBe(200);
  expect((await planOf(open)).notYet).toContain('changed after the sign-off');
  const refused = await manager.send('POST', at(open), {});
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toContain('Classify again');
  expect(await inRegister(system)).toEqual([]);
});

test('who only reads sees the plan and writes nothing; another scheme has none', async () => {
  const useCase = await aUse(await aSystem());
  const id = await signed(useCase, 'TC45');
  expect((await reader.send('GET', at(id))).statusCode).toBe(200);
  expect((await reader.send('POST', at(id), {})).statusCode).toBe(403);
  const own = await made('classifications', { name: 'Own', scheme: 'own-tier' }, { useCase });
  expect((await manager.send('GET', at(own))).statusCode).toBe(409);
});

test('a duty that a signed-off class leads to is not ended or archived, and binds whatever is written over it', async () => {
  const running = {
    fields: { name: 'Scores', legalOverlay: ['eu-ai-act'] },
    links: {},
    state: 'operation-monitoring',
  };
  const { id: system } = await madeIn(server, manager, 'systems', running);
  const id = await signed(await aUse(system), 'TC45');
  const literacy = duty(await write(id), 'OB-4')?.record?.id ?? '';
  const versionOf = async () => (await manager.send('GET', `/obligations/${literacy}`)).json().version;
  const take = async (path: string, body: object) =>
    manager.send('POST', `/obligations/${literacy}/${path}`, body, ifMatch(await versionOf()));
  const ending = {
    transition: 'end',
    fields: { appliesTo: '2026-01-01', endReason: 'It was repealed then.' },
  };
  for (const refused of [await take('transitions', ending), await take('archive', {})]) {
    expect(refused.statusCode, refused.body).toBe(409);
    expect(refused.body).toMatch(/leads to this duty, so it stays/);
  }
  const said = async (): Promise<string[]> => {
    const { stations } = (await manager.send('GET', `/systems/${system}/trace`)).json();
    return stations
      .flatMap((station: { gaps: { rule: string; sentence: unknown[] }[] }) => station.gaps)
      .filter((gap: { rule: string }) => gap.rule === 'CL8')
      .map((gap: { sentence: unknown[] }) =>
        gap.sentence.filter((part) => typeof part === 'string').join('…'),
      );
  };
  expect((await said()).filter((one) => /not kept as law|not in the register/.test(one))).toEqual([]);
  const edited = async (fields: object) =>
    manager.send('PATCH', `/obligations/${literacy}`, { fields }, ifMatch(await versionOf()));
  const edit = async (fields: object) => expect((await edited(fields)).statusCode).toBe(200);
  expect((await edited({ source: 'advice' })).json().errors).toMatchObject([{ at: 'fields.source' }]);
  await edit({ appliesTo: '2026-01-01' });
  expect(await said()).toContainEqual(expect.stringMatching(/not kept as law in force/));
  await edit({ appliesTo: null, item: null });
  expect(await said()).toContainEqual(expect.stringMatching(/not in the register: Art\. 4\./));

  // Another class, signed off by somebody else, is what ends a duty.
  await edit({ item: 'OB-4' });
  await answer(id, 'TC01');
  await approve(id);
  expect((await take('transitions', ending)).statusCode).toBe(200);
});

test('a duty is seen to with itself by no way round', async () => {
  const system = await aSystem();
  const [one, other] = [
    await made('obligations', { name: 'Literacy', source: 'law', item: 'OB-4' }, { system }),
    await made('obligations', { name: 'Literacy of the house', source: 'house', item: 'OB-4' }, { system }),
  ];
  const refer = async (from: string, to: string) => {
    const { version } = (await manager.send('GET', `/obligations/${from}`)).json();
    return manager.send(
      'PATCH',
      `/obligations/${from}`,
      { links: { refersTo: { set: [to] } } },
      ifMatch(version),
    );
  };
  expect((await refer(one, one)).statusCode).toBe(422);
  expect((await refer(one, other)).statusCode).toBe(200);
  expect((await refer(other, one)).statusCode).toBe(422);
});

test('nor is a duty of the whole organisation while a class of any system that rests on it leads to it', async () => {
  const shared = { name: 'AI literacy everywhere', source: 'law', item: 'OB-4' };
  const [system, other] = [await aSystem(), await aSystem()];
  await signed(await aUse(system), 'TC45');
  const all = await made('obligations', shared);
  const elsewhere = await made('obligations', shared, { concerns: other });
  const end = async (id: string) => {
    const { version } = (await manager.send('GET', `/obligations/${id}`)).json();
    const said = { appliesTo: '2026-01-01', endReason: 'It was repealed then.' };
    const body = { transition: 'end', fields: said };
    return manager.send('POST', `/obligations/${id}/transitions`, body, ifMatch(version));
  };
  // That of a system to which no class leads is ended; that of all is not, by whatever door.
  expect((await end(elsewhere)).statusCode).toBe(200);
  const refused = await end(all);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringMatching(/^CLS-\d+ leads to this duty, so it stays/),
  ]);
  const archived = await manager.send('POST', `/obligations/${all}/archive`, {}, ifMatch(1));
  expect(archived.statusCode, archived.body).toBe(409);
  // Another record for all holds the duty as well, so that one of the two may go.
  const twin = await made('obligations', shared);
  expect((await end(all)).statusCode).toBe(200);
  expect((await end(twin)).statusCode).toBe(409);
  // What is no law, and law that no class leads to, is anybody's to end.
  for (const fields of [
    { ...shared, source: 'house' },
    { ...shared, item: 'OB-53-a' },
  ])
    expect((await end(await made('obligations', fields))).statusCode).toBe(200);
});
