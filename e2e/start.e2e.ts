import { afterAll, expect, test } from 'vitest';
import { type RunningServer, removeData, startEmbedded } from './lib/server.ts';

const directories: RunningServer[] = [];

afterAll(async () => {
  for (const server of directories) await removeData(server);
});

async function start(dataDir?: string): Promise<RunningServer> {
  const server = await startEmbedded(dataDir);
  if (dataDir === undefined) directories.push(server);
  return server;
}

test('the first start makes a database, serves the pages and gives a link to the first sign-in', async () => {
  const server = await start();
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
  const page = await fetch(server.address);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
  expect(server.signInLink.startsWith(`${server.address}/`)).toBe(true);
  expect(await server.stop()).toBe(0);
});

test('a second server on the directory is refused, and a killed one stands in nobody’s way', async () => {
  const first = await start();
  await expect(start(first.dataDir)).rejects.toThrow(/Another Throughline server \(process \d+\) is using/);
  await first.kill();
  const again = await start(first.dataDir);
  expect((await fetch(`${again.address}/readyz`)).status).toBe(200);
  expect(await again.stop()).toBe(0);
});
