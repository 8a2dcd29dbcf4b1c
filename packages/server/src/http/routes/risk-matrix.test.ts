import { writeRated } from '@throughline/domain/risk/rated-filter.ts';
import type { RiskMatrixWire, RiskTrendWire, SuggestionsWire } from '@throughline/domain/wire-risk.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, criteriaInForce, ratingBy, wholeCriteria } from '../../../test/approved.ts';
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
let reader: Agent;
let top: Agent;
let criteria: { ref: string };
let system: { id: string; ref: string };

/** Three risks rated alike, one milder, one with levels by hand, one with none, one closed and one archived. */
beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  criteria = await criteriaInForce(manager, top, {
    thresholds: [{ level: 'moderate' }, { bearer: 'society', level: 'high' }],
  });
  system = await record(manager, 'systems', { name: 'Triage' });
  for (const name of ['One', 'Two']) await rated(name, {});
  // Within what is borne, so that they can be closed.
  for (const name of ['Closed', 'Archived']) await rated(name, { likelihood: 'Seldom' });
  await rated('Three', {}, { system: { set: [system.id] } });
  await rated('Four', { likelihood: 'Seldom' });
  await record(manager, 'risks', { name: 'By hand', currentIndividuals: 'high' });
  await record(manager, 'risks', { name: 'New' });
  for (const name of ['Closed', 'Archived']) await close(await named(name));
  const archived = await named('Archived');
  const gone = await manager.send('POST', `/risks/${archived}/archive`, {}, ifMatch(4));
  expect(gone.statusCode, gone.body).toBe(200);
});
afterAll(() => closeUnfailed(server));

