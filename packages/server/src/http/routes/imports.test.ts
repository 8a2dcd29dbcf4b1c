import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  signedIn,
  staffedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

/** Sends a file as a form does. */
function upload(agent: Agent, query: string, content: string | Buffer, part = 'file') {
  const boundary = 'boundary-of-the-form';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${part}"; filename="models.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return agent.send('POST', `/imports?${query}`, undefined, { payload, headers });
}

const models = 'Name,Went where\nSorter,AIMS manager\nReader,\n';

test('a file is read, mapped, previewed, applied as a job, and undone', async () => {
  const made = await upload(manager, 'kind=model', models);
  expect([made.statusCode, made.json().state]).toEqual([201, 'analysed']);
  const path = `/imports/${made.json().id}`;
  const mapped = await manager.send('PATCH', path, {
    columns: [{ index: 1, target: 'owner' }],
    saveAs: 'Our models',
  });
  expect(mapped.json().columns[1]).toMatchObject({ target: 'owner', confidence: 'sure' });
  const preview = (await manager.send('POST', `${path}/preview`)).json();
  expect(preview).toMatchObject({
    counts: { added: 2 },
    added: [{ row: 2, title: 'Sorter', ref: null }, { title: 'Reader' }],
  });
  const { added, changed, missing } = preview.counts;
  const asked = await manager.send('POST', `${path}/apply`, { expect: { added, changed, missing } });
  expect(asked.statusCode).toBe(202);
  await runJob(server.services, jobHandlers, manager.organisation, asked.json().job.id);
  expect((await manager.send('GET', path)).json()).toMatchObject({
    state: 'applied',
    counts: { added: 2 },
    undoable: { allowed: true },
  });
  const kept = (await manager.send('GET', '/models?cols=owner')).json().items;
  expect(kept).toHaveLength(2);
  const sorter = kept.find((one: { title: string }) => one.title === 'Sorter');
  const origin = async () => (await reader.send('GET', `/models/${sorter.ref}/raw`)).json();
  expect((await origin()).items).toEqual([
    {
      import: made.json().id,
      file: 'models.csv',
      row: 2,
      at: expect.any(String),
      cells: [
        { column: 0, heading: 'Name', text: 'Sorter' },
        { column: 1, heading: 'Went where', text: 'AIMS manager' },
      ],
    },
  ]);
  const bare = kept.find((one: { title: string }) => one.title === 'Reader');
  expect((await reader.send('GET', `/models/${bare.ref}/raw`)).json().items[0].cells).toHaveLength(1);
  expect((await manager.send('POST', `${path}/apply`, {})).json().code).toBe('conflict');
  expect((await manager.send('GET', `${path}/report`)).json()).toEqual({ coerced: [], rejected: [] });
  expect((await manager.send('GET', '/imports')).json().items[0]).toMatchObject({
    name: 'models.csv',
    rows: 2,
    by: 'AIMS manager',
  });
  expect((await manager.send('POST', `${path}/undo`)).json()).toMatchObject({ state: 'undone' });
  expect((await manager.send('GET', '/models')).json().items).toEqual([]);
  expect((await origin()).items).toEqual([]);
});

test('profiles that ship and those that were saved are listed; one is saved by name', async () => {
  const made = await upload(manager, 'kind=model&profile=none', 'Name\nWriter\n');
  const saved = await manager.send('POST', '/import-profiles', {
    import: made.json().id,
    name: 'Plain models',
  });
  expect(saved.statusCode).toBe(201);
  const names = (await manager.send('GET', '/import-profiles'))
    .json()
    .items.map((one: { name: string }) => one.name);
  expect(names).toEqual(expect.arrayContaining(['US federal inventory 2024', 'Plain models']));
});

test('a guess can be overridden; nonsense is refused by name', async () => {
  const stated = await upload(
    manager,
    'kind=model&encoding=windows-1252&delimiter=%3B&headerRow=2',
    'Export;\nName;Note\nA;b\n',
  );
  expect(stated.json().file).toMatchObject({
    encoding: 'windows-1252',
    delimiter: ';',
    headerRow: 2,
    rows: 1,
  });
  const refusals = [
    [await upload(manager, 'kind=nothing', models), 422, 'unprocessable'],
    [await upload(manager, 'kind=model&encoding=klingon', models), 415, 'unsupported'],
    [await upload(manager, 'kind=model&headerRow=0', models), 422, 'unprocessable'],
    [await upload(manager, 'kind=model&profile=unknown', models), 404, 'not-found'],
    [await upload(manager, 'kind=model', 'a,b\n1,"2'), 415, 'unsupported'],
    [await upload(manager, 'kind=model', ''), 415, 'unsupported'],
    [await manager.send('POST', '/imports?kind=model', {}), 415, 'unsupported'],
  ] as const;
  for (const [answer, status, code] of refusals)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  const { id } = (await upload(manager, 'kind=model', models)).json();
  const wrong = await manager.send('PATCH', `/imports/${id}`, { columns: [{ index: 0, target: 'colour' }] });
  expect([wrong.statusCode, wrong.json().errors[0].at]).toEqual([422, 'columns.0']);
  expect((await manager.send('PATCH', `/imports/${id}`, { colour: 'red' })).statusCode).toBe(422);
});

