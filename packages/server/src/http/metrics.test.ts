import { expect, test } from 'vitest';
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
