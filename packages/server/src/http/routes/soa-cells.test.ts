import type { CellsSetWire, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved } from '../../../test/approved.ts';
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

/** Many cells of the matrix in one change, and all of it taken back by one. */
let server: TestServer;
let manager: Agent;
let reader: Agent;
let systems: string[];

const applicable = ['A.6.2.4', 'A.7.4'];

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  const top = await signedIn(server, manager.organisation, ['top-management']);
  const decided = async (item: string, implementedAt: string) => {
    const control = await record(manager, 'controls', { code: item, name: item, item, implementedAt });
    const why = { decision: 'applicable', reasons: ['house-rule'], justification: 'We decided so.' };
    const line = await record(
      manager,
      'applicability',
      { name: item, ...why },
      { control: { set: [control.id] } },
    );
    await approved(top, 'applicability', line.ref);
  };
  for (const item of applicable) await decided(item, 'system');
  await decided('A.2.2', 'organisation');
  systems = [];
  for (const name of ['Triage', 'Ranking', 'Letters']) {
    const made = await madeIn(server, manager, 'systems', {
      fields: { name },
      state: 'operation-monitoring',
    });
    systems.push(made.ref);
  }
});
afterAll(() => closeUnfailed(server));

const cellsOf = (controls: readonly string[], of: readonly string[] = systems) =>
  controls.flatMap((control) => of.map((system) => ({ control, system })));
