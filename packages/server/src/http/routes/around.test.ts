import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createInside } from '../../records/create-record.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let address: string;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  address = await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => closeUnfailed(server));

function form(name: string, bytes: Buffer, media = 'text/plain', part = 'file') {
  const head = `--edge\r\ncontent-disposition: form-data; name="${part}"; filename="${name}"\r\ncontent-type: ${media}\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  };
}

test('a file is kept by its digest and comes back as it went, always to be saved', async () => {
  const bytes = Buffer.from('évidence\n');
  const made = await manager.send('POST', '/blobs', undefined, form('../../Prüfung:1.txt', bytes));
  const digest = createHash('sha256').update(bytes).digest('hex');
  expect(made.json()).toMatchObject({
    name: 'Prüfung_1.txt',
    size: bytes.length,
    digest,
    media: 'text/plain',
  });
  await record(manager, 'evidence', { name: 'Minutes', file: made.json().id });
  const got = await reader.send('GET', `/blobs/${made.json().id}`);
  expect(got.rawPayload.equals(bytes)).toBe(true);
  expect(got.headers['content-disposition']).toBe(
    `attachment; filename="Pr_fung_1.txt"; filename*=UTF-8''Pr%C3%BCfung_1.txt`,
  );
  expect(got.headers['content-security-policy']).toContain('sandbox');
  const entries = (await manager.send('GET', '/log?act=blob.stored')).json().items;
  expect(entries).toHaveLength(1);
});

test('a file that no record names yet is there for whoever brought it alone, and nobody else names it', async () => {
  const owner = await signedIn(server, manager.organisation, ['aims-manager']);
  const { id } = (
    await owner.send('POST', '/blobs', undefined, form('plan.txt', Buffer.from('plan')))
  ).json();
  const read = async (who: Agent) => (await who.send('GET', `/blobs/${id}`)).statusCode;
  expect([await read(owner), await read(manager), await read(reader)]).toEqual([200, 404, 404]);
  const naming = { fields: { name: 'Not mine', file: id } };
  const named = await manager.send('POST', '/evidence', naming);
  expect([named.statusCode, named.json().errors[0].at]).toEqual([422, 'fields.file']);
  expect(named.json().errors[0].message).toContain('there is no such file');
  const tried = await owner.send('POST', '/evidence?dryRun=true', { fields: { name: 'Mine', file: id } });
  expect(tried.statusCode).toBe(200);
  expect(await read(reader)).toBe(404);
  const kept = await record(owner, 'evidence', { name: 'Mine', file: id });
  expect([await read(manager), await read(reader)]).toEqual([200, 200]);
  // What history shows stays to be read.
  const emptied = { fields: { file: null } };
  const changed = await owner.send('PATCH', `/evidence/${kept.ref}`, emptied, ifMatch(kept.version));
  expect([changed.statusCode, await read(reader)]).toEqual([200, 200]);
});

test('a hostile upload is refused: no form, no file, a page for a file stays a file, and readers add none', async () => {
  expect((await manager.send('POST', '/blobs', { file: 'x' })).json()).toMatchObject({ status: 415 });
  const empty = {
    payload: '--edge--\r\n',
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  };
  expect((await manager.send('POST', '/blobs', undefined, empty)).json()).toMatchObject({ status: 422 });
  const cut = {
    payload: '--edge\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    headers: empty.headers,
  };
  expect((await manager.send('POST', '/blobs', undefined, cut)).json()).toMatchObject({ code: 'malformed' });
  expect((await reader.send('POST', '/blobs', undefined, form('a', Buffer.from('a')))).statusCode).toBe(403);
  const other = await signedIn(server, await organisation(server), ['aims-manager']);
  const page = (
    await manager.send('POST', '/blobs', undefined, form('x.html', Buffer.from('<script>'), 'text/html'))
  ).json();
  expect((await other.send('GET', `/blobs/${page.id}`)).statusCode).toBe(404);
  const served = await manager.send('GET', `/blobs/${page.id}`);
  expect(served.headers['content-disposition']).toMatch(/^attachment/);
});

test('the same upload under one key is kept once; another file under it is refused', async () => {
  const send = (bytes: string) => {
    const { payload, headers } = form('a.txt', Buffer.from(bytes));
    return manager.send('POST', '/blobs', undefined, {
      payload,
      headers: { ...headers, 'idempotency-key': 'file-1' },
    });
  };
  const [first, again] = [await send('one'), await send('one')];
  expect(again.json().id).toBe(first.json().id);
  expect((await send('two')).json().code).toBe('duplicate-request');
});

test('the log is read newest first, by record, actor, act and day, a page at a time', async () => {
  const made = await record(manager, 'systems', { name: 'Logged' });
  await manager.send('PATCH', `/systems/${made.ref}`, { fields: { name: 'Logged again' } }, ifMatch(1));
  await sequenceAll(server.store);
  const of = async (query: string) => (await reader.send('GET', `/log?${query}`)).json();
  const { items } = await of(`record=${made.ref}`);
  expect(items.map((one: { act: string }) => one.act)).toEqual(['record.edited', 'record.created']);
  expect(items[0]).toMatchObject({
    kind: 'system',
    version: 2,
    changed: ['name'],
    byName: 'AIMS manager',
    index: expect.any(Number),
    record: { ref: made.ref },
  });
  const first = await of('limit=1');
  const second = await of(`limit=1&cursor=${first.next}`);
  expect(second.items[0].id < first.items[0].id).toBe(true);
  expect((await of(`kind=system&actor=${manager.id}`)).items.length).toBeGreaterThanOrEqual(2);
  const both = await of(`kind=system,risk&actor=${manager.id},${reader.id}`);
  expect(both.items.length).toBeGreaterThanOrEqual(2);
  expect((await of(`kind=risk&record=${made.ref}`)).items).toEqual([]);
  expect((await of(`entry=${items[0].index}`)).items).toEqual([items[0]]);
  expect((await of('entry=99999999')).items).toEqual([]);
  expect((await of('to=2001-01-01')).items).toEqual([]);
  expect((await of('record=SYS-99999')).items).toEqual([]);
  for (const wrong of [
    'from=yesterday',
    'from=2026-02-30',
    'cursor=1',
    'entry=-1',
    'entry=two',
    'colour=red',
  ])
    expect([wrong, (await reader.send('GET', `/log?${wrong}`)).statusCode]).toEqual([wrong, 422]);
});

test('a long bulk change runs as a job that its owner follows and others do not see', async () => {
  const kind = server.services.registry.get('system');
  const actor = { type: 'rule', rule: 'test' } as const;
  const ctx = { organisation: manager.organisation, actor, at: new Date(), because: null, request: null };
  await server.store.change(ctx, async (write) => {
    for (let row = 0; row < 201; row += 1)
      await createInside(write, kind, { patch: { fields: { name: `Row ${row}`, unit: 'Many' } } });
  });
  const bulk = () =>
    manager.send('POST', '/systems/bulk', { filter: { unit: 'Many' }, patch: { fields: { unit: 'Few' } } });
  const { id } = (await bulk()).json().job;
  expect((await manager.send('GET', `/jobs/${id}`)).json()).toMatchObject({ state: 'waiting', type: 'bulk' });
  expect((await reader.send('GET', `/jobs/${id}`)).statusCode).toBe(404);
  expect((await reader.send('GET', '/jobs')).json().items).toEqual([]);
  const cancelled = await manager.send('POST', `/jobs/${id}/cancel`);
  expect(cancelled.json()).toMatchObject({ state: 'cancelled' });
  expect((await manager.send('POST', `/jobs/${id}/cancel`)).statusCode).toBe(409);
  const next = (await bulk()).json().job.id;
  await runJob(server.services, jobHandlers, manager.organisation, next);
  const done = (await manager.send('GET', `/jobs/${next}`)).json();
  expect(done).toMatchObject({ state: 'done', done: 201 });
  expect(done.result).toEqual({
    counts: { applied: 201, unchanged: 0, refused: 0 },
    refused: [],
    voided: 0,
    stale: 0,
  });
  expect((await manager.send('GET', '/systems/count?unit=Few')).json().total.count).toBe(201);
});

/** A stream of events as somebody hears it. */
async function listening(address: string, who: Readonly<Record<string, string>>) {
  const ending = new AbortController();
  const answer = await fetch(`${address}/api/v1/events`, { headers: who, signal: ending.signal });
  let heard = '';
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) heard += Buffer.from(chunk).toString();
  })().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });
  const until = async (text: string) => {
    for (let tries = 0; tries < 200 && !heard.includes(text); tries += 1) await pause(25);
    return heard;
  };
  return { answer, until, all: () => heard, end: () => ending.abort(), reading };
}

test('open pages hear of changes they may read, of no other organisation, and until access ends', async () => {
  const secret = async (agent: Agent) => {
    const admin = await signedIn(server, agent.organisation, ['admin']);
    const made = await admin.send('POST', '/tokens', { name: 'Live', roles: ['reader'] });
    return { authorization: `Bearer ${made.json().secret}` };
  };
  const elsewhere = await signedIn(server, await organisation(server), ['aims-manager']);
  const here = await listening(address, await secret(manager));
  const there = await listening(address, await secret(elsewhere));
  expect(here.answer.headers.get('content-type')).toContain('text/event-stream');
  await Promise.all([here.until('retry'), there.until('retry')]);
  await pause(300);
  const made = await record(manager, 'systems', { name: 'Live change' });
  await sequenceAll(server.store);
  expect(await here.until(made.id)).toMatch(
    /event: record\ndata: \{"id":"[^"]+","ref":"SYS-\d+","kind":"system"/,
  );
  expect(await here.until('event: log')).toContain('event: log');
  const theirs = await record(elsewhere, 'systems', { name: 'Elsewhere' });
  await sequenceAll(server.store);
  expect(await there.until(theirs.id)).not.toContain(made.id);
  expect(here.all()).not.toContain(theirs.id);
  here.end();
  there.end();
  await Promise.all([here.reading, there.reading]);
  const token = await tokenAgent(server, manager.organisation, ['reader']);
  expect((await token.send('GET', '/session')).statusCode).toBe(200);
});

test('an open page hears as whoever it is for may read by then, and nothing once their session ended', async () => {
  const admin = await signedIn(server, manager.organisation, ['admin']);
  const who = await signedIn(server, manager.organisation, ['contributor']);
  const [theirs, others] = [await listening(address, who.headers), await listening(address, manager.headers)];
  await Promise.all([theirs.until('retry'), others.until('retry')]);
  /** A record made now, once somebody who may has heard of it and time has passed for the other. */
  const told = async (name: string) => {
    const { id } = await record(manager, 'systems', { name });
    await sequenceAll(server.store);
    expect(await others.until(id)).toContain(id);
    await pause(500);
    return id;
  };
  const roles = async (some: readonly string[]) =>
    expect((await admin.send('PATCH', `/members/${who.id}`, { roles: some })).statusCode).toBe(200);
  const first = await told('While a contributor');
  expect(theirs.all()).toContain(first);
  await roles([]);
  const withoutRole = await told('Without a role');
  expect(theirs.all()).not.toContain(withoutRole);
  await roles(['reader']);
  const asReader = await told('As a reader');
  expect(theirs.all()).toContain(asReader);
  expect((await who.send('DELETE', '/session')).statusCode).toBe(204);
  const signedOut = await told('Signed out');
  expect(theirs.all()).not.toContain(signedOut);
  await theirs.reading;
  others.end();
  await others.reading;
});
