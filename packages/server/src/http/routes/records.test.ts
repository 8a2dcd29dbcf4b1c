import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  organisation,
  record,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { wholePolicy } from '../../../test/whole.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createInside } from '../../records/create-record.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let nobody: Agent;

beforeAll(async () => {
  ({ server, manager, reader, nobody } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

/** Many systems in one change. */
async function rows(count: number, unit: string): Promise<void> {
  const actor = { type: 'rule', rule: 'test' } as const;
  const ctx = { organisation: manager.organisation, actor, at: new Date(), because: null, request: null };
  const kind = server.services.registry.get('system');
  await server.store.change(ctx, async (write) => {
    for (let row = 0; row < count; row += 1)
      await createInside(write, kind, { patch: { fields: { name: `Row ${row}`, unit } } });
  });
}

const system = (name: string, more = {}) => record(manager, 'systems', { name, ...more });

test('a record is made, read by ref and by id, and carries its version as ETag', async () => {
  const made = await system('Claims triage', { unit: 'Claims', owner: manager.id });
  expect(made).toMatchObject({ ref: 'SYS-1', title: 'Claims triage', version: 1, kind: 'system' });
  for (const name of [made.ref, made.id, 'sys-1']) {
    const answer = await manager.send('GET', `/systems/${name}`);
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"1"']);
    expect(answer.json()).toMatchObject({
      id: made.id,
      fields: { name: 'Claims triage', unit: 'Claims' },
      members: { [manager.id]: 'AIMS manager' },
      abilities: { edit: { allowed: true } },
    });
  }
  const seen = (await reader.send('GET', `/systems/${made.ref}`)).json();
  expect(seen.abilities.edit).toMatchObject({
    allowed: false,
    who: expect.arrayContaining(['aims-manager']),
  });
});

test('the declarations are sent once: the browser asks whether they changed, and roles have answers of their own', async () => {
  const first = await manager.send('GET', '/kinds');
  const etag = String(first.headers.etag);
  expect(first.headers['cache-control']).toBe('private, no-cache');
  expect(first.headers['content-type']).toContain('application/json');
  const again = await manager.send('GET', '/kinds', undefined, {
    headers: { 'if-none-match': `"other", ${etag}` },
  });
  expect([again.statusCode, again.payload]).toEqual([304, '']);
  const other = await reader.send('GET', '/kinds', undefined, { headers: { 'if-none-match': etag } });
  expect(other.statusCode).toBe(200);
  expect(other.headers.etag).not.toBe(etag);
  const may = (answer: typeof first) => answer.json().items[0].abilities.edit.allowed;
  expect([may(first), may(other)]).toEqual([true, false]);
  expect(
    (await nobody.send('GET', '/kinds', undefined, { headers: { 'if-none-match': etag } })).statusCode,
  ).toBe(401);
});

test('a kind says where a new record may begin, and holds to it', async () => {
  const kinds: { name: string; collection: string; initial: string; beginnings: string[] }[] = (
    await manager.send('GET', '/kinds')
  ).json().items;
  const say = (name: string) => kinds.find((kind) => kind.name === name);
  expect(say('system')).toMatchObject({
    initial: 'inception',
    beginnings: ['inception', 'design-development', 'verification-validation', 'deployment'],
  });
  expect(say('monitor')?.beginnings).toEqual(['running', 'planned', 'paused', 'ended']);
  expect(say('document')).toMatchObject({ initial: 'kept-up', beginnings: ['kept-up'] });
  const begin = (state: string) =>
    manager.send('POST', '/systems', { fields: { name: `As ${state}` }, state });
  const near = await begin('deployment');
  expect([near.statusCode, near.json().record?.state]).toEqual([201, 'deployment']);
  const live = await begin('operation-monitoring');
  expect([live.statusCode, live.json().errors]).toEqual([
    422,
    [
      {
        at: 'state',
        message:
          '“Live” is reached by “Go live”, taken on the record itself by somebody who shows who they are.',
      },
    ],
  ]);
  const document = { fields: { name: 'AI policy', ...wholePolicy }, state: 'in-force' };
  expect((await manager.send('POST', '/documents', document)).statusCode).toBe(422);
});

test('the catalogue says what a field can point at, may be kept, and refuses what it does not hold', async () => {
  const controls = await reader.send('GET', '/catalogue?of=control');
  expect(controls.headers['cache-control']).toBe('private, max-age=3600');
  expect(controls.json().items).toHaveLength(38);
  expect(controls.json().items).toContainEqual({
    id: 'A.6.2.4',
    title: 'AI system verification and validation',
  });
  const stages = (await reader.send('GET', '/catalogue?of=stage')).json().items;
  expect(stages[0]).toEqual({ id: 'inception', title: 'Inception' });
  expect((await reader.send('GET', '/catalogue?of=risk')).statusCode).toBe(422);
  expect((await nobody.send('GET', '/catalogue?of=control')).statusCode).toBe(401);
});

test('the history can leave out edits that change nothing material', async () => {
  const begun = { fields: { name: 'Reserving', unit: 'Claims' }, state: 'verification-validation' };
  const { ref } = (await manager.send('POST', '/systems', begun)).json().record;
  const path = `/systems/${ref}`;
  await manager.send('PATCH', path, { fields: { unit: 'Actuarial' } }, ifMatch(1));
  await manager.send('PATCH', path, { fields: { purpose: 'Estimates what claims will cost.' } }, ifMatch(2));
  await manager.send('POST', `${path}/transitions`, { transition: 'develop' }, ifMatch(3));
  const versions = async (query: string) =>
    (await reader.send('GET', `${path}/history${query}`))
      .json()
      .items.map((one: { version: number }) => one.version);
  expect(await versions('')).toEqual([4, 3, 2, 1]);
  expect(await versions('?significant=true')).toEqual([4, 3, 1]);
  expect(await versions('?significant=true&limit=2')).toEqual([4, 3]);
});

test('nobody reads or writes without signing in, and a reader writes nothing', async () => {
  const { ref } = await system('Fraud signals');
  for (const path of ['/systems', `/systems/${ref}`, `/systems/${ref}/history`, '/kinds', '/search?q=fraud'])
    expect((await nobody.send('GET', path)).json().code).toBe('unauthenticated');
  const patch = await reader.send('PATCH', `/systems/${ref}`, { fields: { name: 'X' } }, ifMatch(1));
  expect([patch.statusCode, patch.json().facts.who]).toEqual([403, expect.arrayContaining(['aims-manager'])]);
  expect((await reader.send('POST', '/systems', { fields: { name: 'X' } })).statusCode).toBe(403);
  expect((await reader.send('POST', `/systems/${ref}/archive`, {}, ifMatch(1))).statusCode).toBe(403);
});

test('a change says which version it is made on: 428 without, 412 on an older one, 400 on no version', async () => {
  const { ref } = await system('Pricing');
  const path = `/systems/${ref}`;
  const edit = (name: string) => ({ fields: { name }, because: 'It has another name now.' });
  expect((await manager.send('PATCH', path, edit('A'))).json().code).toBe('version-required');
  expect(
    (await manager.send('PATCH', path, edit('A'), { headers: { 'if-match': 'W/"1"' } })).statusCode,
  ).toBe(400);
  const first = await manager.send('PATCH', path, edit('A'), ifMatch(1));
  expect([first.statusCode, first.headers.etag, first.json().changed]).toEqual([200, '"2"', ['name']]);
  const late = await manager.send('PATCH', path, edit('B'), ifMatch(1));
  expect([late.statusCode, late.json().facts]).toEqual([412, { version: 2, expected: 1 }]);
  const history = (await manager.send('GET', `${path}/history`)).json().items;
  expect(history.map((one: { version: number; act: string }) => [one.version, one.act])).toEqual([
    [2, 'edited'],
    [1, 'created'],
  ]);
  expect(history[0]).toMatchObject({ because: 'It has another name now.', byName: 'AIMS manager' });
  const compared = (await manager.send('GET', `${path}/compare?from=1&to=2`)).json();
  expect(compared).toMatchObject({ changed: ['name'], from: { fields: { name: 'Pricing' } } });
});

test('a dry run says what would happen and writes nothing', async () => {
  const { ref } = await system('Underwriting');
  const answer = await manager.send(
    'PATCH',
    `/systems/${ref}?dryRun=true`,
    { fields: { unit: 'Life' } },
    ifMatch(1),
  );
  expect(answer.json()).toMatchObject({ changed: ['unit'], record: { fields: { unit: 'Life' } } });
  expect((await manager.send('GET', `/systems/${ref}`)).json()).toMatchObject({ version: 1 });
  const before = (await manager.send('GET', '/systems/count')).json().total.count;
  const made = await manager.send('POST', '/systems?dryRun=true', { fields: { name: 'Never' } });
  expect(made.statusCode).toBe(200);
  expect((await manager.send('GET', '/systems/count')).json().total.count).toBe(before);
});

test('the same request under one key happens once; another body under the key is refused', async () => {
  const key = { headers: { 'idempotency-key': 'create-1' } };
  const body = { fields: { name: 'Once only' } };
  const [first, second] = await Promise.all([
    manager.send('POST', '/systems', body, key),
    manager.send('POST', '/systems', body, key),
  ]);
  expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
  expect(first.json().record.id).toBe(second.json().record.id);
  const other = await manager.send('POST', '/systems', { fields: { name: 'Another' } }, key);
  expect([other.statusCode, other.json().code]).toEqual([422, 'duplicate-request']);
  const refused = { headers: { 'idempotency-key': 'create-2' } };
  expect((await manager.send('POST', '/systems', { fields: {} }, refused)).statusCode).toBe(422);
  expect((await manager.send('POST', '/systems', { fields: { name: 'Mended' } }, refused)).statusCode).toBe(
    201,
  );
});

test('every POST that changes something can be sent again under its key', () => {
  const without = server.routes.filter(
    (route) => route.method === 'POST' && route.access !== 'open' && !route.replay,
  );
  // A challenge is answered once, a secret is shown once, and what only asks, shows or switches does no harm twice, nor
  // does what writes only what is missing: these refuse the key instead of answering less the second time.
  expect(without.map((route) => route.path)).toEqual([
    '/session/organisation',
    '/session/proof/begin',
    '/session/proof',
    '/account/totp/begin',
    '/account/totp',
    '/account/recovery-codes',
    '/account/passkeys/begin',
    '/account/passkeys',
    '/session/proof/provider',
    '/account/outside',
    '/sign-in-provider/test',
    '/proposals/:id/confirm',
    '/classification/rules/compare',
    '/classification/rules/compare/export',
    '/classifications/:ref/obligations',
    '/classification/evaluate',
  ]);
});

test('a step of the life cycle, archive, restore and undo each make a version', async () => {
  const begun = { fields: { name: 'Chat assistant' }, state: 'verification-validation' };
  const made: RecordWire = (await manager.send('POST', '/systems', begun)).json().record;
  const path = `/systems/${made.ref}`;
  // The others go through a gate.
  const step = made.transitions.find(({ name }) => name === 'develop');
  const moved = await manager.send('POST', `${path}/transitions`, { transition: step?.name }, ifMatch(1));
  expect(moved.json().record).toMatchObject({ version: 2, state: step?.to });
  const impossible = await manager.send('POST', `${path}/transitions`, { transition: 'fly' }, ifMatch(2));
  expect([impossible.statusCode, impossible.json().code]).toEqual([409, 'conflict']);
  const archived = await manager.send('POST', `${path}/archive`, undefined, ifMatch(2));
  expect(archived.json().record).toMatchObject({ version: 3, archived: true });
  expect(archived.json().record.abilities.edit.allowed).toBe(false);
  expect((await manager.send('POST', `${path}/restore`, {}, ifMatch(3))).json().record.version).toBe(4);
  const undone = await manager.send('POST', `${path}/undo`, { version: 4 });
  expect(undone.json().record).toMatchObject({ version: 5, archived: true });
  expect((await manager.send('POST', `${path}/undo`, { version: 4 })).statusCode).toBe(409);
});

test('a step says what it needs in the same change, or nothing of it is written', async () => {
  const task = await record(manager, 'tasks', { name: 'Check the letters' });
  const path = `/tasks/${task.ref}`;
  const bare = await manager.send('POST', `${path}/transitions`, { transition: 'finish' }, ifMatch(1));
  expect([bare.statusCode, bare.json().detail]).toEqual([409, 'Result is needed first.']);
  const fields = { result: 'All 40 letters were checked.' };
  const wrong = { transition: 'reopen', fields };
  expect((await manager.send('POST', `${path}/transitions`, wrong, ifMatch(1))).statusCode).toBe(409);
  const unknown = { transition: 'finish', fields: { ...fields, mood: 'good' } };
  const refused = await manager.send('POST', `${path}/transitions`, unknown, ifMatch(1));
  expect([refused.statusCode, refused.json().errors?.[0]?.at]).toEqual([422, 'fields.mood']);
  expect((await manager.send('GET', path)).json()).toMatchObject({ version: 1, state: 'open', fields: {} });
  const lost = await manager.send(
    'POST',
    `${path}/transitions`,
    { transition: 'finish', fields },
    ifMatch(7),
  );
  expect(lost.statusCode).toBe(412);
  const done = await manager.send(
    'POST',
    `${path}/transitions`,
    { transition: 'finish', fields },
    ifMatch(1),
  );
  expect(done.json().record).toMatchObject({ version: 3, state: 'done', fields });
  const undone = await manager.send('POST', `${path}/undo`, { version: 3 });
  expect(undone.json().record).toMatchObject({ version: 4, state: 'open', fields });
  const { items } = (await manager.send('GET', `${path}/history`)).json();
  expect(items.map((row: { act: string }) => row.act)).toEqual(['moved', 'moved', 'edited', 'created']);
});

test('a step with fields asks for the right to edit as well', async () => {
  const task = await record(manager, 'tasks', { name: 'Ask the supplier' });
  const reader = await signedIn(server, manager.organisation, ['reader']);
  const body = { transition: 'finish', fields: { result: 'Asked' } };
  const refused = await reader.send('POST', `/tasks/${task.ref}/transitions`, body, ifMatch(1));
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
});

test('home offers to finish a task to whoever may, and to open it to others', async () => {
  const contributor = await signedIn(server, manager.organisation, ['contributor']);
  const reader = await signedIn(server, manager.organisation, ['reader']);
  for (const person of [contributor, reader])
    await record(manager, 'tasks', { name: 'Name an owner', assignee: person.id, due: '2020-01-01' });
  const needOf = async (person: typeof reader) =>
    (await person.send('GET', '/home')).json().overdue[0].action;
  expect(await needOf(contributor)).toMatchObject({
    label: 'Finish',
    do: { type: 'step', transition: 'finish' },
    ability: { allowed: true },
  });
  expect(await needOf(reader)).toMatchObject({ label: 'Open', do: { type: 'open' } });
});

test('an approval binds to version and digest, and its author does not give it', async () => {
  const document = await record(manager, 'documents', { name: 'AI policy', ...wholePolicy });
  const path = `/documents/${document.ref}/approvals`;
  const act = { act: 'approve', version: 1, digest: document.proof.digest };
  const own = await manager.send('POST', path, act);
  expect([own.statusCode, own.json().code]).toEqual([403, 'forbidden']);
  const management = await signedIn(server, manager.organisation, ['top-management']);
  const other = await management.send('POST', path, { ...act, digest: '0'.repeat(64) });
  expect(other.statusCode).toBe(412);
  const given = await management.send('POST', path, act);
  expect(given.json().record.approval).toMatchObject({ status: 'approved', inForce: 1, by: management.id });
  const token = await tokenAgent(server, manager.organisation, ['aims-manager']);
  expect((await token.send('POST', path, act)).statusCode).toBeGreaterThanOrEqual(403);
});

test('a register is filtered, sorted, paged and counted; what it does not know is refused by name', async () => {
  for (const unit of ['Motor', 'Motor', 'Health']) await system(`Model of ${unit}`, { unit });
  const motor = (await manager.send('GET', '/systems?unit=Motor&cols=ref,unit&limit=1')).json();
  expect(motor).toMatchObject({ items: [{ fields: { unit: 'Motor' } }] });
  const total = (await manager.send('GET', '/systems/count?unit=Motor&limit=1')).json();
  expect(total).toMatchObject({ total: { count: 2, more: false } });
  expect(total.gapsByStation).toHaveLength(15);
  expect((await manager.send('GET', '/models/count')).json()).toEqual({ total: { count: 0, more: false } });
  expect((await manager.send('GET', '/systems/count?colour=red')).statusCode).toBe(422);
  expect((await manager.send('GET', '/horses/count')).statusCode).toBe(404);
  expect((await nobody.send('GET', '/systems/count')).statusCode).toBe(401);
  const rest = (
    await manager.send('GET', `/systems?unit=Motor&cols=unit&limit=1&cursor=${motor.next}`)
  ).json();
  expect([rest.items.length, rest.next]).toEqual([1, undefined]);
  const counted = (await manager.send('GET', '/systems/facets?by=unit&unit=Motor,Health')).json().items;
  expect(counted.map((one: { count: number }) => one.count)).toEqual([2, 1]);
  expect(counted.map((one: { label: string }) => one.label)).toEqual(['Motor', 'Health']);
  const stages = (await manager.send('GET', '/systems/facets?by=state')).json().items;
  expect(stages[0].label).not.toMatch(/^\d\d /);
  for (const wrong of [
    'colour=red',
    'sort=weight',
    'limit=0',
    'limit=501',
    'cursor=abc',
    'cols=colour',
    'asOf=2026-01-01',
    'asOf=2026-02-30T00:00:00Z',
    'asOf=2026-01-01T00:00:00Z&q=motor',
    'asOf=2026-01-01T00:00:00Z&gap=any',
    'asOf=2026-01-01T00:00:00Z&sort=-gaps',
    'unit=a&unit=b',
  ])
    expect([wrong, (await manager.send('GET', `/systems?${wrong}`)).statusCode]).toEqual([wrong, 422]);
});

test('a register as of a moment states its place in the log', async () => {
  const made = await system('Stood once', { unit: 'Past' });
  await sequenceAll(server.store);
  const at = new Date().toISOString();
  const path = `/systems/${made.ref}`;
  await manager.send('PATCH', path, { fields: { unit: 'Moved' } }, ifMatch(1));
  await sequenceAll(server.store);
  const [past, now] = [
    (await reader.send('GET', `/systems?unit=Past&cols=unit&asOf=${at}`)).json(),
    (await reader.send('GET', '/systems?unit=Past')).json(),
  ];
  expect(past).toMatchObject({
    items: [{ ref: made.ref, version: 1, fields: { unit: 'Past' } }],
    asOf: { at, index: expect.any(Number) },
  });
  expect('line' in past.items[0]).toBe(false);
  expect(now).toEqual({ items: [], members: {} });
  const count = (await reader.send('GET', `/systems/count?unit=Past&asOf=${at}`)).json();
  expect(count).toEqual({ total: { count: 1, more: false }, asOf: past.asOf });
  const file = await reader.send('GET', `/systems/export?format=json&unit=Past&asOf=${at}`);
  expect(JSON.parse(file.payload)).toMatchObject([{ ref: made.ref, version: 1 }]);
  expect((await nobody.send('GET', `/systems?asOf=${at}`)).statusCode).toBe(401);
  expect(
    (await manager.send('POST', '/systems/bulk', { filter: { asOf: at }, archive: true })).statusCode,
  ).toBe(422);
});

test('an export streams every row in three formats', async () => {
  for (const [format, media] of [
    ['csv', 'text/csv'],
    ['json', 'application/json'],
    ['xlsx', 'application/vnd.openxmlformats'],
  ]) {
    const answer = await reader.send('GET', `/systems/export?format=${format}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain(media);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="systems-/);
  }
  expect((await reader.send('GET', '/systems/export?format=pdf')).statusCode).toBe(422);
});

test('a bulk change tells what each record took, and over 200 it becomes a job', async () => {
  const made = [await system('Bulk one'), await system('Bulk two')];
  const refs = made.map((one) => one.ref);
  const answer = await manager.send('POST', '/systems/bulk', { refs, patch: { fields: { unit: 'Bulk' } } });
  expect(answer.json()).toMatchObject({ applied: made.map((one) => one.id), refused: [] });
  const unknown = await manager.send('POST', '/systems/bulk', { refs: ['SYS-99999'], archive: true });
  expect([unknown.statusCode, unknown.json().errors[0].at]).toEqual([422, 'refs']);
  const both = await manager.send('POST', '/systems/bulk', { refs, archive: true, transition: 'x' });
  expect(both.statusCode).toBe(422);
  await rows(201, 'Many');
  const filter = { unit: 'Many' };
  const job = await manager.send('POST', '/systems/bulk', { filter, patch: { fields: { unit: 'Few' } } });
  expect([job.statusCode, typeof job.json().job.id]).toEqual([202, 'string']);
});

test('what a change of over 200 records would do is a job too: it tells how many, changes nothing, and can be stopped', async () => {
  await rows(205, 'Tried');
  const filter = { unit: 'Tried' };
  const [first] = (await manager.send('GET', '/systems?unit=Tried&limit=1')).json().items;
  await manager.send('POST', `/systems/${first.ref}/archive`, {}, ifMatch(1));
  const archived = { ...filter, archived: 'any' };
  const ask = (who: Agent, key?: string) =>
    who.send(
      'POST',
      '/systems/bulk?dryRun=true',
      { filter: archived, patch: { fields: { subUnit: 'North' } } },
      key === undefined ? {} : { headers: { 'idempotency-key': key } },
    );
  const run = (id: string) => runJob(server.services, jobHandlers, manager.organisation, id);
  const jobOf = async (id: string) => (await manager.send('GET', `/jobs/${id}`)).json();
  const asked = await ask(manager, 'tried');
  expect([asked.statusCode, asked.json().applied]).toEqual([202, []]);
  const { id } = asked.json().job;
  expect((await ask(manager, 'tried')).json().job.id).toBe(id);
  await run(id);
  expect(await jobOf(id)).toMatchObject({
    type: 'bulk-dry-run',
    state: 'done',
    done: 205,
    total: 205,
    result: {
      counts: { applied: 204, unchanged: 0, refused: 1 },
      refused: [{ ref: first.ref, reason: expect.stringContaining('archived') }],
    },
  });
  const after = (await manager.send('GET', '/systems?unit=Tried&limit=500')).json().items;
  expect(new Set(after.map((row: { version: number }) => row.version))).toEqual(new Set([1]));
  const other = (await ask(manager)).json().job.id;
  await manager.send('POST', `/jobs/${other}/cancel`, {});
  await run(other);
  expect(await jobOf(other)).toMatchObject({ state: 'cancelled' });
  expect((await ask(reader)).statusCode).toBe(403);
  // Few are told at once, as before.
  const few = await manager.send('POST', '/systems/bulk?dryRun=true', {
    refs: [first.ref],
    patch: { fields: { subUnit: 'North' } },
  });
  expect([few.statusCode, few.json().refused.length]).toEqual([200, 1]);
});

test('a bulk change empties a field only where it is named for that, never by an empty value', async () => {
  const made = [await system('Bulk kept'), await system('Bulk kept too')];
  const refs = made.map((one) => one.ref);
  const change = (patch: object) => manager.send('POST', '/systems/bulk', { refs, patch });
  const units = async () =>
    Promise.all(refs.map(async (ref) => (await manager.send('GET', `/systems/${ref}`)).json().fields.unit));
  await change({ fields: { unit: 'Kept' } });
  for (const unit of [null, '', '  ', [], {}]) {
    const answer = await change({ fields: { unit } });
    expect([answer.statusCode, answer.json().errors?.[0]]).toEqual([
      422,
      { at: 'fields.unit', message: 'No value is given. To empty it, name it in clear.' },
    ]);
  }
  const both = await change({ fields: { unit: 'Other' }, clear: ['unit'] });
  expect([both.statusCode, both.json().errors[0].at]).toEqual([422, 'fields.unit']);
  expect(await units()).toEqual(['Kept', 'Kept']);
  expect((await change({ clear: ['no-field'] })).json().refused).toHaveLength(2);
  const emptied = await change({ clear: ['unit'] });
  expect(emptied.json()).toMatchObject({ applied: made.map((one) => one.id), refused: [] });
  expect(await units()).toEqual([undefined, undefined]);
});

test('a bulk change that is sent again is answered with what it did, and does nothing more', async () => {
  const [one, two] = [await system('Twice one'), await system('Twice two')];
  await manager.send('POST', '/systems/bulk', { refs: [two.ref], archive: true });
  const body = { refs: [one.ref, two.ref], patch: { fields: { unit: 'Twice' } } };
  const key = { headers: { 'idempotency-key': 'bulk-twice' } };
  const first = await manager.send('POST', '/systems/bulk', body, key);
  expect(first.json()).toMatchObject({
    applied: [one.id],
    refused: [{ id: two.id, ref: two.ref, title: 'Twice two' }],
  });
  const again = await manager.send('POST', '/systems/bulk', body, key);
  expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
  expect((await manager.send('GET', `/systems/${one.ref}`)).json().version).toBe(2);
  // What refused then and would not now is still told as refused.
  await manager.send('POST', `/systems/${two.ref}/restore`, undefined, ifMatch(2));
  const later = (await manager.send('POST', '/systems/bulk', body, key)).json();
  expect([later.applied, later.refused[0].id]).toEqual([[one.id], two.id]);
  expect(later.refused[0].reason).toContain('new key');
});

test('a bulk job that is asked for again is the same job', async () => {
  await rows(201, 'Again');
  const body = { filter: { unit: 'Again' }, patch: { fields: { unit: 'Once' } } };
  const key = { headers: { 'idempotency-key': 'bulk-job' } };
  const first = await manager.send('POST', '/systems/bulk', body, key);
  const again = await manager.send('POST', '/systems/bulk', body, key);
  expect([again.statusCode, again.json()]).toEqual([202, first.json()]);
});

test('comments are made, changed and removed by their author alone', async () => {
  const { ref } = await system('With comments');
  const path = `/systems/${ref}/comments`;
  const made = await reader.send('POST', path, { text: 'Who owns this?', field: 'owner' });
  expect(made.statusCode).toBe(403);
  const mine = (await manager.send('POST', path, { text: 'Who owns this?', field: 'owner' })).json();
  expect(mine).toMatchObject({ text: 'Who owns this?', yours: true, field: 'owner', removed: false });
  const auditor = await signedIn(server, manager.organisation, ['internal-auditor']);
  expect((await auditor.send('PATCH', `/comments/${mine.id}`, { text: 'No' })).statusCode).toBe(403);
  expect((await manager.send('PATCH', `/comments/${mine.id}`, { text: 'Who owns it?' })).statusCode).toBe(
    204,
  );
  expect((await manager.send('DELETE', `/comments/${mine.id}`)).statusCode).toBe(204);
  const [left] = (await manager.send('GET', path)).json().items;
  expect(left).toMatchObject({ removed: true, text: '' });
  expect((await manager.send('POST', path, { text: '  ' })).statusCode).toBe(422);
});

test('words and refs are found', async () => {
  const made = await system('Zebra recognition');
  const byWords = (await reader.send('GET', '/search?q=zebra')).json();
  expect(byWords.groups).toEqual([{ kind: 'system', items: [expect.objectContaining({ id: made.id })] }]);
  const byRef = (await reader.send('GET', `/search?q=${made.ref}`)).json();
  expect(byRef.groups[0].items[0].id).toBe(made.id);
});

test('an earlier moment shows the record as it stood, with the place in the log', async () => {
  const made = await system('Before');
  await sequenceAll(server.store);
  const between = new Date(Date.now() + 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await manager.send('PATCH', `/systems/${made.ref}`, { fields: { name: 'After' } }, ifMatch(1));
  await sequenceAll(server.store);
  const past = await manager.send('GET', `/systems/${made.ref}?asOf=${between.toISOString()}`);
  expect(past.json()).toMatchObject({ title: 'Before', version: 1, asOf: { index: expect.any(Number) } });
  const never = await manager.send('GET', `/systems/${made.ref}?asOf=2001-01-01T00:00:00Z`);
  expect([never.statusCode, never.json().detail]).toEqual([
    404,
    expect.stringMatching(/on record yet at 2001/),
  ]);
});

test("another organisation's record answers exactly like one that is not there", async () => {
  const made = await system('Ours alone');
  const other = await signedIn(server, await organisation(server), ['admin', 'aims-manager']);
  const missing = '00000000-0000-7000-8000-000000000000';
  const requests = (id: string) =>
    [
      ['GET', `/systems/${id}`],
      ['GET', `/systems/${id}/history`],
      ['GET', `/systems/${id}/comments`],
      ['GET', `/systems/${id}/compare?from=1&to=1`],
      ['PATCH', `/systems/${id}`, { fields: { name: 'X' } }],
      ['POST', `/systems/${id}/transitions`, { transition: 'x' }],
      ['POST', `/systems/${id}/archive`, {}],
      ['POST', `/systems/${id}/undo`, { version: 1 }],
      ['POST', `/systems/${id}/comments`, { text: 'Hello' }],
      ['POST', '/systems', { fields: { name: 'Linked' }, links: { usesModel: { set: [id] } } }],
    ] as const;
  const answers = async (id: string) => {
    const all = [];
    for (const [method, path, body] of requests(id)) {
      const { instance: _, ...problem } = (await other.send(method, path, body, ifMatch(1))).json();
      all.push(JSON.parse(JSON.stringify(problem).replaceAll(id, 'ID')));
    }
    return all;
  };
  const [theirs, none] = [await answers(made.id), await answers(missing)];
  expect(theirs).toEqual(none);
  expect(theirs.map((problem) => problem.status)).toEqual([404, 404, 404, 404, 404, 404, 404, 404, 404, 422]);
  expect((await other.send('GET', '/systems')).json().items).toEqual([]);
  expect((await other.send('GET', '/search?q=ours')).json().groups).toEqual([]);
});

test('a key is free again after 24 hours', async () => {
  const key = { headers: { 'idempotency-key': 'create-3' } };
  const early = await tokenAgent(server, manager.organisation, ['aims-manager']);
  const before = (await early.send('POST', '/systems', { fields: { name: 'Today' } }, key)).json().record;
  server.later(24 * 3_600_000 + 1);
  const after = await early.send('POST', '/systems', { fields: { name: 'Tomorrow' } }, key);
  expect([after.statusCode, after.json().record.title]).toEqual([201, 'Tomorrow']);
  expect(after.json().record.id).not.toBe(before.id);
});
