import { writeRated } from '@throughline/domain/risk/rated-filter.ts';
import type { RiskMatrixWire, RiskTrendWire } from '@throughline/domain/wire-risk.ts';
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
  criteria = await criteriaInForce(manager, top);
  system = await record(manager, 'systems', { name: 'Triage' });
  for (const name of ['One', 'Two', 'Closed', 'Archived']) await rated(name, {});
  await rated('Three', {}, { system: { set: [system.id] } });
  await rated('Four', { likelihood: 'Seldom' });
  await record(manager, 'risks', { name: 'By hand', currentIndividuals: 'high' });
  await record(manager, 'risks', { name: 'New' });
  const closed = await named('Closed');
  await manager.send('PATCH', `/risks/${closed}`, { fields: { closingNote: 'Gone' } }, ifMatch(2));
  const step = await manager.send(
    'POST',
    `/risks/${closed}/transitions`,
    { transition: 'close' },
    ifMatch(3),
  );
  expect(step.statusCode, step.body).toBeLessThan(300);
  await manager.send('POST', `/risks/${await named('Archived')}/archive`, {}, ifMatch(2));
});
afterAll(() => closeUnfailed(server));

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
