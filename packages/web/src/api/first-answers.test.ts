import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { get, post } from './client.ts';
import { firstAnswer } from './first-answers.ts';

const source = readFileSync(join(import.meta.dirname, '../begin.js'), 'utf8');

const jsonOf = async (url: string) =>
  new Response(JSON.stringify({ from: url }), { headers: { 'content-type': 'application/json' } });

/** Runs the script of the document's head as the browser would at an address; answers what it asked for. */
const beginAt = (address: string, answer = jsonOf): string[] => {
  window.history.pushState(null, '', address);
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return answer(url);
  });
  new Function(source)();
  return asked;
};

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  // The document began a second ago, however long a busy machine took to come here.
  vi.spyOn(performance, 'now').mockReturnValue(1000);
});
afterEach(() => {
  delete window.firstAnswers;
  document.documentElement.removeAttribute('data-mantine-color-scheme');
  window.history.pushState(null, '', '/');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a page asks at once for what every page needs, and for what it shows itself', () => {
  expect(beginAt('/')).toEqual(['/api/v1/session', '/api/v1/kinds', '/api/v1/home']);
  expect(beginAt('/risks/RSK-4')).toEqual(['/api/v1/session', '/api/v1/kinds', '/api/v1/risks/RSK-4']);
  expect(beginAt('/systems/SYS-1')).toContain('/api/v1/systems/SYS-1/trace');
});

test('a register, a form and an earlier moment ask for what every page needs, and no more', () => {
  for (const address of ['/systems?gap=any', '/risks/new', '/systems/SYS-1?asOf=2026-01-01T00:00:00Z'])
    expect(beginAt(address)).toEqual(['/api/v1/session', '/api/v1/kinds']);
});

test('whoever is not signed in is asked nothing that would be refused', () => {
  for (const address of ['/sign-in', '/sign-in/return?code=1', '/setup', '/password', '/invitation#token=1'])
    expect(beginAt(address)).toEqual([]);
});

test('each answer is taken once, by the same address; what is asked again goes to the server', async () => {
  const asked = beginAt('/');
  expect(await get('/api/v1/home')).toEqual({ from: '/api/v1/home' });
  expect(asked).toHaveLength(3);
  await get('/api/v1/home');
  expect(asked).toHaveLength(4);
  await get('/api/v1/kinds', { query: { all: true } });
  expect(asked.at(-1)).toBe('/api/v1/kinds?all=true');
});

test('a change never takes an answer, and an old one is left', async () => {
  const asked = beginAt('/');
  await post('/api/v1/session');
  expect(asked).toHaveLength(4);
  expect(firstAnswer('GET', '/api/v1/home', 60_000)).toBeUndefined();
});

test('an answer that did not come is told to whoever asked', async () => {
  beginAt('/', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(get('/api/v1/home')).rejects.toMatchObject({ status: 0 });
});
