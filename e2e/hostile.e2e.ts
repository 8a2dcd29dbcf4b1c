import { request } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from './lib/api.ts';
import { calm, closeContexts, openBrowser } from './lib/browser.ts';
import { setUp, signIn } from './lib/first-run.ts';
import { type RunningServer, removeData, startEmbedded } from './lib/server.ts';

/** What goes wrong outside: a lost race, a hostile file, a killed server. Seen as a person sees it, by the real start. */
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let api: Api;

beforeAll(async () => {
  server = await startEmbedded();
  browser = await openBrowser();
  context = await browser.newContext({ ...calm, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await setUp(context, server.signInLink);
  api = apiOf(context, server.address);
});

afterAll(async () => {
  await closeContexts();
  if (!server) return;
  await server.stop();
  await removeData(server);
});

/** Sends a body as a file upload does, piece by piece; answers the status, also where the server ends the connection early. */
async function upload(pieces: Iterable<Buffer>, name: string): Promise<{ status: number; body: string }> {
  const cookie = (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const boundary = 'throughline-test';
  const headers = {
    cookie,
    'x-throughline': '1',
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.address}/api/v1/imports?kind=system`,
      { method: 'POST', headers },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (text) => {
          body += text;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The answer came, and the server stopped listening to the rest.
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    const rest = pieces[Symbol.iterator]();
    sent.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`);
    const next = (): void => {
      const piece = rest.next();
      if (sent.destroyed) return;
      if (piece.done) sent.end(`\r\n--${boundary}--\r\n`);
      else if (sent.write(piece.value)) setImmediate(next);
      else sent.once('drain', next);
    };
    next();
  });
}

function* repeated(piece: Buffer, times: number): Generator<Buffer> {
  for (let at = 0; at < times; at += 1) yield piece;
}

const MiB = 1024 * 1024;

test('a file of 500 MB is refused with its limit, and the server goes on', { timeout: 90_000 }, async () => {
  const answer = await upload(repeated(Buffer.alloc(MiB, 'name\n'), 500), 'huge.csv');
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body).detail).toMatch(/100 MiB/);
  expect((await api.get('/systems')).status()).toBe(200);
});

test.each([
  [
    'a workbook that ends in the middle',
    'cut.xlsx',
    Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000broken'),
  ],
  ['bytes without text', 'noise.csv', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 31) % 256))],
  ['nothing', 'empty.csv', Buffer.alloc(0)],
])('%s is refused, naming the file', async (_what, name, bytes) => {
  const answer = await upload([bytes], name);
  expect([400, 413, 415, 422]).toContain(answer.status);
  expect(JSON.parse(answer.body).errors.length + JSON.parse(answer.body).detail.length).toBeGreaterThan(0);
});

test('formulas in a file are text, and come out of an export as text', async () => {
  const csv = 'Name,Purpose\n"=HYPERLINK(""http://example.org"",""x"")","@SUM(1+1)"\n';
  const answer = await upload([Buffer.from(csv)], 'formulas.csv');
  expect(answer.status).toBe(201);
  const { id } = JSON.parse(answer.body);
  await api.post(`/imports/${id}/apply`, {});
  await expect.poll(async () => (await (await api.get(`/imports/${id}`)).json()).state).toBe('applied');
  const exported = await (await api.get('/systems/export?format=csv')).text();
  expect(exported).toContain('HYPERLINK');
  // A spreadsheet runs a cell that begins with one of these.
  for (const cell of exported.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=@]/);
});

test('a lost race shows both values, and the chosen one stands', async () => {
  const { ref } = await api.make('systems', { name: 'Letter drafting helper' });
  await page.goto(`${server.address}/systems/${ref}?edit=unit`);
  const unit = page.getByRole('textbox', { name: 'Unit' });
  await unit.fill('Service');
  // The page does not hear of the other change in time.
  await page.route('**/api/v1/events', (route) => route.abort());
  const patched = await context.request.patch(`${server.address}/api/v1/systems/${ref}`, {
    headers: { 'x-throughline': '1', 'if-match': '"1"' },
    data: { fields: { unit: 'Claims' } },
  });
  expect(patched.status()).toBe(200);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this' });
  await dialog.getByText('Claims', { exact: true }).waitFor({ timeout: 30_000 });
  await dialog.getByText('Service', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Use mine' }).click();
  await expect
    .poll(async () => (await (await api.get(`/systems/${ref}`)).json()).fields.unit)
    .toBe('Service');
});

test('a server killed in the middle of an import leaves nothing half-imported, and its directory opens again', {
  timeout: 180_000,
}, async () => {
  const rows = 3_000;
  const csv = `Name,Purpose\n${Array.from({ length: rows }, (_, at) => `Killed ${at},What number ${at} is for`).join('\n')}\n`;
  const { id } = JSON.parse((await upload([Buffer.from(csv)], 'killed.csv')).body);
  const count = async (): Promise<number> => {
    const answer = await api.get('/systems/count?q=killed');
    return (await answer.json()).total.count;
  };
  await api.post(`/imports/${id}/apply`, {});
  await expect
    .poll(async () => (await (await api.get('/jobs')).json()).items[0]?.done ?? 0, {
      timeout: 30_000,
      interval: 20,
    })
    .toBeGreaterThan(0);
  await server.kill();

  server = await startEmbedded(server.dataDir);
  expect(server.signInLink).toBe('');
  api = apiOf(context, server.address);
  await page.goto(`${server.address}/sign-in`);
  await signIn(page);
  await page.getByRole('navigation').first().waitFor({ timeout: 30_000 });
  expect([0, rows]).toContain(await count());
  // The work that was under way is taken up again, or waits for whoever asked for it; never a part of it.
  const { state } = await (await api.get(`/imports/${id}`)).json();
  if (state !== 'applied') await api.post(`/imports/${id}/apply`, {});
  await expect.poll(count, { timeout: 90_000, interval: 500 }).toBe(rows);
});
