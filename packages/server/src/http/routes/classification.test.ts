import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { ManyClassifiedWire } from '@throughline/domain/wire-classification.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let system: string;
const cases = new Map(loadCatalogue().euAiAct.test_cases.map((one) => [one.id, one]));

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  system = await made('systems', { name: 'Credit scoring' });
});
afterAll(() => closeUnfailed(server));

async function made(collection: string, fields: object, links: Record<string, string> = {}): Promise<string> {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record.id;
}
async function aClassification(fields: object = { scheme: 'eu-ai-act' }, home = system): Promise<string> {
  const useCase = await made('use-cases', { name: 'Scores of persons' }, { system: home });
  return made('classifications', { name: 'EU AI Act', ...fields }, { useCase });
}
const answers = (id: string) => cases.get(id)?.facts ?? {};
const at = (id: string) => `/classifications/${id}/interview`;

test('the interview asks what still matters, in the words of the law, and no more', async () => {
  const id = await aClassification();
  const first = (await manager.send('GET', at(id))).json();
  expect(first).toMatchObject({
    version: 1,
    answers: {},
    keptRuleSet: null,
    differs: false,
    useCase: { title: 'Scores of persons' },
    result: { status: 'undetermined', outcomes: [{ id: 'undetermined' }], needed: ['meets_ai_definition'] },
  });
  const points = first.questions.find((one: { fact: string }) => one.fact === 'annex_iii_points');
  expect(points.values[0]).toEqual({ id: 'III.1.a', label: '1.a Remote biometric identification.' });
  expect(points.values.at(-1)).toEqual({ id: 'none', label: null });
});

test('answers are kept with their outcome, its path and what follows, as an edit that shows in the history', async () => {
  const id = await aClassification();
  const sent = { answers: answers('TC45'), notes: { annex_iii_points: 'Scores of consumers' } };
  const kept = await manager.send('PUT', at(id), sent, ifMatch(1));
  expect(kept.statusCode, kept.body).toBe(200);
  const { result } = kept.json();
  expect(result.outcomes.map((one: { id: string }) => one.id)).toEqual([
    'high-risk-annex-iii',
    'fria-required',
  ]);
  expect(result.obligations.find((one: { id: string }) => one.id === 'OB-27')).toMatchObject({
    status: 'upcoming',
    from: '2027-12-02',
    dischargedBy: expect.arrayContaining(['impact-assessment']),
  });
  expect(result.obligations.find((one: { id: string }) => one.id === 'OB-17').carveOut).toContain('17(4)');
  const record = (await manager.send('GET', `/classifications/${id}`)).json();
  expect(record.fields).toMatchObject({
    outcomes: ['high-risk-annex-iii', 'fria-required'],
    ruleVersion: result.ruleSet,
    lawRoles: ['provider', 'deployer'],
    derogation: 'no',
  });
  expect(record.fields.answers).toContainEqual({
    fact: 'annex_iii_points',
    answer: 'III.5.b',
    note: 'Scores of consumers',
  });
  const history = (await manager.send('GET', `/classifications/${id}/history`)).json();
  expect(history.items).toHaveLength(2);
});

test('it is classified today, or on the earlier day that is said, and on none to come', async () => {
  const id = await aClassification();
  const today = (await manager.send('GET', at(id))).json().result.on;
  const said = { answers: answers('TC46') };
  const day = async (version: number, on?: string) =>
    manager.send('PUT', at(id), { ...said, ...(on ? { on } : {}) }, ifMatch(version));
  expect((await manager.send('GET', at(id))).json().classifiedOn).toBe(null);
  expect((await day(1)).json().classifiedOn).toBe(today);
  expect((await day(2, '2026-03-04')).json().classifiedOn).toBe('2026-03-04');
  const ahead = await day(3, '2999-01-01');
  expect(ahead.statusCode, ahead.body).toBe(422);
  expect(ahead.json().errors).toEqual([{ at: 'on', message: expect.stringContaining('today or before') }]);
  expect((await day(3, 'soon')).statusCode).toBe(422);
  expect((await manager.send('GET', at(id))).json()).toMatchObject({
    version: 3,
    classifiedOn: '2026-03-04',
  });
});

