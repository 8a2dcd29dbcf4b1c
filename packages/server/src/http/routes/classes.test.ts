import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type {
  DueClassesWire,
  SchemeTableWire,
  TierComparisonWire,
  UseClassesWire,
} from '@throughline/domain/wire-classes.ts';
import type { HomeWire } from '@throughline/domain/wire-pages.ts';
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

let server: TestServer;
let manager: Agent;
let reader: Agent;
let approver: Agent;
let scheme: string;
const cases = new Map(loadCatalogue().euAiAct.test_cases.map((one) => [one.id, one.facts]));

const levels = [
  { level: 'Routine', meaning: 'Nothing beyond the usual', grade: 'low' },
  { level: 'Watched', meaning: 'Looked at twice a year', grade: 'moderate', months: 6 },
  { level: 'Critical', grade: 'severe', months: 3 },
];
/** Acting by itself is critical, personal data is watched, everything else routine, in that order. */
const tiers = {
  name: 'Own tiers',
  method: 'table',
  hits: 'first',
  levels,
  rules: [
    { row: '1', level: 'Critical', because: 'It acts by itself on many' },
    { row: '2', level: 'Watched' },
    { row: '3', level: 'Routine' },
  ],
  conditions: [
    { row: '1', fact: 'use-case.autonomy', test: 'any', values: 'action' },
    { row: '1', fact: 'own.reach', test: 'any', values: 'many' },
    { row: '2', fact: 'use-case.personalData', test: 'any', values: 'yes' },
  ],
  questions: [{ key: 'Reach', ask: 'How many people does it reach?', answers: 'few, many' }],
};

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management']);
  scheme = await made('classification-schemes', tiers);
});
afterAll(() => closeUnfailed(server));

