import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setSignedOutHandler } from './client.ts';
import { Problem } from './problem.ts';
import { type Sent, upload } from './upload.ts';

/** Stands in for the network, the one edge of the page: keeps what was asked and answers when it is told. */
class Network extends EventTarget {
  static last: Network;
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  url = '';
  status = 0;
  responseText = '';
  aborted = false;
  sent: unknown;
  #type = 'application/json';
  constructor() {
    super();
    Network.last = this;
  }
  open(_method: string, url: string): void {
    this.url = url;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  getResponseHeader(): string {
    return this.#type;
  }
  send(body: unknown): void {
    this.sent = body;
  }
  abort(): void {
    this.aborted = true;
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, text: string, type = 'application/json'): void {
    this.status = status;
    this.responseText = text;
    this.#type = type;
    this.dispatchEvent(new Event('load'));
  }
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total }));
  }
}

beforeEach(() => vi.stubGlobal('XMLHttpRequest', Network));
afterEach(() => vi.unstubAllGlobals());

const file = new File(['Name\nA\n'], 'models.csv');

test('a file goes as a form with the header of a change, and the bytes are told as they leave', async () => {
  const told: Sent[] = [];
  const done = upload<{ id: string }>('/api/v1/imports', file, {
    query: { kind: 'model', profile: undefined },
    onSent: (sent) => told.push(sent),
  });
  const network = Network.last;
  expect(network.url).toBe('/api/v1/imports?kind=model');
  expect(network.headers).toMatchObject({ 'x-throughline': '1', accept: 'application/json' });
  const { sent } = network;
  expect(sent instanceof FormData && sent.get('file')).toMatchObject({ name: 'models.csv', size: file.size });
  network.progress(3, 10);
  network.progress(10, 10);
  network.answer(201, '{"id":"1"}');
  expect(await done).toEqual({ id: '1' });
  expect(told).toEqual([
    { sent: 3, total: 10 },
    { sent: 10, total: 10 },
  ]);
});

test.each([
  [413, '{"title":"Too large","code":"too-large"}', 'application/problem+json', 'too-large', 'Too large'],
  [502, '<html>', 'text/html', 'unreadable', expect.any(String)],
  [201, '{"id":', 'application/json', 'unreadable', expect.any(String)],
])('an answer of %s with %s is a problem', async (status, text, type, code, title) => {
  const done = upload('/api/v1/imports', file);
  Network.last.answer(status, text, type);
  await expect(done).rejects.toMatchObject({ status, code, title });
  await expect(done).rejects.toBeInstanceOf(Problem);
});

test('an ended session is told, and a line that is cut off is no answer', async () => {
  const told = vi.fn();
  setSignedOutHandler(told);
  const refused = upload('/api/v1/imports', file);
  Network.last.answer(401, '{"title":"Sign in","code":"unauthenticated"}');
  await expect(refused).rejects.toMatchObject({ status: 401 });
  expect(told).toHaveBeenCalledOnce();
  const cut = upload('/api/v1/imports', file);
  Network.last.dispatchEvent(new Event('error'));
  await expect(cut).rejects.toMatchObject({ status: 0, code: 'offline' });
});

test('a stopped upload sends no more and rejects with why it was stopped', async () => {
  const stop = new AbortController();
  const done = upload('/api/v1/imports', file, { signal: stop.signal });
  Network.last.progress(3, 10);
  stop.abort();
  expect(Network.last.aborted).toBe(true);
  await expect(done).rejects.toMatchObject({ name: 'AbortError' });
});
