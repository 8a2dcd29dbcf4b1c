import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  byTwoHands,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  startedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { ownRules } from '../../../test/own-rules.ts';
import { changeOrganisation, organisationSettings } from '../../store/organisations.ts';

let server: TestServer;
let admin: Agent;
let manager: Agent;
let reader: Agent;
let credit: string;
let other: string;
const { euAiAct: law } = loadCatalogue();
const cases = new Map(law.test_cases.map((one) => [one.id, one.facts]));
const version = law.meta.rule_set_version;
const rules = '/classification/rules';

/** The rules of this release with one obligation from another day, under another version. */
const later = JSON.stringify({
  ...law,
  meta: { ...law.meta, rule_set_version: 'later' },
  obligations: law.obligations.map((one) =>
    one.id === 'OB-27' ? { ...one, from: { ...one.from, annex_iii: '2028-06-01' } } : one,
  ),
});
/** Rules under which a use that is listed in Annex III is no more than any other. */
const fewer = { ...law, rules: law.rules.filter(({ set }) => !set.includes('high_risk_annex_iii')) };
const milder = ownRules(fewer, 'milder', '2026-11-21');

beforeAll(async () => {
  ({ server, admin, manager, reader } = await staffedServer());
  const system = await made('systems', { name: 'Credit scoring' });
  const useCase = await made('use-cases', { name: 'Scores of persons' }, { system });
  const aClass = () => made('classifications', { name: 'EU AI Act', scheme: 'eu-ai-act' }, { useCase });
  credit = await aClass();
  other = await aClass();
  await answer(credit, 'TC45');
  await answer(other, 'TC58');
  // Neither answered nor classified: there is nothing to hold against other rules.
  await aClass();
});
afterAll(() => closeUnfailed(server));

async function made(collection: string, fields: object, links: Record<string, string> = {}): Promise<string> {
  const done = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(done.statusCode, done.body).toBe(201);
  return done.json().record.id;
}
async function answer(id: string, facts: string): Promise<void> {
  const sent = { answers: cases.get(facts) ?? {} };
  const kept = await manager.send('PUT', `/classifications/${id}/interview`, sent, ifMatch(1));
  expect(kept.statusCode, kept.body).toBe(200);
}
const compare = async (text?: string) => {
  const done = await reader.send('POST', `${rules}/compare`, text === undefined ? {} : { rules: text });
  expect(done.statusCode, done.body).toBe(200);
  return done.json();
};
const propose = (body: object, who = manager) => who.send('PUT', rules, body);
/** Proposed by one, confirmed by another. */
const adopt = (body: object, who = manager) => byTwoHands(propose(body, who), admin, rules);
const inForce = async () => (await reader.send('GET', rules)).json().inForce.version;
const proposed = async (who = manager) => {
  const { items } = (await who.send('GET', '/proposals')).json();
  return items.find((one: { matter: string }) => one.matter === 'classification-rules');
};
const interview = async (id: string) =>
  (await manager.send('GET', `/classifications/${id}/interview`)).json();

test('the rules of the release are in force until others are adopted, and change nothing', async () => {
  expect((await reader.send('GET', rules)).json()).toMatchObject({
    inForce: { version },
    adopted: null,
    release: version,
    abilities: { adopt: { allowed: false } },
  });
  expect(await compare()).toEqual({
    inForce: version,
    candidate: version,
    looked: 2,
    changed: [],
    cases: [],
  });
});

