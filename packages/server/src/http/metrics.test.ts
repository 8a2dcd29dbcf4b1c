import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstAdministrator, type TestServer, testServer } from '../../test/factories.ts';
import { Metrics } from './metrics.ts';

test('answers are counted by route and status, and fall into every bucket that they fit', () => {
  const metrics = new Metrics();
  metrics.observe('GET', '/api/v1/systems', 200, 0.004);
  metrics.observe('GET', '/api/v1/systems', 200, 0.3);
  metrics.observe('GET', '/api/v1/systems', 404, 99);
  const text = metrics.text();
  const labels = 'method="GET",route="/api/v1/systems"';
  expect(text).toContain(`http_requests_total{${labels},status="200"} 2\n`);
  expect(text).toContain(`http_requests_total{${labels},status="404"} 1\n`);
  expect(text).toContain(`http_request_duration_seconds_bucket{${labels},le="0.005"} 1\n`);
  expect(text).toContain(`http_request_duration_seconds_bucket{${labels},le="0.5"} 2\n`);
  expect(text).toContain(`http_request_duration_seconds_bucket{${labels},le="+Inf"} 3\n`);
  expect(text).toContain(`http_request_duration_seconds_count{${labels}} 3\n`);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

describe('measurements are for whoever has the token', () => {
  const token = 'measure-'.repeat(4);
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ metricsToken: token });
  });
  afterAll(() => server.close());
  const asked = (authorization?: string) =>
    server.app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });

  test('nobody else reads them, signed in or not', async () => {
    const admin = await firstAdministrator(server);
    const session = await server.app.inject({ url: '/metrics', headers: admin.headers });
    const others = [await asked(), await asked('Bearer '), await asked(`Bearer ${token}x`), session];
    for (const { statusCode, headers, body } of others) {
      expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
      expect(body).not.toContain('http_requests_total');
    }
  });

  test('whoever has it does, and nobody keeps them', async () => {
    const { statusCode, headers, body } = await asked(`Bearer ${token}`);
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toContain('http_requests_total{method="GET",route="/metrics",status="401"} 4');
  });

  test('without a token they are not there', async () => {
    const without = await testServer();
    try {
      for (const headers of [{}, { authorization: 'Bearer undefined' }, { authorization: 'Bearer ' }])
        expect((await without.app.inject({ url: '/metrics', headers })).statusCode).toBe(404);
    } finally {
      await without.close();
    }
  });
});
