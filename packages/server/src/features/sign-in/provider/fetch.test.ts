import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundedFetch, mostBytes, OutOfReach, type Reach, refusedAddress } from './fetch.ts';

let server: Server;
let here: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
    else if (request.url === '/none') response.writeHead(204).end();
    else if (request.url === '/large') response.end('x'.repeat(mostBytes + 1));
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    } else request.pipe(response.setHeader('content-type', String(request.headers['content-type'])));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  here = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const ask = (
  url: string,
  reach: Reach = 'yes',
  more: { body?: URLSearchParams; signal?: AbortSignal } = {},
) => boundedFetch(reach)(url, { method: 'POST', headers: {}, redirect: 'manual', body: undefined, ...more });

test('sends a form, and gives back what was answered with its type', async () => {
  const answer = await ask(`${here}/`, 'yes', { body: new URLSearchParams({ code: 'a b' }) });
  expect(answer.headers.get('content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8');
  expect(await answer.text()).toBe('code=a+b');
  expect((await ask(`${here}/none`)).status).toBe(204);
});

test('is led nowhere else', async () => {
  const answer = await ask(`${here}/moved`);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, null]);
});

test.each([
  ['too much', '/large', 'more than 512 KiB'],
  ['half of it', '/cut', 'was not reached'],
])('refuses %s', async (_what, path, words) => {
  await expect(ask(`${here}${path}`)).rejects.toThrow(words);
});

test('ends when whoever asks gives up', async () => {
  await expect(ask(`${here}/`, 'yes', { signal: AbortSignal.abort() })).rejects.toThrow(OutOfReach);
});

test.each([
  ['ftp://127.0.0.1/', 'yes', 'https alone'],
  ['http://127.0.0.1:1/', 'no', 'on this machine'],
  ['https://127.0.0.1:1/', 'no', 'on this machine'],
  ['https://[::1]:1/', 'no', 'on this machine'],
  ['http://localhost:1/', 'no', 'on this machine'],
  ['https://login.example.org/', 'only', 'Only providers on this machine'],
  ['https://198.51.100.7/', 'only', 'Only providers on this machine'],
  ['http://169.254.169.254/latest/meta-data', 'yes', 'no address of a provider'],
] as const)('does not ask %s where loopback is %s', async (url, reach, words) => {
  await expect(ask(url, reach)).rejects.toThrow(words);
});

test.each([
  ['169.254.169.254', true],
  ['0.0.0.0', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  ['fe80::1', true],
  ['::', true],
  ['ff02::1', true],
  ['::ffff:169.254.169.254', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.7', false],
  ['198.51.100.7', false],
  ['2001:db8::7', false],
])('over TLS, an address that is nobody’s provider is not asked: %s', (address, refused) => {
  expect(refusedAddress(address, true, 'no') !== null).toBe(refused);
});

test('without TLS nobody is asked but this machine, where that is said', () => {
  expect(refusedAddress('10.0.0.7', false, 'yes')).toContain('https');
  expect(refusedAddress('127.0.0.1', false, 'yes')).toBeNull();
  expect(refusedAddress('127.0.0.1', false, 'only')).toBeNull();
  expect(refusedAddress('169.254.169.254', false, 'only')).not.toBeNull();
});
