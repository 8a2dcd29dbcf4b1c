import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  firstAdministrator,
  ifMatch,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let ref: string;

beforeAll(async () => {
  server = await testServer();
  const admin = await firstAdministrator(server);
  manager = await signedIn(server, admin.organisation, ['admin', 'aims-manager']);
  ref = (await record(manager, 'systems', { name: 'Claims triage' })).ref;
});
afterAll(async () => {
  await server.close();
});

const raw = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  manager.send('POST', '/systems', undefined, {
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });

test.each([
  ['nothing', '', 'The body is empty'],
  ['no JSON', 'fields', 'line 1, column 1'],
  ['an object cut off', '{"fields": {', 'line 1, column 13'],
  ['a comma too many', '{\n  "fields": {},\n}', 'line 3, column 1'],
  ['a bare tab in a string', '{"a": "x\ty"}', 'line 1, column 9'],
  ['a number of the wrong shape', '[01]', 'line 1, column 3'],
  ['two values', '{} {}', 'line 1, column 4'],
])('%s is malformed, and the answer says where', async (_name, body, where) => {
  const answer = await raw(body);
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'malformed']);
  expect(answer.json().detail).toContain(where);
});

test('20,000 levels, two megabytes, broken UTF-8 and another media type are refused before they cost anything', async () => {
  expect((await raw('['.repeat(20_000) + ']'.repeat(20_000))).json()).toMatchObject({
    status: 400,
    code: 'malformed',
  });
  expect((await raw(`{"fields":{"name":"${'x'.repeat(2_000_000)}"}}`)).json()).toMatchObject({
    status: 413,
    code: 'too-large',
  });
  expect((await raw(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).json()).toMatchObject({ status: 400 });
  expect((await raw('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).json()).toMatchObject({
    status: 415,
    code: 'unsupported',
  });
  expect((await raw('{}', { 'content-type': 'text/plain' })).statusCode).toBe(415);
});

test.each([
  ['NUL', '{"fields":{"name":"a\\u0000b"}}', 'fields.name'],
  ['half a character', '{"fields":{"name":"a\\ud800b"}}', 'fields.name'],
  ['a control character', '{"fields":{"name":"a\\u0007b"}}', 'fields.name'],
  ['what turns words around', '{"fields":{"name":"a\\u202eb"}}', 'fields.name'],
  ['nothing that is seen', '{"fields":{"name":"\\u200b"}}', 'fields.name'],
  ['a number for text', '{"fields":{"name":7}}', 'fields.name'],
  ['a list for text', '{"fields":{"name":["x"]}}', 'fields.name'],
  ['an impossible day', '{"fields":{"name":"x","liveSince":"2026-02-30"}}', 'fields.liveSince'],
  ['a choice that is none', '{"fields":{"name":"x","inScope":"perhaps"}}', 'fields.inScope'],
  ['an unknown field', '{"fields":{"name":"x","colour":"red"}}', 'fields.colour'],
  ['an unknown member', '{"fields":{"name":"x"},"owner":"me"}', 'owner'],
  ['an inherited name', '{"fields":{"name":"x","constructor":"y"}}', 'fields.constructor'],
  ['a person who is none', '{"fields":{"name":"x","owner":"me"}}', 'fields.owner'],
  [
    'a link to nothing',
    '{"fields":{"name":"x"},"links":{"usesModel":{"set":["00000000-0000-7000-8000-000000000000"]}}}',
    'links.usesModel',
  ],
  ['a link that is no list', '{"fields":{"name":"x"},"links":{"usesModel":"MDL-1"}}', 'links.usesModel'],
  ['a state that is none', '{"fields":{"name":"x"},"state":"flying"}', 'state'],
  ['fields that are a list', '{"fields":[]}', 'fields'],
  ['NUL in a reason', '{"fields":{"name":"x"},"because":"\\u0000"}', 'because'],
])('%s is refused by the name of its field', async (_name, body, at) => {
  const answer = await raw(body);
  expect([answer.statusCode, answer.json().code]).toEqual([422, 'unprocessable']);
  expect(answer.json().errors.map((one: { at: string }) => one.at)).toContain(at);
});

test('names that would reach the prototype, and names given twice, are refused by name', async () => {
  const answer = await raw('{"fields":{"name":"Plain","__proto__":{"admin":true}}}');
  expect([answer.statusCode, answer.json().errors]).toEqual([
    422,
    [{ at: 'fields.__proto__', message: '"__proto__" is not known here.' }],
  ]);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
  const twice = await raw('{"fields":{"name":"First","name":"Last"}}');
  expect([twice.statusCode, twice.json().errors]).toEqual([
    422,
    [{ at: 'fields.name', message: '"name" is given twice. Give it once.' }],
  ]);
});

test('a relation that is none is refused by name, whatever is to be done with what it names', async () => {
  const linked = await record(manager, 'systems', { name: 'Linked' });
  const [step] = linked.transitions;
  const message = 'AI system has no relation "nope".';
  for (const act of ['set', 'add', 'remove']) {
    const links = { nope: { [act]: [linked.ref] } };
    const asked = [
      await manager.send('PATCH', `/systems/${linked.ref}`, { links }, ifMatch(1)),
      await manager.send('POST', '/systems', { fields: { name: 'Other' }, links }),
      await manager.send(
        'POST',
        `/systems/${linked.ref}/transitions`,
        { transition: step?.name, links },
        ifMatch(1),
      ),
    ];
    for (const answer of asked)
      expect([answer.statusCode, answer.json().errors]).toEqual([422, [{ at: 'links.nope', message }]]);
    const bulk = await manager.send('POST', '/systems/bulk', { refs: [linked.ref], patch: { links } });
    expect(JSON.stringify(bulk.json())).toContain(JSON.stringify(message).slice(1, -1));
  }
});

test('addresses with NUL, half characters, broken escapes and great length are refused', async () => {
  const codes: [string, number][] = [
    ['/systems/%00', 422],
    ['/systems?q=%00', 422],
    ['/systems?unit=%ED%A0%80', 200],
    ['/systems/%E0%A4%A', 400],
    [`/systems/${'x'.repeat(300)}`, 400],
    ['/systems/../../etc/passwd', 404],
    ['/systems/SYS-99999999999999999999', 404],
    ["/systems?unit='; drop table record; --", 200],
    ['/search?q=%27%3A%2A%26%7C%21', 200],
    ['/nothing', 404],
    ['/constructor', 404],
    ['/__proto__/x', 404],
  ];
  for (const [path, status] of codes) {
    const answer = await server.app.inject({
      url: `/api/v1${path}`,
      headers: { cookie: '', ...(await headers()) },
    });
    expect([path, answer.statusCode]).toEqual([path, status]);
  }
});

async function headers(): Promise<Record<string, string>> {
  const token = await manager.send('POST', '/tokens', { name: 'Test', roles: ['aims-manager'] });
  return { authorization: `Bearer ${token.json().secret}` };
}

test('every route takes hostile bodies and parameters without failing', async () => {
  const bodies: unknown[] = [
    null,
    [],
    'text',
    7,
    {},
    { text: 'a\u0000' },
    { fields: null, refs: [null], act: {}, until: '2026-02-30' },
  ];
  const seen: [string, number][] = [];
  for (const route of server.routes) {
    for (const body of route.method === 'GET' ? [undefined] : bodies) {
      const path = route.path
        .replace(':collection', 'systems')
        .replace(':ref', ref)
        .replace(/:[a-z]+/gi, 'no-id');
      if (path === '/session' && route.method === 'DELETE') continue;
      if (path === '/events') continue;
      const answer = await server.app.inject({
        method: route.method,
        url: `/api/v1${path}?limit=-1&x=%00`,
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', 'if-match': '"1"', ...(await stable()) },
      });
      seen.push([`${route.method} ${path}`, answer.statusCode]);
    }
  }
  expect(seen.filter(([, status]) => status >= 500 || status < 200)).toEqual([]);
  expect(server.failures).toEqual([]);
});

let known: Record<string, string> | undefined;
async function stable(): Promise<Record<string, string>> {
  known ??= await headers();
  return known;
}

test('a method that an address does not take is named, with those it takes', async () => {
  const answer = await manager.send('DELETE', '/organisation');
  expect([answer.statusCode, answer.json().code]).toEqual([405, 'wrong-method']);
  expect(answer.headers.allow).toBe('GET, PATCH');
});

test('credentials that are none are refused as such', async () => {
  for (const authorization of [
    'Bearer',
    'Bearer \u0001',
    'Basic YTpi',
    `Bearer ${'x'.repeat(5000)}`,
    'Bearer tl_unknown',
  ]) {
    const answer = await server.app.inject({ url: '/api/v1/session', headers: { authorization } });
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  }
});

test('every answer carries the policy, refusals and unknown pages too', async () => {
  for (const url of [
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/v1/session',
    '/api/v1/nothing',
    '/api/docs',
    '/no/page',
  ]) {
    const { headers: sent } = await server.app.inject({ url });
    expect([url, sent['content-security-policy']]).toEqual([
      url,
      expect.stringContaining("script-src 'self'"),
    ]);
    expect(sent['x-content-type-options']).toBe('nosniff');
  }
});

test('an answer that is large is compressed for whoever takes it', async () => {
  const answer = await manager.send('GET', '/kinds', undefined, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(answer.headers['content-encoding']).toBeUndefined();
  const small = await server.app.inject({
    url: '/api/v1/kinds',
    headers: { 'accept-encoding': 'br', ...(await stable()) },
  });
  expect(small.headers['content-encoding']).toBe('br');
  expect(small.rawPayload.length).toBeLessThan(answer.rawPayload.length / 4);
});

test('bytes that are no HTTP get an answer and the connection ends', async () => {
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('hello there\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  expect(said).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"malformed"/);
});

test('a lost version race tells both versions', async () => {
  const made = await record(manager, 'systems', { name: 'Raced' });
  const edit = (name: string) =>
    manager.send('PATCH', `/systems/${made.ref}`, { fields: { name } }, ifMatch(1));
  const answers = await Promise.all([edit('A'), edit('B'), edit('C')]);
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 412, 412]);
});