test('taking an answer away takes the class away', async () => {
  const id = await aClassification();
  await manager.send('PUT', at(id), { answers: answers('TC46') }, ifMatch(1));
  const { practices: _practices, ...rest } = answers('TC46');
  const open = await manager.send('PUT', at(id), { answers: { ...rest, practices: null } }, ifMatch(2));
  expect(open.json().result).toMatchObject({ status: 'undetermined', needed: ['practices'] });
  const record = (await manager.send('GET', `/classifications/${id}`)).json();
  expect(record.fields.outcomes).toEqual(['undetermined']);
  expect(record.fields.openFacts).toHaveLength(1);
  expect(record.fields).not.toHaveProperty('derogation');
});

test('contradictory answers are refused by the check that they fail, and nothing is kept', async () => {
  const id = await aClassification();
  const refused = await manager.send('PUT', at(id), { answers: answers('TC57') }, ifMatch(1));
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors).toEqual([
    {
      at: 'IC1',
      message: expect.stringMatching(
        /^none stands alone in a multi-select answer\. It lies between ".+" \(none, c\)\.$/,
      ),
    },
  ]);
  expect((await manager.send('GET', at(id))).json()).toMatchObject({ version: 1, answers: {} });
});

test('answers that a fact does not take are refused by its name', async () => {
  const id = await aClassification();
  const sent = { answers: { meets_ai_definition: 'perhaps', colour: 'blue', roles: ['wizard'] } };
  const refused = await manager.send('PUT', at(id), sent, ifMatch(1));
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors.map((one: { at: string }) => one.at)).toEqual([
    'answers.meets_ai_definition',
    'answers.colour',
    'answers.roles',
  ]);
});

test('two people who answer at once: the second is told, and loses nothing that was kept', async () => {
  const id = await aClassification();
  await manager.send('PUT', at(id), { answers: { meets_ai_definition: true } }, ifMatch(1));
  const late = await manager.send('PUT', at(id), { answers: { meets_ai_definition: false } }, ifMatch(1));
  expect(late.statusCode).toBe(412);
  expect((await manager.send('GET', at(id))).json().answers).toEqual({ meets_ai_definition: true });
  expect((await manager.send('PUT', at(id), { answers: {} })).statusCode).toBe(428);
});

test('what is known of the organisation and of the system is offered with its source, never taken over', async () => {
  const home = await made('systems', { name: 'Known elsewhere' });
  const first = await aClassification({ scheme: 'eu-ai-act' }, home);
  await manager.send('PUT', at(first), { answers: answers('TC45') }, ifMatch(1));
  const second = (await manager.send('GET', at(await aClassification({ scheme: 'eu-ai-act' }, home)))).json();
  const known = new Map(second.known.map((one: { fact: string }) => [one.fact, one]));
  expect(known.get('meets_ai_definition')).toMatchObject({ answer: true, from: { kind: 'classification' } });
  expect(known.get('financial_institution')).toMatchObject({ answer: true });
  expect(known.has('annex_iii_points')).toBe(false);
  expect(second.answers).toEqual({});
  const elsewhere = (await manager.send('GET', at(await aClassification({ scheme: 'eu-ai-act' })))).json();
  const facts = elsewhere.known.map((one: { fact: string }) => one.fact);
  expect(facts).toContain('financial_institution');
});

test('an answer that another classification of the system gives otherwise is named with that classification', async () => {
  const home = await made('systems', { name: 'Two minds' });
  const first = await aClassification({ scheme: 'eu-ai-act' }, home);
  await manager.send('PUT', at(first), { answers: { meets_ai_definition: true } }, ifMatch(1));
  const second = await aClassification({ scheme: 'eu-ai-act' }, home);
  await manager.send('PUT', at(second), { answers: { meets_ai_definition: false } }, ifMatch(1));
  const ref = (await manager.send('GET', `/classifications/${first}`)).json().ref;
  expect((await manager.send('GET', at(second))).json().elsewhere).toMatchObject([
    { fact: 'meets_ai_definition', answer: true, from: { ref } },
  ]);
  await manager.send('PUT', at(second), { answers: { meets_ai_definition: true } }, ifMatch(2));
  expect((await manager.send('GET', at(second))).json().elsewhere).toEqual([]);
});

