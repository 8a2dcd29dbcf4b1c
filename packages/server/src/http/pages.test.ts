import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPages } from './pages.ts';

const root = mkdtempSync(join(tmpdir(), 'throughline-pages-'));
let app: FastifyInstance;

beforeAll(async () => {
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Throughline</title>');
  writeFileSync(join(root, 'assets', 'main-1a2b.js'), 'export {};');
  app = Fastify();
  await addPages(app, root);
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});

test.each(['/', '/systems', '/systems/SYS-412', '/setup?token=abc', '/log', '/log/verify'])(
  '%s is a page, and never kept',
  async (url) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(answer.body).toContain('<title>Throughline</title>');
  },
);

test('files named after their content are kept for ever', async () => {
  const answer = await app.inject({ url: '/assets/main-1a2b.js' });
  expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(answer.headers['content-type']).toContain('javascript');
});

test.each([
  '/assets/gone.js',
  '/favicon.ico',
  '/api/nothing',
  '/log/01a1fee7-13fa-74ab-a3f7-fff203dac9fb/tile/0/000',
  '/../package.json',
  '/assets/..%2f..%2fpackage.json',
])('%s is not there, and no page stands in for it', async (url) => {
  const answer = await app.inject({ url });
  expect(answer.body).not.toContain('<title>Throughline</title>');
  expect(answer.body).not.toContain('"workspaces"');
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
});
