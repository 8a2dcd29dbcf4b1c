import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { get, post, setSignedOutHandler } from './client.ts';
import {
  forThisOrganisation,
  loadedForOrganisation,
  setLoadedFor,
  setOtherOrganisationHandler,
} from './organisation.ts';
import { Problem } from './problem.ts';

/** Stands in for the network, the one edge of the page; keeps what each request said of the organisation. */
const answer = (status: number, body: unknown): (string | null)[] => {
  const said: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    said.push(new Headers(init.headers).get('x-throughline-organisation'));
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  });
  return said;
};

// Files share a process, and a page that another one showed was loaded for an organisation.
beforeEach(() => setLoadedFor(undefined));
afterEach(() => {
  setLoadedFor(undefined);
  setOtherOrganisationHandler(() => undefined);
  vi.unstubAllGlobals();
});

test('every request names the organisation that the page was loaded for, and none before that is known', async () => {
  const said = answer(200, {});
  await get('/api/v1/session');
  setLoadedFor('ours');
  await get('/api/v1/systems');
  await post('/api/v1/systems', {});
  expect(said).toEqual([null, 'ours', 'ours']);
});

test('the address of a file or a stream names the organisation, beside what it asks already', () => {
  expect(forThisOrganisation('/api/v1/events')).toBe('/api/v1/events');
  setLoadedFor('ours');
  expect(forThisOrganisation('/api/v1/events')).toBe('/api/v1/events?forOrganisation=ours');
  expect(forThisOrganisation('/api/v1/systems/export?format=csv')).toBe(
    '/api/v1/systems/export?format=csv&forOrganisation=ours',
  );
});

test('that the session is in another organisation is told, and what was asked is refused', async () => {
  let told = 0;
  setOtherOrganisationHandler(() => {
    told += 1;
  });
  answer(409, {
    status: 409,
    code: 'other-organisation',
    title: 'You are in another organisation now',
    errors: [],
  });
  await expect(post('/api/v1/systems', {})).rejects.toBeInstanceOf(Problem);
  expect(told).toBe(1);
  answer(409, { status: 409, code: 'conflict', title: 'What stands does not allow this', errors: [] });
  await expect(post('/api/v1/systems', {})).rejects.toBeInstanceOf(Problem);
  expect(told).toBe(1);
});

test('whoever signs in after a session ended may be of another organisation', async () => {
  setSignedOutHandler(() => undefined);
  setLoadedFor('ours');
  answer(401, { status: 401, code: 'unauthenticated', title: 'Sign in first', errors: [] });
  await expect(get('/api/v1/systems')).rejects.toBeInstanceOf(Problem);
  expect(loadedForOrganisation()).toBeUndefined();
});