test('before rules are adopted, each stored result that they change is named, with what changes in words', async () => {
  const compared = await compare(milder);
  expect(compared).toMatchObject({ inForce: version, candidate: 'milder', looked: 2 });
  expect(compared.changed).toHaveLength(1);
  const [change] = compared.changed;
  expect(change.record).toMatchObject({ id: credit, kind: 'classification' });
  expect(change.before).toContain('High-risk, Annex III');
  expect(change.after).not.toContain('High-risk, Annex III');
  expect(change.says[0]).toMatch(/^The outcome changes from "High-risk, Annex III/);
  expect(change.says.join()).toMatch(/\d+ obligations fall away: Art\. 8; Art\. 9; /);
  const [moved] = (await compare(later)).changed;
  expect(moved.says).toEqual([expect.stringMatching(/^Art\. 27 .* moves from 2027-12-02 to 2028-06-01\.$/)]);
  // So is each test case that expects something else.
  expect(compared.cases).toContainEqual(
    expect.objectContaining({
      id: 'TC45',
      before: expect.arrayContaining(['High-risk, Annex III']),
      after: expect.not.arrayContaining(['High-risk, Annex III']),
    }),
  );
  // Nothing that is stored changed by looking.
  expect(await interview(credit)).toMatchObject({ version: 2, differs: false, keptRuleSet: version });
});

test('the comparison leaves as a file, one row for each result that changes', async () => {
  const ask = (who: Agent, format: string) =>
    who.send('POST', `${rules}/compare/export?format=${format}`, { rules: milder });
  const csv = await ask(manager, 'csv');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="rules-milder.csv"');
  const lines = csv.body.trim().split('\r\n');
  expect(lines[1]).toContain('The outcome changes from');
  expect(lines[2]).toMatch(/^Test case TC\d+,/);
  expect(csv.body).toContain('Test case TC45,');
  const book = await ask(manager, 'xlsx');
  expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK');
  expect((await ask(manager, 'pdf')).statusCode).toBe(422);
});

test('other rules wait for another person, with what they change, and one hand alone never puts them in force', async () => {
  const done = await propose({ rules: milder, version: 'milder', reason: 'The list was shortened' });
  expect([done.statusCode, Object.keys(done.json())]).toEqual([202, ['waits']]);
  expect(await inForce()).toBe(version);
  expect(await interview(credit)).toMatchObject({ differs: false });
  const waits = await proposed(reader);
  expect(waits).toMatchObject({
    state: 'waits',
    by: { member: manager.id },
    reason: 'The list was shortened',
    rules: { version: 'milder', inForce: version, looked: 2, changed: 1 },
    confirmers: [{ member: admin.id }],
  });
  expect(waits.rules.cases).toContain('TC45');
  const kept = await admin.send('GET', `/blobs/${waits.rules.comparison}`);
  expect(kept.body).toContain('The outcome changes from');
  expect((await admin.send('GET', `/blobs/${waits.rules.file}`)).body).toBe(milder);
  // Neither whoever proposed it nor whoever only reads is the second hand, and nothing else is proposed beside it.
  const confirm = (who: Agent) => who.send('POST', `/proposals/${waits.id}/confirm`);
  expect((await confirm(manager)).statusCode).toBe(403);
  expect((await confirm(reader)).statusCode).toBe(403);
  expect((await propose({ rules: later, version: 'later' })).statusCode).toBe(409);
  expect(await inForce()).toBe(version);
  const end = { reason: 'The list stands as it is' };
  expect((await admin.send('POST', `/proposals/${waits.id}/end`, end)).statusCode).toBe(200);
  expect(await proposed()).toMatchObject({ state: 'refused' });
  expect((await confirm(admin)).statusCode).toBe(409);
  expect(await inForce()).toBe(version);
});

const operating = () =>
  ({
    organisation: manager.organisation,
    actor: { type: 'rule', rule: 'test' },
    at: server.services.clock(),
    because: null,
    request: null,
  }) as const;

test('rules compared with others than are in force by now are not confirmed', async () => {
  const { waits } = (await propose({ rules: later, version: 'later' })).json();
  const law = { version: 'gone', file: waits, by: admin.id, confirmedBy: null, at: new Date().toISOString() };
  const settle = (next: typeof law | null) =>
    server.store.change(operating(), async (write) => {
      const before = await organisationSettings(write);
      await changeOrganisation(write, { ...before, classification: { law: next } }, ['classification']);
    });
  const { file } = (await proposed()).rules;
  await settle({ ...law, file });
  const stale = await admin.send('POST', `/proposals/${waits}/confirm`);
  expect([stale.statusCode, stale.json().code]).toEqual([412, 'changed']);
  await settle(null);
  expect((await admin.send('POST', `/proposals/${waits}/confirm`)).statusCode).toBe(200);
  expect(await inForce()).toBe('later');
  expect((await adopt({ version, follow: true })).json()).toMatchObject({ adopted: null });
});

test('where nobody else could confirm it one does it alone, in writing, and everybody reads that', async () => {
  const small = await startedServer();
  try {
    const alone = (body: object) =>
      small.admin.send('PUT', rules, { rules: milder, version: 'milder', ...body });
    const unsaid = await alone({});
    expect([unsaid.statusCode, unsaid.json().errors[0].at]).toEqual([422, 'reason']);
    const done = await alone({ reason: 'There is nobody else here yet' });
    expect(done.statusCode, done.body.slice(0, 300)).toBe(200);
    expect(done.json()).toMatchObject({
      inForce: { version: 'milder' },
      adopted: { by: { id: small.admin.id }, confirmedBy: null },
    });
    expect(await proposed(small.admin)).toMatchObject({ state: 'alone', rules: { version: 'milder' } });
    // What is in force already is proposed by nobody.
    expect((await alone({})).statusCode).toBe(200);
  } finally {
    await closeUnfailed(small.server);
  }
});

test('adopted rules are those of the interview and of what follows; stored results stay until they are kept again', async () => {
  const done = await adopt({ rules: milder, version: 'milder', reason: 'The list was shortened' });
  expect(done.statusCode, done.body).toBe(200);
  expect(done.json()).toMatchObject({
    inForce: { version: 'milder' },
    adopted: { by: { id: manager.id, name: 'AIMS manager' }, confirmedBy: { id: admin.id } },
    release: version,
  });
  const now = await interview(credit);
  expect(now).toMatchObject({
    version: 2,
    differs: true,
    keptRuleSet: version,
    result: { ruleSet: 'milder' },
  });
  const record = (await manager.send('GET', `/classifications/${credit}`)).json();
  expect(record.fields.outcomes).toContain('high-risk-annex-iii');
  expect(await interview(other)).toMatchObject({ differs: false });
  const evaluated = await reader.send('POST', '/classification/evaluate', { answers: cases.get('TC45') });
  expect(evaluated.json()).toMatchObject({ ruleSet: 'milder' });
  // Back to those of the release, kept for good; then along with each release.
  const [back] = (await compare()).changed;
  expect(back.after).toEqual(back.before);
  expect(back.says.join()).toMatch(/\d+ obligations come in: Art\. 8; Art\. 9; /);
  expect((await adopt({ version })).json()).toMatchObject({
    inForce: { version },
    adopted: { at: expect.any(String) },
  });
  expect((await adopt({ version, follow: true })).json()).toMatchObject({ adopted: null });
  expect(await interview(credit)).toMatchObject({ differs: false, result: { ruleSet: version } });
});

test('what somebody adopts is what they compared', async () => {
  const stale = await adopt({ rules: later, version: 'milder' });
  expect(stale.statusCode).toBe(412);
  expect((await manager.send('GET', rules)).json()).toMatchObject({ adopted: null });
});

test('a version names one text for good, of this release or of what was adopted before', async () => {
  const named = (as: string, title: string) =>
    JSON.stringify({
      ...law,
      meta: { ...law.meta, rule_set_version: as },
      obligations: law.obligations.map((one) => (one.id === 'OB-4' ? { ...one, title } : one)),
    });
  const other = async (text: string, as: string) => {
    const refused = await adopt({ rules: text, version: as });
    expect(refused.statusCode, refused.body.slice(0, 300)).toBe(422);
    expect(refused.json().errors[0]).toMatchObject({ at: 'rules.meta.rule_set_version' });
  };
  await other(named(version, 'Of another mind'), version);
  expect((await adopt({ rules: named('own 1', 'First'), version: 'own 1' })).statusCode).toBe(200);
  await other(named('own 1', 'Second'), 'own 1');
  expect((await adopt({ version, follow: true })).statusCode).toBe(200);
  await other(named('own 1', 'Second'), 'own 1');
  expect((await adopt({ rules: named('own 1', 'First'), version: 'own 1' })).statusCode).toBe(200);
  expect((await adopt({ version, follow: true })).statusCode).toBe(200);
});

test.each([
  ['no rules at all', 'hello', 'rules.'],
  ['rules that ask for what nobody is asked', JSON.stringify({ ...law, conditions: {} }), 'rules.'],
  [
    'rules that do not lead to their own cases',
    JSON.stringify({ ...law, rules: law.rules.filter(({ set }) => !set.includes('prohibited')) }),
    'rules.test_cases',
  ],
  ['rules without test cases', JSON.stringify({ ...law, test_cases: [] }), 'rules.test_cases'],
  [
    'rules that ask a case with other facts',
    JSON.stringify({
      ...law,
      test_cases: law.test_cases.map((one) => (one.id === 'TC45' ? { ...one, facts: {} } : one)),
    }),
    'rules.test_cases',
  ],
  ['a text of brackets alone', '['.repeat(20_000), 'rules'],
])('%s are refused with what is wrong, and nothing is adopted', async (_name, text, at) => {
  for (const refused of [
    await manager.send('POST', `${rules}/compare`, { rules: text }),
    await adopt({ rules: text, version }),
  ]) {
    expect(refused.statusCode, refused.body.slice(0, 300)).toBe(422);
    expect(refused.json().errors[0].at).toContain(at);
  }
  expect((await manager.send('GET', rules)).json()).toMatchObject({ adopted: null });
});

test('who keeps the settings adopts rules, in person', async () => {
  expect((await adopt({ version }, reader)).statusCode).toBe(403);
  const owner = await signedIn(server, manager.organisation, ['system-owner']);
  expect((await adopt({ version }, owner)).statusCode).toBe(403);
  const token = await tokenAgent(server, manager.organisation, ['aims-manager']);
  expect((await adopt({ version }, token)).statusCode).toBe(403);
});