async function close(ref: string): Promise<void> {
  // What was rated goes through its step before it goes out of the register.
  const early = await manager.send('POST', `/risks/${ref}/archive`, {}, ifMatch(2));
  expect([early.statusCode, early.json().detail]).toEqual([
    409,
    expect.stringContaining('Close it by its step'),
  ]);
  await manager.send('PATCH', `/risks/${ref}`, { fields: { closingNote: 'Gone' } }, ifMatch(2));
  const closing = { transition: 'close' };
  const step = await manager.send('POST', `/risks/${ref}/transitions`, closing, ifMatch(3));
  expect(step.statusCode, step.body).toBeLessThan(300);
}
async function rated(name: string, changes: object, links: Readonly<Record<string, unknown>> = {}) {
  const { ref } = await record(manager, 'risks', { name }, links);
  const answer = await manager.send('PUT', `/risks/${ref}/rating`, ratingBy(changes), ifMatch(1));
  expect(answer.statusCode, answer.body).toBe(200);
  return ref;
}
const titles = async (query: string, by = reader): Promise<string[]> => {
  const answer = await by.send('GET', `/risks?${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items.map(({ title }: { title: string }) => title);
};
const named = async (title: string): Promise<string> =>
  (await manager.send('GET', `/risks?title=${title}`)).json().items[0].ref;
const matrix = async (query = ''): Promise<RiskMatrixWire> => {
  const answer = await reader.send('GET', `/risks/matrix?${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const counted = ({ cells }: RiskMatrixWire) =>
  cells.flatMap(({ risks, ...at }) => (risks > 0 ? [{ ...at, risks }] : []));

test('open risks stand in the cells of the criteria in force, and what has no place is counted apart', async () => {
  const found = await matrix();
  expect(found.inForce).toBe(`${criteria.ref} v1`);
  expect(found.cells).toHaveLength(4);
  expect(counted(found)).toEqual([
    { likelihood: 'Seldom', consequence: 'Hard', level: 'moderate', risks: 1 },
    { likelihood: 'Often', consequence: 'Hard', level: 'high', risks: 3 },
  ]);
  expect(found).toMatchObject({ unplaced: 0, others: [{ criteria: null, risks: 1 }], unrated: 1, total: 6 });
  expect(found.levels.current).toEqual({ low: 0, moderate: 1, high: 4, severe: 0, none: 1 });
  expect(found.levels.residual).toMatchObject({ none: 6 });
});

test('each bearer has its own matrix, and one system its own risks', async () => {
  const society = await matrix('bearer=society');
  expect(counted(society).map(({ level, risks }) => [level, risks])).toEqual([
    ['high', 1],
    ['severe', 3],
  ]);
  const own = await matrix(`system=${system.ref}`);
  expect([own.total, counted(own)[0]?.risks]).toEqual([1, 1]);
  expect((await reader.send('GET', '/risks/matrix?system=SYS-999')).statusCode).toBe(404);
  expect((await reader.send('GET', '/risks/matrix?bearer=nobody')).statusCode).toBe(422);
});

test('a cell leads to exactly its risks in the register, a level too, and what is not understood is refused', async () => {
  const cell = { point: 'current', bearer: 'individuals', likelihood: 'OFTEN', consequence: 'Hard' } as const;
  const open = 'state.not=closed';
  const of = (more: object) => `${open}&rated=${writeRated({ ...cell, criteria: null, ...more })}`;
  expect(await titles(of({}))).toEqual(['One', 'Two', 'Three']);
  expect(await titles(of({ criteria: `${criteria.ref} v1` }))).toHaveLength(3);
  expect(await titles(of({ criteria: 'RCR-9 v9' }))).toEqual([]);
  expect(await titles(`${open}&rated=current:individuals:high`)).toEqual(['One', 'Two', 'Three', 'By hand']);
  expect(await titles(`${open}&rated=current:individuals:none`)).toEqual(['New']);
  expect(await titles(`${open}&rated=target:worst:none`)).toHaveLength(6);
  const by = (ratedBy: string | null) =>
    titles(`${open}&rated=${writeRated({ point: 'current', bearer: 'individuals', ratedBy })}`);
  expect(await by(`${criteria.ref} v1`)).toHaveLength(4);
  expect(await by(`${criteria.ref} v9`)).toEqual([]);
  expect(await by(null)).toEqual(['By hand']);
  const count = await reader.send('GET', `/risks/count?${of({})}`);
  expect(count.json()).toMatchObject({ total: { count: 3 } });
  for (const wrong of ['/risks?rated=high', '/systems?rated=current:individuals:high']) {
    const refused = await reader.send('GET', wrong);
    expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'rated']);
  }
});

test('another version has its own matrix; risks of before are told, and stand on the one they were rated by', async () => {
  const matrixOfTwo = wholeCriteria.matrix.map((cell) => ({ ...cell, level: 'severe' }));
  const edit = { fields: { matrix: matrixOfTwo } };
  const edited = await manager.send('PATCH', `/risk-criteria/${criteria.ref}`, edit, ifMatch(1));
  expect(edited.statusCode, edited.body).toBe(200);
  await approved(top, 'risk-criteria', criteria.ref);
  const now = await matrix();
  expect(counted(now)).toEqual([]);
  expect(now.others).toContainEqual({ criteria: `${criteria.ref} v1`, risks: 4 });
  const before = await matrix(`criteria=${encodeURIComponent(`${criteria.ref} v1`)}`);
  expect([before.inForce, counted(before).length]).toEqual([`${criteria.ref} v2`, 2]);
  for (const wrong of ['RCR-1', `${criteria.ref} v77`, 'v1'])
    expect((await reader.send('GET', `/risks/matrix?criteria=${encodeURIComponent(wrong)}`)).statusCode).toBe(
      422,
    );
  expect((await reader.send('GET', '/risks/matrix?criteria=RCR-99%20v1')).statusCode).toBe(404);
});

test('the trend has a point a day from the versions, and what is closed or archived counts no more', async () => {
  const answer = await reader.send('GET', '/risks/trend?days=3');
  const { days }: RiskTrendWire = answer.json();
  expect(days).toHaveLength(3);
  expect(days[0]).toMatchObject({ total: 0 });
  expect(days[2]).toMatchObject({ total: 6, levels: { high: 2, severe: 3, none: 1 } });
  const society = (await reader.send('GET', '/risks/trend?days=2&bearer=society')).json();
  expect(society.days[1].levels).toMatchObject({ severe: 3, high: 1, none: 2 });
  const own = (await reader.send('GET', `/risks/trend?days=2&system=${system.id}`)).json();
  expect(own.days[1].total).toBe(1);
  for (const wrong of ['days=1', 'days=9999', 'days=x', 'point=then'])
    expect((await reader.send('GET', `/risks/trend?${wrong}`)).statusCode).toBe(422);
});

test('a run begins from Annex C, from threats that its system suggests and from findings, and says what became of each', async () => {
  const set = (id: string) => ({ set: [id] });
  const supplier = await record(manager, 'suppliers', { name: 'Model house' });
  const fields = { name: 'Chat model', type: 'language-model', origin: 'fine-tuned' };
  const model = await record(manager, 'models', fields, { suppliedBy: set(supplier.id) });
  const chat = await record(manager, 'systems', { name: 'Chat' }, { usesModel: set(model.id) });
  const effects = [{ polarity: 'harmful', severity: 'severe', effect: 'Bad advice is followed' }];
  const impact = await record(
    manager,
    'impact-assessments',
    { name: 'Impact', effects },
    { system: set(chat.id) },
  );
  const considered = [
    { finding: 'Hardware', from: 'C.3.5', answer: 'no-risk', reason: 'The supplier runs it' },
    { finding: 'Prompts', from: 'LLM01:2026' },
  ];
  const run = await record(
    manager,
    'risk-assessments',
    { name: 'Run', considered },
    { system: set(chat.id) },
  );
  const named = { name: 'It is steered by a mail', threats: ['LLM01:2026'], carriedEffects: ['1'] };
  const risk = await record(manager, 'risks', named, { system: set(chat.id), carries: set(impact.id) });
  const answer = await reader.send('GET', `/risk-assessments/${run.ref}/suggestions`);
  expect(answer.statusCode, answer.body).toBe(200);
  const wire: SuggestionsWire = answer.json();
  expect(wire.facts.map(({ id }) => id)).toEqual([
    'language-model',
    'learned-model',
    'trained-here',
    'supplied',
  ]);
  const of = (id: string) => wire.suggestions.find((one) => one.id === id);
  expect(of('C.3.5')).toMatchObject({ considered: 'no-risk', because: [] });
  expect(of('C.3.1')).toMatchObject({ considered: 'open' });
  expect(of('LLM01:2026')).toMatchObject({
    considered: 'listed',
    because: ['language-model'],
    risks: [{ ref: risk.ref }],
  });
  expect(of(`${impact.ref}/1`)).toMatchObject({ from: 'impact', risks: [{ ref: risk.ref }] });
  expect(of('ML08:2023')).toBeUndefined();
  // A finding on the list without an answer keeps the run open: nothing of it is skipped silently.
  const step = { transition: 'finish' };
  const refused = await manager.send('POST', `/risk-assessments/${run.ref}/transitions`, step, ifMatch(1));
  expect(refused.statusCode).toBe(409);
  // Nor what was suggested and stands nowhere: each is a risk, or none for a reason.
  const method = await record(manager, 'documents', { name: 'Method of assessing risk', type: 'policy' });
  const rest = wire.suggestions.filter((one) => one.considered !== 'no-risk' && one.risks.length === 0);
  const left = (of: readonly { id: string; title: string }[]) =>
    of.map(({ id, title }) => ({
      finding: title,
      from: id,
      answer: 'no-risk',
      reason: 'Not in this office',
    }));
  const answered = considered.filter((row) => 'answer' in row);
  const said = {
    ...{ heldOn: '2026-05-01', participants: [{ person: manager.id }], result: 'One risk.' },
    considered: [...answered, ...left(rest.slice(1))],
  };
  const patched = await manager.send(
    'PATCH',
    `/risk-assessments/${run.ref}`,
    { fields: said, links: { method: { set: [method.id] } } },
    ifMatch(1),
  );
  expect(patched.statusCode, patched.body).toBe(200);
  const open = await manager.send('POST', `/risk-assessments/${run.ref}/transitions`, step, ifMatch(2));
  expect(open.statusCode).toBe(409);
  expect(open.json().detail).toContain(`Not considered yet: ${rest[0]?.id} (`);
  expect(open.json().detail).not.toContain(rest[1]?.id);
  const all = { fields: { considered: [...answered, ...left(rest)] } };
  await manager.send('PATCH', `/risk-assessments/${run.ref}`, all, ifMatch(2));
  const early = { fields: { heldOn: '2999-01-01' } };
  const ahead = await manager.send('PATCH', `/risk-assessments/${run.ref}`, early, ifMatch(3));
  expect(ahead.json().errors).toMatchObject([{ at: 'fields.heldOn' }]);
  const done = await manager.send('POST', `/risk-assessments/${run.ref}/transitions`, step, ifMatch(3));
  expect(done.statusCode, done.body).toBe(200);
  // What a run that is done said stays, until it is opened again.
  const rewritten = { heldOn: '2026-10-01', considered: [], participants: [{ part: 'nobody' }] };
  const edit = (version: number) =>
    manager.send('PATCH', `/risk-assessments/${run.ref}`, { fields: rewritten }, ifMatch(version));
  const frozen = await edit(4);
  expect(frozen.statusCode).toBe(422);
  const at = frozen.json().errors.map((one: { at: string }) => one.at);
  expect(at.sort()).toEqual(['fields.considered', 'fields.heldOn', 'fields.participants']);
  const reopen = { transition: 'reopen' };
  const again = await manager.send('POST', `/risk-assessments/${run.ref}/transitions`, reopen, ifMatch(4));
  expect(again.statusCode, again.body).toBe(200);
  expect((await edit(5)).statusCode).toBe(200);
});

test('a risk that a run made of a source of Annex C is shown with it, and one of before is not', async () => {
  const system = await record(manager, 'systems', { name: 'Order of letters' });
  const set = (id: string) => ({ set: [id] });
  const sources = ['automation-level'];
  const home = { system: set(system.id) };
  await record(manager, 'risks', { name: 'From an earlier run', sources }, home);
  const made = await record(manager, 'risks', { name: 'Nobody looks', sources }, home);
  const considered = [{ finding: 'Level of automation', from: 'C.3.3', answer: 'risk' }];
  const links = { ...home, risks: set(made.id) };
  const run = await record(manager, 'risk-assessments', { name: 'Run', considered }, links);
  const wire: SuggestionsWire = (
    await manager.send('GET', `/risk-assessments/${run.ref}/suggestions`)
  ).json();
  const of = (id: string) => wire.suggestions.find((one) => one.id === id);
  expect(of('C.3.3')).toMatchObject({ considered: 'risk', risks: [{ ref: made.ref }] });
  expect(of('C.3.4')).toMatchObject({ considered: 'open', risks: [] });
});

test('a run of no system considers the sources of Annex C', async () => {
  const run = await record(manager, 'risk-assessments', { name: 'Of the organisation' });
  const answer = await manager.send(
    'POST',
    `/risk-assessments/${run.ref}/transitions`,
    { transition: 'finish' },
    ifMatch(1),
  );
  expect(answer.statusCode).toBe(409);
  const wire: SuggestionsWire = (
    await manager.send('GET', `/risk-assessments/${run.ref}/suggestions`)
  ).json();
  expect(wire.suggestions.every(({ from }) => from === 'annex-c')).toBe(true);
});

test('plans that wait for each other, or treat what arises from them, are refused with the circle named', async () => {
  const set = (...ids: string[]) => ({ set: ids });
  const risk = await record(manager, 'risks', { name: 'Filter blocks too much' });
  const [one, two, three] = [
    await record(manager, 'treatments', { name: 'Filter' }, { risks: set(risk.id) }),
    await record(manager, 'treatments', { name: 'Train' }),
    await record(manager, 'treatments', { name: 'Buy' }),
  ];
  const link = (collection: string, ref: string, version: number, links: object) =>
    manager.send('PATCH', `/${collection}/${ref}`, { links }, ifMatch(version));
  expect((await link('treatments', one.ref, 1, { waitsFor: set(two.id) })).statusCode).toBe(200);
  expect((await link('treatments', two.ref, 1, { waitsFor: set(three.id) })).statusCode).toBe(200);
  const round = await link('treatments', three.ref, 1, { waitsFor: set(one.id) });
  expect(round.statusCode, round.body).toBe(422);
  expect(round.json().errors).toEqual([
    {
      at: 'links.waitsFor',
      message: `This goes in a circle: ${three.ref} → ${one.ref} → ${two.ref} → ${three.ref}. One of these links has to go.`,
    },
  ]);
  const own = await link('treatments', three.ref, 1, { waitsFor: set(three.id) });
  expect([own.statusCode < 500, own.statusCode >= 400]).toEqual([true, true]);
  expect((await link('risks', risk.ref, 1, { arisesFrom: set(one.id) })).statusCode).toBe(422);
  const other = await record(manager, 'treatments', { name: 'Other' });
  expect((await link('risks', risk.ref, 1, { arisesFrom: set(other.id) })).statusCode).toBe(200);
  const late = await link('treatments', other.ref, 1, { risks: set(risk.id) });
  expect(late.json().errors[0]).toMatchObject({
    at: 'links.risks',
    message: expect.stringContaining(`${other.ref} → ${risk.ref} → ${other.ref}`),
  });
});
