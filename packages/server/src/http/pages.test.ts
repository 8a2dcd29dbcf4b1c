import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPages } from './pages.ts';

const root = mkdtempSync(join(tmpdir(), 'throughline-pages-'));
let app: FastifyInstance;
/** Whether a session still holds is the API's to say. */
const signedIn = { cookie: 'theme=dark; throughline=abc' };

beforeAll(async () => {
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Throughline</title>');
  writeFileSync(join(root, 'assets', 'main-1a2b.js'), 'export {};');
  const script = 'export const packed = 1;';
  writeFileSync(join(root, 'assets', 'packed-3c4d.js'), script);
  writeFileSync(join(root, 'assets', 'packed-3c4d.js.br'), brotliCompressSync(script));
  const page = '<!doctype html><title>Throughline</title>';
  writeFileSync(join(root, 'index.html.br'), brotliCompressSync(page));
  mkdirSync(join(root, '.vite'));
  const manifest = { 'src/features/sign-in/sign-in-page.tsx': { file: 'assets/main-1a2b.js' } };
  writeFileSync(join(root, '.vite', 'manifest.json'), JSON.stringify(manifest));
  app = Fastify();
  await addPages(app, root);
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});

test.each(['/', '/systems', '/systems/SYS-412', '/setup', '/log', '/log/verify'])(
  '%s is a page, and never kept',
  async (url) => {
    for (const headers of [signedIn, { cookie: '__Host-throughline=abc' }]) {
      const answer = await app.inject({ url, headers });
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
    }
    const answer = await app.inject({ url, headers: signedIn });
    expect(answer.body).toContain('<title>Throughline</title>');
  },
);

test.each(['/', '/systems', '/systems/SYS-412?tab=line', '/log', '/nothing-there', '//elsewhere.example'])(
  '%s sends whoever brings no session to sign in, and back afterwards',
  async (url) => {
    for (const headers of [{}, { cookie: 'other=1; notthroughline=2' }]) {
      const answer = await app.inject({ url, headers });
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([302, 'no-store']);
      const target = new URL(String(answer.headers.location), 'http://127.0.0.1');
      expect([target.host, target.pathname, target.searchParams.get('next')]).toEqual([
        '127.0.0.1',
        '/sign-in',
        url,
      ]);
    }
  },
);

test.each(['/sign-in', '/sign-in?next=%2Fsystems', '/setup', '/invitation', '/welcome'])(
  '%s is open to whoever brings no session',
  async (url) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(answer.body).toContain('<title>Throughline</title>');
  },
);

test('the page to sign in names its script beside the frame, and other pages name none', async () => {
  const signIn = await app.inject({ url: '/sign-in?next=%2F' });
  expect(signIn.headers.link).toBe('</assets/main-1a2b.js>; rel=modulepreload; crossorigin');
  const register = await app.inject({ url: '/systems', headers: signedIn });
  expect(register.headers.link).toBeUndefined();
});

test('files named after their content are kept for ever', async () => {
  const answer = await app.inject({ url: '/assets/main-1a2b.js' });
  expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(answer.headers['content-type']).toContain('javascript');
});

test('what the build packed is sent packed to whoever takes it, under the type and the keeping of the file', async () => {
  const packed = await app.inject({
    url: '/assets/packed-3c4d.js',
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect(packed.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('export const packed = 1;');
  expect(packed.headers['content-type']).toContain('javascript');
  expect(packed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const plain = await app.inject({
    url: '/assets/packed-3c4d.js',
    headers: { 'accept-encoding': 'identity' },
  });
  expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'export const packed = 1;']);
  const alone = await app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': 'br' } });
  expect([alone.headers['content-encoding'], alone.body]).toEqual([undefined, 'export {};']);
});

test.each(['/', '/systems'])('%s comes packed too, and is never kept', async (url) => {
  const answer = await app.inject({ url, headers: { ...signedIn, 'accept-encoding': 'br' } });
  expect([answer.headers['content-encoding'], answer.headers['cache-control']]).toEqual(['br', 'no-cache']);
  expect(brotliDecompressSync(answer.rawPayload).toString()).toContain('<title>Throughline</title>');
});

test.each([
  '/assets/gone.js',
  '/favicon.ico',
  '/api/nothing',
  '/log/01a1fee7-13fa-74ab-a3f7-fff203dac9fb/tile/0/000',
  '/log/harbour-bank/checkpoint',
  '/log/harbour-bank/tile/0/000',
  '/scim/v1/Users',
  '/../package.json',
  '/assets/..%2f..%2fpackage.json',
])('%s is not there, and no page stands in for it', async (url) => {
  const answer = await app.inject({ url, headers: signedIn });
  expect(answer.body).not.toContain('<title>Throughline</title>');
  expect(answer.body).not.toContain('"workspaces"');
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
});
