import { afterEach, expect, test, vi } from 'vitest';
import { endSession, get, patch, post, request, setSignedOutHandler } from './client.ts';
import { Problem } from './problem.ts';

type Sent = { url: string; init: RequestInit };

/** Stands in for the network, the one edge of the page. */
const answer = (response: () => Response | Promise<never>): Sent[] => {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return response();
  });
  return sent;
};
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

afterEach(() => vi.unstubAllGlobals());

const failure = async (run: Promise<unknown>): Promise<Problem> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It did not fail.');
};

test('a read carries its parameters and no header of a change', async () => {
  const sent = answer(() => json(200, { items: [] }, { etag: '"3"' }));
  const { body, etag } = await request('GET', '/api/v1/systems', undefined, {
    query: { stage: ['live', 'pilot'], q: 'a&b', none: undefined },
  });
  expect(body).toEqual({ items: [] });
  expect(etag).toBe('"3"');
  expect(sent[0]?.url).toBe('/api/v1/systems?stage=live%2Cpilot&q=a%26b');
  expect(new Headers(sent[0]?.init.headers).has('x-throughline')).toBe(false);
});

test('a small change is sent to its end when its page goes; a read, a long text and a file are not', async () => {
  const sent = answer(() => json(200, {}));
  const long = 'x'.repeat(9_000);
  await get('/api/v1/systems');
  await patch('/api/v1/systems/SYS-1', { name: 'x' });
  await request('DELETE', '/api/v1/sessions');
  await patch('/api/v1/documents/DOC-1', { text: long });
  await post('/api/v1/blobs', new Blob(['x']));
  expect(sent.map(({ init }) => init.keepalive)).toEqual([false, true, true, false, false]);
});

test('a change says that it comes from the page, on which version and under which key', async () => {
  const sent = answer(() => json(200, {}));
  await patch('/api/v1/systems/SYS-1', { name: 'x' }, { ifMatch: '"3"', idempotencyKey: 'k' });
  const headers = new Headers(sent[0]?.init.headers);
  expect(
    Object.fromEntries(
      ['x-throughline', 'if-match', 'idempotency-key', 'content-type'].map((name) => [
        name,
        headers.get(name),
      ]),
    ),
  ).toEqual({
    'x-throughline': '1',
    'if-match': '"3"',
    'idempotency-key': 'k',
    'content-type': 'application/json',
  });
});

test('a refusal becomes a problem with its fields', async () => {
  answer(() =>
    json(422, {
      status: 422,
      code: 'unprocessable',
      title: 'Two fields need a look',
      detail: 'Nothing was written.',
      instance: '7F2K',
      errors: [{ at: 'name', message: 'Say a name.' }],
    }),
  );
  const problem = await failure(post('/api/v1/systems', {}));
  expect(problem).toMatchObject({
    status: 422,
    code: 'unprocessable',
    id: '7F2K',
    message: 'Nothing was written.',
    errors: [{ at: 'name', message: 'Say a name.' }],
  });
});

test('no answer, and an answer that is no problem, are told as such', async () => {
  answer(() => Promise.reject(new TypeError('failed')));
  expect((await failure(get('/api/v1/me'))).code).toBe('offline');
  answer(() => new Response('<html>', { status: 502 }));
  expect(await failure(get('/api/v1/me'))).toMatchObject({ code: 'unreadable', status: 502 });
});

test('a session that ended sends to sign-in', async () => {
  let left = 0;
  setSignedOutHandler(() => {
    left += 1;
  });
  answer(() => json(401, { status: 401, code: 'unauthenticated', title: 'Sign in', errors: [] }));
  expect((await failure(get('/api/v1/me'))).status).toBe(401);
  expect(left).toBe(1);
});

test('an answer without content is undefined', async () => {
  answer(() => new Response(null, { status: 204 }));
  expect(await post('/api/v1/sign-out')).toBeUndefined();
});

test('whoever leaves asks for nothing more; a session that could not be ended lets the page go on', async () => {
  const sent = answer(() => new Response(null, { status: 204 }));
  await endSession();
  void get('/api/v1/systems');
  await new Promise((done) => setTimeout(done, 0));
  expect(sent.map(({ init }) => init.method)).toEqual(['DELETE']);
  answer(() => Promise.reject(new TypeError('no network')));
  expect((await failure(endSession())).code).toBe('offline');
  const after = answer(() => json(200, { items: [] }));
  expect(await get('/api/v1/systems')).toEqual({ items: [] });
  expect(after).toHaveLength(1);
});
