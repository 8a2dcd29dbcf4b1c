import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { errorCodes } from '@throughline/domain/errors.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../test/factories.ts';
import { problemTable } from './problem.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const contract = async () => (await server.app.inject({ url: '/api/v1/openapi.json' })).json();

test('the contract is a document of OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(await contract());
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('every route of the server stands in the contract, for every register', async () => {
  const { paths } = await contract();
  for (const route of server.routes) {
    const kinds = route.path.includes(':collection') ? server.services.registry.kinds : [undefined];
    for (const kind of kinds) {
      const path = route.path.replace(':collection', kind?.collection ?? '').replace(/:([A-Za-z]+)/g, '{$1}');
      expect([path, Object.keys(paths[path] ?? {})]).toEqual([
        path,
        expect.arrayContaining([route.method.toLowerCase()]),
      ]);
      expect(server.app.hasRoute({ method: route.method, url: `/api/v1${route.path}` })).toBe(true);
    }
  }
});

test('every operation has a name of its own', async () => {
  const { paths } = await contract();
  const names = Object.values<Record<string, { operationId: string }>>(paths).flatMap((methods) =>
    Object.values(methods).map((operation) => operation.operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

test('what is referred to is there', async () => {
  const document = await contract();
  const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
  const missing = new Set(
    named.map((match) => match[1] ?? '').filter((one) => !(one in document.components.schemas)),
  );
  expect([...missing]).toEqual([]);
});

test('the page that reads it aloud needs no script and names every code', async () => {
  const page = await server.app.inject({ url: '/api/docs' });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).not.toContain('<script');
  expect(page.body).not.toContain(' style=');
  for (const code of Object.keys(problemTable)) expect(page.body).toContain(`id="${code}"`);
});

test('the codes of refusals are those of the domain and of the door, and those of the reference', () => {
  expect(Object.keys(problemTable).sort()).toEqual([...errorCodes, 'wrong-method', 'internal'].sort());
  const reference = readFileSync(
    resolve(import.meta.dirname, '../../../../docs/reference/errors.md'),
    'utf8',
  );
  const rows = [...reference.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| ([^|]+) \|/gm)];
  const written = rows.map(([, code, status, title]) => [code, Number(status), title?.trim()]);
  expect(written).toEqual(
    Object.entries(problemTable).map(([code, { status, title }]) => [code, status, title]),
  );
});