test('nobody imports without signing in or without the right, and no one finds the imports of others', async () => {
  const { id } = (await upload(manager, 'kind=model', models)).json();
  expect((await upload(stranger(server), 'kind=model', models)).statusCode).toBe(401);
  const denied = await upload(reader, 'kind=model', models);
  expect([denied.statusCode, denied.json().facts.who]).toEqual([403, ['aims-manager']]);
  const elsewhere = await signedIn(server, await organisation(server), ['aims-manager']);
  for (const agent of [reader, elsewhere]) {
    const answers = [
      await agent.send('GET', `/imports/${id}`),
      await agent.send('POST', `/imports/${id}/preview`),
      await agent.send('POST', `/imports/${id}/apply`, {}),
      await agent.send('POST', `/imports/${id}/undo`),
    ];
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(4).fill(agent === reader ? 403 : 404));
  }
  expect((await elsewhere.send('GET', '/imports')).json().items).toEqual([]);
});

test('a file is read as what its headings tell; another kind is told what fits better', async () => {
  const suppliers = 'Supplier name,Country,Owner\nCloud north,DE,AIMS manager\n';
  const told = (await upload(manager, '', suppliers)).json();
  expect(told).toMatchObject({ kind: 'supplier', better: null, forms: null });
  expect(told.fits[0]).toMatchObject({ kind: 'supplier', profile: null, placed: 3, of: 3 });
  expect(told.fits[0].why).toContain('The heading "Supplier name" speaks of suppliers.');
  const uses =
    'Use case name,Purpose,Stage of development,Intended users\nTriage,Sorts claims,Retired,Staff\n';
  const use = (await upload(manager, '', uses)).json();
  expect(use).toMatchObject({ kind: 'use-case', forms: 'system' });
  const other = (await upload(manager, 'kind=supplier', uses)).json();
  expect(other).toMatchObject({ kind: 'supplier', better: { kind: 'use-case' } });
  const nothing = await upload(manager, '', 'Zzz,Qqq\n1,2\n');
  expect([nothing.statusCode, nothing.json().errors]).toEqual([
    422,
    [{ at: 'kind', message: expect.stringMatching(/^No heading of models\.csv says what its rows are\./) }],
  ]);
  expect((await upload(reader, '', suppliers)).statusCode).toBe(403);
  expect((await upload(manager, 'kind=horse', suppliers)).statusCode).toBe(422);
});

test('rejected rows are downloaded by those who may import, and by nobody else', async () => {
  const made = (
    await upload(manager, 'kind=system', 'System name,Live since\n-5 °C,someday\nB,2024\n')
  ).json();
  const path = `/imports/${made.id}/rejected`;
  const answer = await manager.send('GET', path);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="models-rejected.csv"; filename*=UTF-8''models-rejected.csv`,
  );
  expect(answer.body.split('\r\n').slice(1)).toEqual([
    expect.stringMatching(/^2,Live since,.*,'-5 °C,someday$/),
    '',
  ]);
  expect((await reader.send('GET', path)).statusCode).toBe(403);
  expect((await stranger(server).send('GET', path)).statusCode).toBe(401);
  expect((await manager.send('GET', `/imports/${crypto.randomUUID()}/rejected`)).statusCode).toBe(404);
  expect((await manager.send('GET', '/imports/x/rejected')).statusCode).toBe(422);
});

test('a file that is not to be applied is discarded; an applied one is not', async () => {
  const made = (await upload(manager, 'kind=model', models)).json();
  const path = `/imports/${made.id}`;
  expect((await reader.send('DELETE', path)).statusCode).toBe(403);
  expect((await stranger(server).send('DELETE', path)).statusCode).toBe(401);
  expect((await manager.send('DELETE', path)).statusCode).toBe(204);
  expect((await manager.send('GET', path)).statusCode).toBe(404);
  expect((await manager.send('DELETE', path)).statusCode).toBe(404);
  const again = (await upload(manager, 'kind=model', models)).json();
  const job = await manager.send('POST', `/imports/${again.id}/apply`, {});
  await runJob(server.services, jobHandlers, manager.organisation, job.json().job.id);
  expect((await manager.send('DELETE', `/imports/${again.id}`)).statusCode).toBe(409);
});

test('a file that announces more than the limit is refused before it is read', async () => {
  const headers = {
    'content-type': 'multipart/form-data; boundary=b',
    'content-length': String(500 * 1024 * 1024),
  };
  const answer = await manager.send('POST', '/imports?kind=model', undefined, { payload: '--b', headers });
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'too-large']);
});