test('an outcome and the answers to it are written by the interview alone', async () => {
  const id = await aClassification();
  const typed = {
    answers: [{ fact: 'meets_ai_definition', answer: 'yes' }],
    outcomes: ['minimal'],
    openFacts: ['Nothing'],
    certain: ['Nothing'],
    path: ['R90: 4'],
  };
  for (const [part, value] of Object.entries(typed)) {
    const refused = await manager.send(
      'PATCH',
      `/classifications/${id}`,
      { fields: { [part]: value } },
      ifMatch(1),
    );
    expect([part, refused.statusCode]).toEqual([part, 422]);
    expect(refused.json().errors).toMatchObject([{ at: `fields.${part}` }]);
  }
});

test('another scheme has no interview, and who only reads keeps no answers', async () => {
  const own = await aClassification({ scheme: 'own-tier' });
  expect((await manager.send('GET', at(own))).statusCode).toBe(409);
  expect((await manager.send('PUT', at(own), { answers: {} }, ifMatch(1))).statusCode).toBe(409);
  const id = await aClassification();
  expect((await reader.send('GET', at(id))).statusCode).toBe(200);
  expect((await reader.send('PUT', at(id), { answers: {} }, ifMatch(1))).statusCode).toBe(403);
});

test('answers are classified without keeping anything, for programs', async () => {
  const asked = (id: string) => reader.send('POST', '/classification/evaluate', { answers: answers(id) });
  expect((await asked('TC40')).json()).toMatchObject({ status: 'final', outcomes: [{ id: 'prohibited' }] });
  const clash = await asked('TC57');
  expect(clash.statusCode).toBe(200);
  expect(clash.json()).toMatchObject({
    status: 'contradiction',
    contradictions: [{ id: 'IC1', facts: ['practices'] }],
  });
});

test('uses that share answers each get their own class, with what they said themselves', async () => {
  const use = (name: string) => made('use-cases', { name, owner: manager.id }, { system });
  const ids = [await use('Letters'), await use('Chat'), await use('Forecast'), await use('Done')];
  const [letters = '', chat = '', , done = ''] = ids;
  const scores = cases.get('TC45')?.facts ?? {};
  const ofChat = await made('classifications', { name: 'Chat', scheme: 'eu-ai-act' }, { useCase: chat });
  const own = { answers: { meets_ai_definition: false } };
  await manager.send('PUT', `/classifications/${ofChat}/interview`, own, ifMatch(1));
  const ofDone = await made('classifications', { name: 'Done', scheme: 'eu-ai-act' }, { useCase: done });
  await manager.send('PUT', `/classifications/${ofDone}/interview`, own, ifMatch(1));
  await manager.send(
    'POST',
    `/classifications/${ofDone}/transitions`,
    { transition: 'conclude' },
    ifMatch(2),
  );

  const sent = { refs: ids, answers: { ...scores, meets_ai_definition: true } };
  const many = (body: object, who = manager, more = '') =>
    who.send('POST', `/classification/many${more}`, body);
  const before = (await manager.send('GET', '/classifications?limit=500')).json().items.length;
  const looked: ManyClassifiedWire = (await many(sent, reader, '?dryRun=true')).json();
  expect(looked.rows.map(({ classification }) => classification?.id ?? null)).toEqual([
    null,
    ofChat,
    null,
    ofDone,
  ]);
  expect(looked.questions.length).toBeGreaterThan(20);
  expect((await manager.send('GET', '/classifications?limit=500')).json().items).toHaveLength(before);

  const answer = await many(sent);
  expect(answer.statusCode, answer.body).toBe(200);
  const { rows }: ManyClassifiedWire = answer.json();
  expect(rows[0]).toMatchObject({ useCase: { id: letters }, why: null, otherwise: [] });
  // What was said of one use alone is not overruled by what is said of all.
  expect(rows[1]).toMatchObject({
    classification: { id: ofChat },
    status: 'final',
    outcomes: [{ id: 'not-ai-system' }],
    otherwise: ['meets_ai_definition'],
  });
  expect(rows[3]?.why).toContain('classified already');
  const made1 = (await manager.send('GET', `/classifications/${rows[0]?.classification?.id}`)).json();
  const alone = await manager.send('POST', '/classification/evaluate', { answers: sent.answers });
  expect(rows[0]?.outcomes).toEqual(alone.json().outcomes);
  expect(made1).toMatchObject({ state: 'open', title: 'EU AI Act: Letters', fields: { owner: manager.id } });
  expect(made1.fields.path.length).toBeGreaterThan(0);

  // Once more: the same classes, nothing twice.
  const again: ManyClassifiedWire = (await many(sent)).json();
  expect(again.rows.map(({ classification }) => classification?.id)).toEqual(
    rows.map(({ classification }) => classification?.id),
  );
  const found = (await manager.send('GET', '/classifications?limit=500')).json().items;
  expect(found).toHaveLength(before + 2);
});

