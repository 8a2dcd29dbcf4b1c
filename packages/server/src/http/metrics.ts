import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { FastifyInstance } from 'fastify';

/** Upper bounds of the duration buckets, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

type Series = { counts: Map<number, number>; buckets: number[]; sum: number; count: number };

/**
 * Counts and durations of answers by route, in the Prometheus text format (version 0.0.4). Labels are patterns of
 * paths, never addresses: nothing here names an organisation, a person or a record.
 */
export class Metrics {
  readonly #series = new Map<string, Series>();

  observe(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${method}",route="${route}"`;
    const series = this.#series.get(labels) ?? {
      counts: new Map(),
      buckets: bounds.map(() => 0),
      sum: 0,
      count: 0,
    };
    this.#series.set(labels, series);
    series.counts.set(status, (series.counts.get(status) ?? 0) + 1);
    series.count += 1;
    series.sum += seconds;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
  }

  text(): string {
    const lines = [
      '# HELP http_requests_total Answers by route and status.',
      '# TYPE http_requests_total counter',
    ];
    for (const [labels, series] of this.#series)
      for (const [status, count] of series.counts)
        lines.push(`http_requests_total{${labels},status="${status}"} ${count}`);
    lines.push(
      '# HELP http_request_duration_seconds Time to answer.',
      '# TYPE http_request_duration_seconds histogram',
    );
    for (const [labels, series] of this.#series) {
      let below = 0;
      for (const [position, bound] of bounds.entries()) {
        below += series.buckets[position] ?? 0;
        lines.push(`http_request_duration_seconds_bucket{${labels},le="${bound}"} ${below}`);
      }
      lines.push(
        `http_request_duration_seconds_bucket{${labels},le="+Inf"} ${series.count}`,
        `http_request_duration_seconds_sum{${labels}} ${series.sum}`,
        `http_request_duration_seconds_count{${labels}} ${series.count}`,
      );
    }
    return `${lines.join('\n')}\n${processText()}`;
  }
}

function processText(): string {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memory.rss}`,
    '# TYPE process_heap_used_bytes gauge',
    `process_heap_used_bytes ${memory.heapUsed}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime()}`,
    '',
  ].join('\n');
}

/** Observes every answer of the routes that follow. */
export function observeAnswers(app: FastifyInstance): Metrics {
  const metrics = new Metrics();
  app.addHook('onResponse', async (request, reply) => {
    metrics.observe(
      request.method,
      request.routeOptions.url ?? 'none',
      reply.statusCode,
      reply.elapsedTime / 1000,
    );
  });
  return metrics;
}

/**
 * Serves `/metrics` to whoever sends `token` as a bearer token; without one it is not there. Counts of all that is asked
 * tell of every organisation together, and times more than an answer does.
 */
export function addMetrics(app: FastifyInstance, metrics: Metrics, token: string | undefined): void {
  app.get('/metrics', async (request, reply) => {
    if (token === undefined) throw notFound();
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${token}`))
      throw new DomainError('unauthenticated', 'Measurements are for whoever has METRICS_TOKEN.');
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics.text());
  });
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Takes as long whatever is given. */
const sameSecret = (given: string, kept: string): boolean => timingSafeEqual(digestOf(given), digestOf(kept));