const inPlace = () => ({
  howItWorks: 'A person reads each result.',
  inPlaceSince: '2026-01-05',
  owner: manager.id,
});
async function set(body: object, query = ''): Promise<CellsSetWire> {
  const answer = await manager.send('POST', `/soa/matrix/cells${query}`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
async function matrixRow(id: string): Promise<MatrixWire['rows'][number] | undefined> {
  const matrix: MatrixWire = (await reader.send('GET', '/soa/matrix')).json();
  return matrix.rows.find((row) => row.id === id);
}
async function letters(id: string): Promise<string | undefined> {
  return (await matrixRow(id))?.cells;
}
const undo = (wrote: CellsSetWire) =>
  manager.send('POST', '/soa/matrix/cells/undo', { undo: wrote.undo, because: 'It was too soon' });

test('a preview writes nothing, the act writes what it said, and one undo takes all of it back', async () => {
  const body = {
    cells: cellsOf(applicable),
    state: 'in-place',
    fields: inPlace(),
    because: 'After the walk',
  };
  const before = await letters('A.6.2.4');
  expect(before).toBe('mmm');
  const preview = await set(body, '?dryRun=true');
  expect(preview).toMatchObject({ made: 6, changed: 0, refused: [] });
  expect(await letters('A.6.2.4')).toBe(before);
  const wrote = await set(body);
  expect(wrote.cells.map(({ control, system, does, after }) => [control, system, does, after])).toEqual(
    preview.cells.map(({ control, system, does, after }) => [control, system, does, after]),
  );
  expect([await letters('A.6.2.4'), await letters('A.7.4')]).toEqual(['iii', 'iii']);
  const made = (await manager.send('GET', `/implementations/${wrote.undo[0]?.record}`)).json();
  expect(made).toMatchObject({ state: 'in-place', title: `A.6.2.4 on ${systems[0]} Triage` });
  const { items } = (await manager.send('GET', `/implementations/${made.ref}/history`)).json();
  expect(items[0]).toMatchObject({ because: 'After the walk' });

  const back = await undo(wrote);
  expect([back.statusCode, back.json()]).toEqual([200, { restored: 6 }]);
  expect([await letters('A.6.2.4'), await letters('A.7.4')]).toEqual(['mmm', 'mmm']);
  // Taken back is taken back: once more finds it built upon.
  expect((await undo(wrote)).statusCode).toBe(409);
});

test('what stands is changed and comes back as it stood, fields and state', async () => {
  const [first = ''] = systems;
  const control = (await manager.send('GET', '/controls?item=A.6.2.4')).json().items[0];
  const system = (await manager.send('GET', `/systems/${first}`)).json();
  const links = { control: { set: [control.id] }, system: { set: [system.id] } };
  const plan = await record(manager, 'implementations', { name: 'Nightly', plannedOn: '2199-01-31' }, links);
  const wrote = await set({ cells: cellsOf(['A.6.2.4']), state: 'in-place', fields: inPlace() });
  expect(wrote.refused).toEqual([]);
  expect(wrote).toMatchObject({ made: 2, changed: 1, refused: [] });
  expect(wrote.cells[0]).toMatchObject({
    does: 'change',
    record: plan.ref,
    before: 'planned',
    after: 'in-place',
  });
  const again = await set({ cells: cellsOf(['A.6.2.4']), state: 'in-place', fields: inPlace() });
  expect(again).toMatchObject({ made: 0, changed: 0, unchanged: 3, undo: [] });
  const back = await undo(wrote);
  expect(back.statusCode, back.body).toBe(200);
  const then = (await manager.send('GET', `/implementations/${plan.ref}`)).json();
  expect(then).toMatchObject({ state: 'planned', fields: { plannedOn: '2199-01-31' } });
  expect(then.fields).not.toHaveProperty('howItWorks');
  const ended = await set({
    cells: cellsOf(['A.6.2.4'], [first]),
    state: 'ended',
    fields: { endedOn: '2026-02-01' },
  });
  expect(ended).toMatchObject({ changed: 1 });
  expect(await letters('A.6.2.4')).toBe('mmm');
  expect((await undo(ended)).statusCode).toBe(200);
});

test('what cannot be set refuses by itself with its reason, and an undo that finds one built upon restores none', async () => {
  const [first = '', second = ''] = systems;
  const wrote = await set({
    cells: cellsOf(['A.7.4', 'A.2.2', 'A.10.4'], [second]),
    state: 'partly',
    fields: { howItWorks: 'By hand' },
  });
  expect(wrote.refused).toEqual([
    {
      control: 'A.2.2',
      system: second,
      reason: expect.stringMatching(/^The organisation does A\.2\.2 once/),
    },
    { control: 'A.10.4', system: second, reason: 'Nobody adopted A.10.4 yet.' },
  ]);
  const bare = await set({ cells: cellsOf(['A.7.4'], [first, second]), state: 'in-place', fields: {} });
  expect(bare.refused.map(({ reason }) => reason)).toEqual([
    'Needed: How it works, Owner, In place since.',
    'Needed: Owner, In place since.',
  ]);
  const more = await set({
    cells: cellsOf(['A.7.4'], [first]),
    state: 'planned',
    fields: { plannedOn: '2199-01-31' },
  });
  const [made] = wrote.undo;
  const { ref } = (await manager.send('GET', `/implementations/${made?.record}`)).json();
  const edit = { fields: { howItWorks: 'By another hand' } };
  expect((await manager.send('PATCH', `/implementations/${made?.record}`, edit, ifMatch(1))).statusCode).toBe(
    200,
  );
  const both = await manager.send('POST', '/soa/matrix/cells/undo', { undo: [...more.undo, ...wrote.undo] });
  expect([both.statusCode, both.json().detail]).toEqual([
    409,
    `${ref} was built upon: it has version 2, not 1.`,
  ]);
  expect(await letters('A.7.4')).toBe('gpm');
});

test('controls and systems are named by id as by ref, and one cell under two names is named twice', async () => {
  const [first = ''] = systems;
  const { id: system } = (await manager.send('GET', `/systems/${first}`)).json();
  const row = await matrixRow('A.7.4');
  const ref = row?.control?.ref ?? '';
  const { id: control } = (await manager.send('GET', `/controls/${ref}`)).json();
  const body = { state: 'partly', fields: { howItWorks: 'By hand' } };
  const send = (cells: object[]) => manager.send('POST', '/soa/matrix/cells?dryRun=true', { ...body, cells });
  const taken = await send([{ control, system }]);
  expect(taken.statusCode, taken.body).toBe(200);
  const twice = await send([
    { control, system },
    { control: ref, system: first },
  ]);
  expect(twice.json().errors[0]?.message).toBe('This cell is named twice.');
});

test('whatever is not there, said twice or asked by a reader is refused with its place', async () => {
  const body = { state: 'partly', fields: { howItWorks: 'By hand' } };
  const nowhere = await manager.send('POST', '/soa/matrix/cells', {
    ...body,
    cells: [{ control: 'A.99', system: 'SYS-999' }],
  });
  expect(nowhere.statusCode).toBe(422);
  expect(nowhere.json().errors.map(({ at }: { at: string }) => at)).toEqual([
    'cells.0.control',
    'cells.0.system',
  ]);
  const [first = ''] = systems;
  const twice = await manager.send('POST', '/soa/matrix/cells', {
    ...body,
    cells: [...cellsOf(['A.7.4'], [first]), ...cellsOf(['A.7.4'], [first])],
  });
  expect(twice.statusCode).toBe(422);
  expect(
    (await reader.send('POST', '/soa/matrix/cells', { ...body, cells: cellsOf(['A.7.4']) })).statusCode,
  ).toBe(403);
  expect((await manager.send('POST', '/soa/matrix/cells', { ...body, cells: [] })).statusCode).toBe(422);
});