test('many at once: refused without a choice, with two, for strange answers, and to who only reads', async () => {
  const many = (body: object, who = manager) => who.send('POST', '/classification/many', body);
  expect((await many({ answers: {} })).statusCode).toBe(422);
  expect((await many({ refs: ['UC-1'], filter: {}, answers: {} })).statusCode).toBe(422);
  expect((await many({ refs: ['UC-99999'], answers: {} })).statusCode).toBe(422);
  const use = await made('use-cases', { name: 'Sorting' }, { system });
  expect((await many({ refs: [use], answers: { bananas: true } })).statusCode).toBe(422);
  expect((await many({ refs: [use], answers: {} }, reader)).statusCode).toBe(403);
  const refused = await many({ refs: [use], answers: { practices: ['none', 'a'] } });
  expect(refused.statusCode).toBe(422);
  const filtered: ManyClassifiedWire = (
    await many({ filter: { q: 'Sorting' }, answers: { meets_ai_definition: false } })
  ).json();
  expect(filtered.rows.map(({ useCase }) => useCase.id)).toEqual([use]);
});

test('not known yet is kept apart from what nobody was asked, and leaves the outcome as open', async () => {
  const id = await aClassification();
  const { practices: _practices, ...rest } = answers('TC46');
  const sent = {
    answers: { ...rest, practices: 'not-known' },
    notes: { practices: 'The supplier is asked' },
  };
  const kept = (await manager.send('PUT', at(id), sent, ifMatch(1))).json();
  expect(kept).toMatchObject({ answers: sent.answers, notes: sent.notes, unread: [], differs: false });
  const left = await manager.send('POST', '/classification/evaluate', { answers: rest });
  expect(kept.result).toEqual(left.json());
  const open = await manager.send('POST', '/classification/evaluate', { answers: sent.answers });
  expect(open.json()).toEqual(left.json());
  const record = (await manager.send('GET', `/classifications/${id}`)).json();
  expect(record.fields).toMatchObject({ outcomes: ['undetermined'] });
  expect(record.fields.answers).toContainEqual({
    fact: 'practices',
    answer: 'not known yet',
    note: 'The supplier is asked',
  });
  // Another class of the system is offered what was answered, never what nobody knows.
  const known = (await manager.send('GET', at(await aClassification()))).json().known;
  expect(known.map((one: { answer: unknown }) => one.answer)).not.toContain('not-known');
  const later = (await manager.send('PUT', at(id), { answers: answers('TC46') }, ifMatch(2))).json();
  expect(later).toMatchObject({ answers: answers('TC46'), result: { status: 'final' } });
  const gone = (await manager.send('PUT', at(id), { answers: rest }, ifMatch(3))).json();
  expect(gone.answers).toEqual(rest);
});

test('many at once: not known yet is kept for each use that says nothing itself', async () => {
  const ids = [
    await made('use-cases', { name: 'Routing' }, { system }),
    await made('use-cases', { name: 'Replies' }, { system }),
  ];
  const own = await made(
    'classifications',
    { name: 'Replies', scheme: 'eu-ai-act' },
    { useCase: ids[1] ?? '' },
  );
  await manager.send('PUT', at(own), { answers: { eu_nexus: ['deployer_in_eu'] } }, ifMatch(1));
  const sent = { refs: ids, answers: { meets_ai_definition: true, eu_nexus: 'not-known' } };
  const { rows }: ManyClassifiedWire = (await manager.send('POST', '/classification/many', sent)).json();
  expect(rows.map(({ why, otherwise }) => [why, otherwise])).toEqual([
    [null, []],
    [null, []],
  ]);
  const stands = async (ref: string) => (await manager.send('GET', at(ref))).json().answers;
  expect(await stands(rows[0]?.classification?.id ?? '')).toEqual(sent.answers);
  expect(await stands(own)).toEqual({ meets_ai_definition: true, eu_nexus: ['deployer_in_eu'] });
});
