import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  password,
  signedIn,
  staffedServer,
  type TestServer,
  testServer,
} from '../../test/factories.ts';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';

let server: TestServer;
let manager: Agent;
let admin: Agent;
beforeAll(async () => {
  ({ server, manager, admin } = await staffedServer());
});
afterAll(async () => closeUnfailed(server));

const address = (path: string) =>
  `/api/v1${path.replace(':collection', 'systems').replace(/:[A-Za-z]+/g, '01890000-0000-7000-8000-0000000000ff')}`;
const rows = async () => {
  const { rows } = await server.store.owner.query<{ n: string }>(
    'select (select count(*) from entry) + (select count(*) from session) + (select count(*) from person) as n',
  );
  return Number(rows[0]?.n);
};

test('the policy lets in no script, style, frame, form or connection but our own', () => {
  const policy = new Map(contentSecurityPolicy.split('; ').map((part) => [part.split(' ')[0], part]));
  expect(policy.get('default-src')).toBe("default-src 'none'");
  for (const name of ['script-src', 'style-src', 'connect-src', 'font-src', 'form-action'])
    expect(policy.get(name)).toBe(`${name} 'self'`);
  for (const name of ['frame-ancestors', 'base-uri']) expect(policy.get(name)).toBe(`${name} 'none'`);
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|'nonce|'sha/);
});

describe('headers of safety stand on every answer', () => {
  const expected = securityHeaders('http://127.0.0.1:4270');
  const carried = (headers: Record<string, unknown>) =>
    Object.fromEntries(Object.keys(expected).map((name) => [name, headers[name]]));

  test('of every route, refused or not', async () => {
    for (const route of server.routes) {
      for (const headers of [{}, { ...manager.headers }]) {
        if (route.path === '/events' || (route.method === 'DELETE' && route.path === '/session')) continue;
        const answer = await server.app.inject({ method: route.method, url: address(route.path), headers });
        expect([route.method, route.path, carried(answer.headers)]).toEqual([
          route.method,
          route.path,
          expected,
        ]);
        expect(answer.headers).toHaveProperty('cache-control');
      }
    }
  });

  test.each([
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/docs',
    '/api/docs.css',
    '/api/v1/openapi.json',
    '/no/page',
  ])('of %s', async (url) => expect(carried((await server.app.inject({ url })).headers)).toEqual(expected));

  test.each(['/api/v1/systems/%E0%A4%A', `/api/v1/systems/${'x'.repeat(300)}`, '/api/v1/%zz'])(
    'of an address that the router itself refuses: %s',
    async (url) => {
      const answer = await server.app.inject({ url, headers: { ...manager.headers } });
      expect([answer.statusCode, carried(answer.headers)]).toEqual([400, expected]);
    },
  );

  /** Says bytes to a server that listens, and answers all that it says until it ends. */
  async function say(to: TestServer, bytes: string): Promise<string> {
    if (!to.app.server.listening) await to.app.listen({ host: '127.0.0.1', port: 0 });
    const at = to.app.server.address();
    const port = typeof at === 'object' && at ? at.port : 0;
    return new Promise((done, fail) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => done(text));
      socket.on('error', fail);
    });
  }
  const bare: readonly (readonly [string, number, string])[] = [
    ['no HTTP', 400, 'hello there\r\n\r\n'],
    ['headers without end', 431, `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['no host', 400, 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['two hosts', 400, 'GET /healthz HTTP/1.1\r\nhost: x\r\nHost: y\r\nconnection: close\r\n\r\n'],
    [
      'an expectation that nobody meets',
      417,
      'POST /api/v1/session HTTP/1.1\r\nhost: x\r\nexpect: x\r\ncontent-length: 0\r\n\r\n',
    ],
  ];

  test.each(bare)('of what Node would answer by itself: %s', async (_what, status, bytes) => {
    const said = await say(server, bytes);
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(said).toContain('application/problem+json');
    for (const [name, value] of Object.entries(expected)) expect(said).toContain(`${name}: ${value}\r\n`);
    expect(said).toContain('cache-control: no-store\r\n');
  });

  test('and over TLS browsers are told to come back over TLS alone, whatever the answer', async () => {
    expect(expected).not.toHaveProperty('strict-transport-security');
    const tls = await testServer({ publicUrl: 'https://aims.example.org' });
    try {
      for (const [, , bytes] of bare)
        expect(await say(tls, bytes)).toContain('strict-transport-security: max-age=31536000\r\n');
      const { headers } = await tls.app.inject({ url: '/api/v1/session' });
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
    } finally {
      await tls.close();
    }
  });

  test.each(['/healthz', '/readyz'])('%s is kept by nobody', async (url) =>
    expect((await server.app.inject({ url })).headers['cache-control']).toBe('no-store'),
  );

  test('no answer names the software behind it', async () => {
    const { headers } = await server.app.inject({ url: '/api/v1/session' });
    expect(headers.server ?? headers['x-powered-by']).toBeUndefined();
  });
});

test('no route takes a secret in its address, where logs on the way keep it', () => {
  for (const { method, path, query } of server.routes) {
    const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    const secret = names.filter((name) => /^(token|secret|password|code|passkey|link)$/.test(name));
    expect([method, path, secret]).toEqual([method, path, []]);
  }
});

describe('what a browser sends for a page of another site changes nothing', () => {
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a page on a neighbouring name', { 'sec-fetch-site': 'same-site' }],
    ['an origin elsewhere', { origin: 'https://elsewhere.example' }],
    ['our name on another port', { origin: 'http://127.0.0.1:4271' }],
    ['an origin that is hidden', { origin: 'null' }],
    ['an origin that is none', { origin: 'http://' }],
    [
      'our origin claimed by a page elsewhere',
      { origin: 'http://127.0.0.1:4270', 'sec-fetch-site': 'cross-site' },
    ],
  ];
  const changing = () => server.routes.filter((route) => route.method !== 'GET');

  test.each(foreign)('%s: on every route, signed in or not', async (_name, sent) => {
    const before = await rows();
    for (const route of changing()) {
      for (const headers of [manager.headers, {}]) {
        const answer = await server.app.inject({
          method: route.method,
          url: address(route.path),
          headers: { ...headers, ...sent },
        });
        expect([route.method, route.path, answer.statusCode, answer.json().code]).toEqual([
          route.method,
          route.path,
          403,
          'foreign-page',
        ]);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    }
    expect(await rows()).toBe(before);
  });

  test('a cookie without the header that no foreign form can send', async () => {
    for (const route of changing()) {
      if (route.access === 'open') continue;
      const { cookie = '' } = manager.headers;
      const answer = await server.app.inject({
        method: route.method,
        url: address(route.path),
        headers: { cookie },
      });
      expect([route.path, answer.statusCode, answer.json().code]).toEqual([route.path, 403, 'foreign-page']);
    }
  });

  test.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4270' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['our origin from an older browser', { origin: 'http://127.0.0.1:4270' }],
    ['the name that was asked', { origin: 'http://localhost:4270', host: 'localhost:4270' }],
    ['a program', {}],
  ])('%s is let in', async (_name, headers) => {
    const answer = await manager.send('PUT', '/preferences', { theme: 'dark' }, { headers });
    expect(answer.statusCode).toBe(200);
  });

  test('over TLS a page without it is foreign, also under our own name', async () => {
    const secure = await testServer({ publicUrl: 'https://aims.example.org' });
    const send = (origin: string) =>
      secure.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { origin, host: 'aims.example.org' },
        payload: { email: 'nobody@example.org', password },
      });
    expect((await send('http://aims.example.org')).json().code).toBe('foreign-page');
    expect((await send('https://aims.example.org')).json().code).toBe('unauthenticated');
    await closeUnfailed(secure);
  });

  test('reading is no change, and no page elsewhere may read the answer', async () => {
    const answer = await manager.send('GET', '/session', undefined, {
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    const asked = await server.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/systems',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('files that people bring', () => {
  const names: readonly (readonly [string, string])[] = [
    ['page.html', 'text/html'],
    ['picture.svg', 'image/svg+xml'],
    ['script.js', 'text/javascript'],
    ['r\u00e4tsel "quoted"; filename=other.html', 'application/x-anything'],
  ];
  test.each(names)('%s is saved and never shown as a page of ours', async (name, media) => {
    const boundary = 'boundary-of-the-form';
    const kept = await manager.send('POST', '/blobs', undefined, {
      payload: Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name.replaceAll('"', '%22')}"\r\ncontent-type: ${media}\r\n\r\n<script>1</script>\r\n--${boundary}--\r\n`,
      ),
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    const { headers } = await manager.send('GET', `/blobs/${kept.json().id}`);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="[^"]*"; filename\*=UTF-8''[^"; ]*$/,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
    });
  });

  test('every download of a register is saved too', async () => {
    for (const format of ['csv', 'xlsx', 'json']) {
      const { headers } = await manager.send('GET', `/systems/export?format=${format}`);
      expect(headers['content-disposition']).toMatch(/^attachment; /);
    }
  });
});