async function made(collection: string, fields: object, links: Record<string, string> = {}): Promise<string> {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record.id;
}
async function changed(at: string, fields: object): Promise<void> {
  const { version } = (await manager.send('GET', at)).json();
  const answer = await manager.send('PATCH', at, { fields }, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
}
/** Another person's approval; a class is made final first. */
async function approve(at: string): Promise<void> {
  const now = (await manager.send('GET', at)).json();
  if (at.startsWith('/classifications/') && now.state === 'open') {
    const step = { transition: 'conclude' };
    const final = await manager.send('POST', `${at}/transitions`, step, ifMatch(now.version));
    expect(final.statusCode, final.body).toBe(200);
  }
  const { version, proof } = (await approver.send('GET', at)).json();
  const done = await approver.send('POST', `${at}/approvals`, {
    act: 'approve',
    version,
    digest: proof.digest,
  });
  expect(done.statusCode, done.body).toBeLessThan(300);
}
async function aUse(use: object = {}, system: object = {}): Promise<string> {
  const home = await made('systems', { name: 'Triage', legalOverlay: ['employment'], ...system });
  return made('use-cases', { name: 'Sorting', owner: manager.id, ...use }, { system: home });
}
const classes = async (use: string, who = manager): Promise<UseClassesWire> =>
  (await who.send('GET', `/use-cases/${use}/classes`)).json();
const own = (found: UseClassesWire) => found.schemes.find(({ scheme: by }) => by?.id === scheme);
async function keep(use: string, answers: object = {}): Promise<UseClassesWire> {
  const answer = await manager.send('POST', `/use-cases/${use}/tier`, { answers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

test('a table is read with its columns, and says where rows overlap and what falls through', async () => {
  const answer = await reader.send('GET', `/classification-schemes/${scheme}/table`);
  const table: SchemeTableWire = answer.json();
  expect(table).toMatchObject({
    version: 1,
    inForce: null,
    hits: 'first',
    asked: ['use-case.autonomy', 'own.reach', 'use-case.personalData'],
    questions: [{ id: 'own.reach', key: 'Reach', answers: ['few', 'many'] }],
    findings: { tried: 8, holes: { count: 0 }, idle: [], unreached: [] },
  });
  expect(table.findings.overlaps.map(({ rows, decides }) => `${rows.join()} ${decides}`)).toEqual([
    '1,2 1',
    '1,3 1',
    '2,3 2',
  ]);
  expect(table.facts.find(({ id }) => id === 'use-case.autonomy')?.values.length).toBeGreaterThan(2);
});

test('a table that contradicts itself is not kept, and the refusal names the rows', async () => {
  const rules = [...tiers.rules, { row: '4', level: 'Critical' }];
  const answer = await manager.send('POST', '/classification-schemes', { fields: { ...tiers, rules } });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toEqual([
    { at: 'fields.rules', message: 'Rows 3 and 4 ask the same and give different levels.' },
  ]);
  const given = await made('classification-schemes', { name: 'Device class', method: 'given' });
  expect((await reader.send('GET', `/classification-schemes/${given}/table`)).statusCode).toBe(409);
});

test('only an approved table classifies, and an empty form is undetermined, never the mildest tier', async () => {
  const use = await aUse();
  expect(own(await classes(use))).toBeUndefined();
  expect((await manager.send('POST', `/use-cases/${use}/tier`, {})).statusCode).toBe(409);
  await approve(`/classification-schemes/${scheme}`);
  const tier = own(await classes(use))?.tier;
  expect(tier).toMatchObject({
    level: null,
    atLeast: 'Routine',
    open: 'answers',
    needed: ['Autonomy', 'Personal data'],
    questions: [{ id: 'own.reach', answer: null, needed: true }],
    differs: false,
  });
  const kept = own(await keep(use));
  expect(kept?.classes).toMatchObject([{ outcome: null, signedOff: false }]);
  const [one] = kept?.classes ?? [];
  const conclude = `/classifications/${one?.record.id}/transitions`;
  const concluded = await manager.send('POST', conclude, { transition: 'conclude' }, ifMatch(1));
  expect(concluded.body).toContain('The own tier is needed first.');
});

test('a tier comes of the registers and of own answers, once per use, with rows, answers and version kept', async () => {
  const use = await aUse({ autonomy: 'action', personalData: 'yes' });
  expect(own(await classes(use))?.tier).toMatchObject({ level: null, atLeast: 'Watched', needed: [] });
  const wrong = await manager.send('POST', `/use-cases/${use}/tier`, {
    answers: { 'own.reach': 'all', 'own.size': 'x' },
  });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.json().errors).toHaveLength(2);
  // Asked, and nobody knows: as open as before, never the mildest, and kept apart from what nobody asked.
  const open = own(await keep(use, { 'own.reach': 'not-known' }));
  expect(open).toMatchObject({
    classes: [{ outcome: null }],
    tier: {
      level: null,
      atLeast: 'Watched',
      open: 'answers',
      questions: [{ answer: 'not-known', needed: true }],
    },
  });
  await keep(use, { 'own.reach': 'few' });
  const [both] = await Promise.all([keep(use, { 'own.reach': 'many' }), keep(use, { 'own.reach': 'many' })]);
  const found = own(both);
  expect(found).toMatchObject({
    asked: 'yes',
    classes: [{ outcome: 'Critical', signedOff: false }],
    tier: { level: { level: 'Critical' }, fits: [{ row: '1' }, { row: '2' }, { row: '3' }] },
  });
  const record = (await reader.send('GET', `/classifications/${found?.classes[0]?.record.id}`)).json();
  expect(record.fields).toMatchObject({
    scheme: 'own-tier',
    schemeName: 'Own tiers',
    ruleVersion: `${found?.scheme?.ref} v1`,
    tier: 'severe',
    tierName: 'Critical',
    answers: [
      { fact: 'use-case.autonomy', answer: 'action' },
      { fact: 'own.reach', answer: 'many' },
      { fact: 'use-case.personalData', answer: 'yes' },
    ],
    path: ['Row 1: Critical, It acts by itself on many', 'Row 2: Watched', 'Row 3: Routine'],
  });
  expect(record.fields.nextValidation > record.fields.classifiedOn).toBe(true);
  const refused = await reader.send('POST', `/use-cases/${use}/tier`, {});
  expect(refused.statusCode).toBe(403);
});

test('schemes stand beside each other, each asked where its laws apply', async () => {
  const device = await made('classification-schemes', {
    name: 'Device class',
    method: 'given',
    askedWhere: ['medical-devices'],
  });
  await approve(`/classification-schemes/${device}`);
  const asked = async (legalOverlay?: string[]) => {
    const found = await classes(await aUse({}, { legalOverlay: legalOverlay ?? null }));
    return Object.fromEntries(found.schemes.map((one) => [one.name, one.asked]));
  };
  expect(await asked(['employment'])).toEqual({
    'EU AI Act': 'no',
    'Own tiers': 'yes',
    'Device class': 'no',
  });
  expect(await asked(['eu-ai-act', 'medical-devices'])).toEqual({
    'EU AI Act': 'yes',
    'Own tiers': 'yes',
    'Device class': 'yes',
  });
  expect(await asked()).toEqual({ 'EU AI Act': 'open', 'Own tiers': 'yes', 'Device class': 'open' });
});

test('a class from outside stands with who gave it and when, and what an inventory states is no class', async () => {
  const use = await aUse({ externalClasses: [{ scheme: 'Agency list', value: 'Rights-impacting' }] });
  const id = await made(
    'classifications',
    { name: 'Class of the maker', scheme: 'other', otherOutcome: 'Class IIa' },
    { useCase: use },
  );
  const conclude = async () => {
    await changed(`/classifications/${id}`, { classifiedOn: '2026-05-02' });
    const { version } = (await manager.send('GET', `/classifications/${id}`)).json();
    const at = `/classifications/${id}/transitions`;
    return manager.send('POST', at, { transition: 'conclude' }, ifMatch(version));
  };
  const refused = await conclude();
  expect(refused.body).toContain('says who gave it and on which day');
  await changed(`/classifications/${id}`, {
    givenBy: 'supplier',
    giverName: 'The maker',
    givenOn: '2026-05-01',
  });
  const found = await classes(use);
  expect(found.loose).toMatchObject([{ outcome: 'Class IIa', on: '2026-05-01', givenBy: 'The maker' }]);
  expect(found.stated).toEqual([{ scheme: 'Agency list', value: 'Rights-impacting' }]);
});

test('a class from outside says a level of its scheme in force, and is named once that has it no more', async () => {
  const graded = { method: 'given', levels: [{ level: 'S1' }, { level: 'S2' }] };
  const by = await made('classification-schemes', { name: 'Supplier class', ...graded });
  await approve(`/classification-schemes/${by}`);
  const use = await aUse();
  const said = { classifiedOn: '2026-05-02', givenBy: 'supplier', givenOn: '2026-05-01' };
  const id = await made(
    'classifications',
    { name: 'Class of the maker', scheme: 'other', otherOutcome: 'S9', ...said },
    { useCase: use, byScheme: by },
  );
  const at = `/classifications/${id}`;
  const conclude = { transition: 'conclude' };
  const refused = await manager.send('POST', `${at}/transitions`, conclude, ifMatch(1));
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toMatch(/^“S9” is no level of SCH-\d+ version 1\. One of: S1, S2\.$/);
  expect(refused.json().errors).toMatchObject([{ at: 'fields.otherOutcome' }]);
  await changed(at, { otherOutcome: 's2' });
  await approve(at);
  const of = async () =>
    (await classes(use)).schemes.find(({ scheme: one }) => one?.id === by)?.classes.at(0);
  expect(await of()).toMatchObject({ outcome: 's2', signedOff: true, levelGone: false });
  // Written anew in the final state, it is not signed off either.
  await changed(at, { otherOutcome: 'S9' });
  const { version, proof } = (await approver.send('GET', at)).json();
  const unsigned = await approver.send('POST', `${at}/approvals`, {
    ...{ act: 'approve', version, digest: proof.digest },
  });
  expect(unsigned.statusCode).toBe(409);
  expect(unsigned.json().detail).toContain('One of: S1, S2.');
  await changed(at, { otherOutcome: 's2' });
  const levelled = [{ level: 'S1' }, { level: 'S3' }];
  await changed(`/classification-schemes/${by}`, { levels: levelled });
  expect(await of()).toMatchObject({ levelGone: false });
  const compared = await reader.send('GET', `/classification-schemes/${by}/changes`);
  expect(compared.json()).toMatchObject({
    ...{ version: 2, inForce: 1, looked: 1 },
    changed: [{ record: { id }, before: 's2', after: null, open: null, asked: [] }],
  });
  await approve(`/classification-schemes/${by}`);
  expect(await of()).toMatchObject({ outcome: 's2', signedOff: true, levelGone: true });
  const reason = 'The maker was asked, nothing changed';
  const looked = await manager.send('POST', `${at}/validations`, { reason });
  expect(looked.statusCode).toBe(409);
  expect(looked.json().detail).toContain('does not have the level');
});

test('a new version shows which stored tiers it would change before anybody approves it', async () => {
  const use = await aUse({ autonomy: 'decision', personalData: 'yes' });
  const id = own(await keep(use, { 'own.reach': 'few' }))?.classes[0]?.record.id ?? '';
  await approve(`/classifications/${id}`);
  const rules = tiers.rules.map((rule) => (rule.row === '2' ? { ...rule, level: 'Critical' } : rule));
  await changed(`/classification-schemes/${scheme}`, { rules });
  const answer = await reader.send('GET', `/classification-schemes/${scheme}/changes`);
  const compared: TierComparisonWire = answer.json();
  expect(compared).toMatchObject({ version: 2, inForce: 1 });
  expect(compared.changed.find(({ record }) => record.id === id)).toMatchObject({
    before: 'Watched',
    after: 'Critical',
  });
  expect(compared.looked).toBeGreaterThan(compared.changed.length);
  // Until another person approves it the version before is in force.
  expect(own(await classes(use))?.tier).toMatchObject({ level: { level: 'Watched' }, differs: false });
  await approve(`/classification-schemes/${scheme}`);
  expect(own(await classes(use))?.tier).toMatchObject({ level: { level: 'Critical' }, differs: true });
  const validated = await manager.send('POST', `/classifications/${id}/validations`, {
    reason: 'Looked at with the owner',
  });
  expect(validated.statusCode).toBe(409);
  expect(validated.json().detail).toContain('another tier');
});

test('keeping a tier leaves the signed-off day of the next validation until somebody signs the new one off', async () => {
  const use = await aUse({ autonomy: 'action', personalData: 'no' });
  const id = own(await keep(use, { 'own.reach': 'many' }))?.classes[0]?.record.id ?? '';
  const at = `/classifications/${id}`;
  const first = (await manager.send('GET', at)).json().fields.nextValidation;
  const near = '2026-01-10';
  await changed(at, { nextValidation: near });
  await approve(at);
  const of = async () => own(await classes(use))?.classes[0];
  const row = async () => {
    const due: DueClassesWire = (await reader.send('GET', '/classification/due')).json();
    return due.rows.find(({ record }) => record.id === id)?.due;
  };
  expect(await of()).toMatchObject({ signedOff: true, due: near, waits: null });
  // Read anew by its author alone, the outcome stays.
  await keep(use, { 'own.reach': 'many' });
  expect((await manager.send('GET', at)).json()).toMatchObject({
    state: 'final',
    approval: { status: 'approved' },
    fields: { tierName: 'Critical', nextValidation: first },
  });
  expect(await of()).toMatchObject({ signedOff: true, due: near, waits: first, over: true });
  expect(await row()).toBe(near);
  const home: HomeWire = (await manager.send('GET', '/home')).json();
  expect(home.overdue.find(({ record }) => record?.id === id)?.due).toBe(near);
  // Nor does an open class put it off.
  const { version } = (await manager.send('GET', at)).json();
  const again = await manager.send('POST', `${at}/transitions`, { transition: 'reopen' }, ifMatch(version));
  expect(again.statusCode, again.body).toBe(200);
  await changed(at, { nextValidation: null });
  expect(await row()).toBe(near);
  await keep(use, { 'own.reach': 'many' });
  await approve(at);
  expect(await of()).toMatchObject({ due: first, waits: null, over: false });
  expect(await row()).toBe(first);
  // What a look set is put off no more than what was signed off.
  const looked = await manager.send('POST', `${at}/validations`, { reason: 'As it was, we asked the desk' });
  expect(looked.statusCode, looked.body).toBe(204);
  const levelled = levels.map((level) => (level.level === 'Critical' ? { ...level, months: 60 } : level));
  await changed(`/classification-schemes/${scheme}`, { levels: levelled });
  await approve(`/classification-schemes/${scheme}`);
  const kept = own(await keep(use, { 'own.reach': 'many' }))?.classes[0];
  expect(kept).toMatchObject({ due: first, signedOff: true });
  expect(kept?.waits).not.toBeNull();
  expect(await row()).toBe(first);
});

test('looked at again, nothing changed: one act of a person with a reason, which sets the next day', async () => {
  const use = await aUse({}, { legalOverlay: ['eu-ai-act'] });
  const lawful = { name: 'EU AI Act', scheme: 'eu-ai-act', owner: manager.id };
  const id = await made('classifications', lawful, { useCase: use });
  const sent = { reason: 'Purpose, role and market are as they were' };
  const look = () => manager.send('POST', `/classifications/${id}/validations`, sent);
  const answers = { answers: cases.get('TC45') ?? {} };
  await manager.send('PUT', `/classifications/${id}/interview`, answers, ifMatch(1));
  expect((await look()).json().detail).toContain('not signed off');
  await approve(`/classifications/${id}`);
  const short = await manager.send('POST', `/classifications/${id}/validations`, { reason: 'ok' });
  expect(short.statusCode).toBe(422);
  expect((await look()).statusCode).toBe(204);
  const { fields } = (await manager.send('GET', `/classifications/${id}`)).json();
  expect(fields).toMatchObject({ validatedBy: manager.id, validationReason: sent.reason });
  // The moment orders it against what changes on the same day.
  expect(Date.parse(fields.validatedAt)).toBeGreaterThan(0);
  const due: DueClassesWire = (await reader.send('GET', '/classification/due')).json();
  expect(due.of).toBeGreaterThan(1);
  expect(due.over).toBe(0);
  // What the act says is not typed in.
  const refusedAt = async (fields: object): Promise<string> => {
    const { version } = (await manager.send('GET', `/classifications/${id}`)).json();
    const answer = await manager.send('PATCH', `/classifications/${id}`, { fields }, ifMatch(version));
    expect(answer.statusCode, JSON.stringify(fields)).toBe(422);
    return answer.body;
  };
  for (const typed of [{ validatedOn: '2026-01-01' }, { validatedBy: null }, { validationReason: 'Nothing' }])
    expect(await refusedAt(typed)).toContain(`fields.${Object.keys(typed)[0]}`);
  const typed = await manager.send('POST', '/classifications', {
    fields: { name: 'Typed', scheme: 'eu-ai-act', validatedOn: '2026-01-01' },
    links: { useCase: { set: [use] } },
  });
  expect(typed.statusCode).toBe(422);
  await changed(`/classifications/${id}`, { nextValidation: '2026-01-01' });
  // It stands among what its owner owes, and leads to the act.
  const home: HomeWire = (await manager.send('GET', '/home')).json();
  expect(home.overdue.find(({ record }) => record?.id === id)).toMatchObject({
    due: '2026-01-01',
    action: { do: { type: 'validate' }, ability: { allowed: true } },
  });
  const readers: HomeWire = (await reader.send('GET', '/home')).json();
  expect(readers.overdue).toEqual([]);
  for (const day of ['2026-01-02', null])
    expect(await refusedAt({ nextValidation: day })).toContain('put off by looking again alone');
  // Nor does a day of classifying that nobody signed off.
  await changed(`/classifications/${id}`, { classifiedOn: '2026-06-15' });
  const late: DueClassesWire = (await reader.send('GET', '/classification/due?until=2026-06-30')).json();
  expect(late).toMatchObject({ over: 1, rows: [{ record: { id }, due: '2026-01-01', over: true }] });
  await changed(`/use-cases/${use}`, { purpose: 'Something else now' });
  expect((await look()).json().detail).toContain('changed after the sign-off');
});
