import { PassThrough } from 'node:stream';
import type { Actor } from '@throughline/domain/actor.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { hearing } from '../../features/events/heard.ts';
import { EventHub, type LiveEvent } from '../../features/events/hub.ts';
import { concerns } from '../../features/jobs/jobs.ts';
import { refWire } from '../present/ref.ts';
import { type Call, type Route, route } from '../route.ts';
import type { RouteContext } from '../services.ts';

const heartbeatMs = 20_000;
/** How often an open stream asks whether its session or token still stands. */
const recheckMs = 30_000;
/** Bytes that a reader may lag behind: beyond it the stream ends, and its reader begins again. */
const mostBehind = 1024 * 1024;

/** Server-sent events (WHATWG HTML §9.2): what changed in the caller's organisation, as far as they may read it. */
export function eventRoutes(services: RouteContext): Route[] {
  return [
    route({
      method: 'GET',
      path: '/events',
      tag: 'Events',
      summary: 'What changes, as it changes: `record`, `standing`, `job`, `log`',
      access: 'signed-in',
      uncompressed: true,
      answers: { 200: { description: 'A stream that does not end by itself.', media: 'text/event-stream' } },
      handle: async (call) => ({
        status: 200,
        body: stream(services, call),
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache, no-transform',
          'x-accel-buffering': 'no',
        },
      }),
    }),
  ];
}

function stream(services: RouteContext, call: Call): PassThrough {
  const { organisation, actor } = call.caller;
  const body = new PassThrough();
  const hub = EventHub.of(services, (error) => services.log(error, call.id));
  const tell = (event: LiveEvent) => {
    const text = written(services.registry, actor, event);
    if (text === undefined || body.writableEnded) return;
    if (body.writableLength > mostBehind) body.destroy();
    else body.write(text);
  };
  const heard = hearing(services, call.caller);
  const stop = hub.watch(organisation, (event) => {
    if (heard === null) return tell(event);
    heard(event).then(
      (may) => may && tell(event),
      (error: unknown) => services.log(error, call.id),
    );
  });
  const heartbeat = setInterval(() => body.write(': here\n\n'), heartbeatMs);
  const recheck = setInterval(() => {
    call.stillIn().then(
      (still) => {
        if (!still) body.end();
      },
      () => body.end(),
    );
  }, recheckMs);
  const leave = services.streams.add(body);
  body.on('close', () => {
    stop();
    leave();
    clearInterval(heartbeat);
    clearInterval(recheck);
  });
  body.write('retry: 3000\n\n');
  return body;
}

/** One event as text, or nothing where the caller may not know. */
function written(registry: Registry, actor: Actor, event: LiveEvent): string | undefined {
  switch (event.type) {
    case 'record': {
      if (!may(actor, event.record.kind, 'read')) return undefined;
      return message('record', refWire(registry, event.record), event.index);
    }
    case 'standing':
      return may(actor, event.record.kind, 'read')
        ? message('standing', {
            ...refWire(registry, event.record),
            ...(event.ago > 0 ? { ago: event.ago } : {}),
          })
        : undefined;
    case 'job':
      return concerns(event, actor) ? message('job', { id: event.id }) : undefined;
    case 'log':
      return message('log', { size: event.size }, event.index);
  }
}

function message(type: string, data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