describe('cookies', () => {
  const attributesOf = async (publicUrl: string) => {
    const own = await testServer({ publicUrl });
    await firstAdministrator(own);
    const answer = await own.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { email: 'admin@example.org', password },
    });
    await closeUnfailed(own);
    return [answer.headers['set-cookie'] ?? []].flat().map((cookie) => {
      const [first = '', ...rest] = cookie.split('; ');
      const attributes = rest.filter((one) => !/^(Expires|Max-Age)=/.test(one)).sort();
      return { name: first.split('=')[0], attributes };
    });
  };
  test('are out of reach of scripts and of other sites, and travel over TLS alone where there is TLS', async () => {
    const names = ['throughline', 'throughline-browser'];
    const plain = ['HttpOnly', 'Path=/', 'SameSite=Lax'];
    expect(await attributesOf('http://127.0.0.1:4270')).toEqual(
      names.map((name) => ({ name, attributes: plain })),
    );
    expect(await attributesOf('https://aims.example.org')).toEqual(
      names.map((name) => ({ name: `__Host-${name}`, attributes: [...plain, 'Secure'] })),
    );
  });
});

test('time is bounded: for the headers, for the whole request, for a connection without one', () => {
  const { requestTimeout, headersTimeout, keepAliveTimeout } = server.app.server;
  expect(requestTimeout).toBe(120_000);
  expect(headersTimeout).toBeGreaterThan(0);
  expect(headersTimeout).toBeLessThanOrEqual(requestTimeout);
  expect(keepAliveTimeout).toBeGreaterThan(0);
  expect(server.app.initialConfig.bodyLimit).toBe(1024 * 1024);
});

test('no page leads anywhere but to this application', async () => {
  for (const url of [
    '//elsewhere.example',
    '/%5celsewhere.example',
    '/\\elsewhere.example',
    '/https://elsewhere.example',
  ]) {
    const answer = await server.app.inject({ url });
    const { location } = answer.headers;
    if (location !== undefined) expect(String(location)).toMatch(/^\/sign-in\?next=/);
  }
  const signed = await signedIn(server, admin.organisation, ['reader']);
  expect((await signed.send('GET', '/session')).headers.location).toBeUndefined();
});
