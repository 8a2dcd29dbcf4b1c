import { PassThrough } from 'node:stream';
import type { Actor } from '@throughline/domain/actor.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { hearing } from '../../features/events/heard.ts';
import { EventHub, type LiveEvent } from '../../features/events/hub.ts';
import { concerns } from '../../features/jobs/jobs.ts';
import { Loop } from '../../loop.ts';
import { refWire } from '../present/ref.ts';
import { type Call, type Route, route } from '../route.ts';
import type { RouteContext } from '../services.ts';

const heartbeatMs = 20_000;
/** How often an open stream asks whether its session or token still stands. */
const recheckMs = 30_000;
/** Events that wait until it is known again who hears them: beyond it the stream ends, and its reader begins again. */
const mostWaiting = 10_000;
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
  services.streams.ensureRoom(call.caller);
  const body = new PassThrough();
  const hub = EventHub.of(services, (error) => services.log(error, call.id));
  const failed = (error: unknown) => {
    services.log(error, call.id);
    body.destroy();
  };
  const waiting: LiveEvent[] = [];
  const telling = new Loop({
    work: () => tellAll(services, call, body, waiting.splice(0)),
    everyMs: recheckMs,
    onError: failed,
  });
  const stop = hub.watch(call.caller.organisation, (event) => {
    waiting.push(event);
    if (waiting.length > mostWaiting) body.destroy();
    else telling.nudge();
  });
  const heartbeat = setInterval(() => body.write(': here\n\n'), heartbeatMs);
  const leave = services.streams.add(body, call.caller);
  body.on('close', () => {
    stop();
    leave();
    clearInterval(heartbeat);
    void telling[Symbol.asyncDispose]();
  });
  body.write('retry: 3000\n\n');
  telling.nudge();
  return body;
}

/** Tells what somebody may know as they are at this moment: a role that was taken away, or a session that ended, hears nothing more. */
async function tellAll(
  services: RouteContext,
  call: Call,
  body: PassThrough,
  events: readonly LiveEvent[],
): Promise<void> {
  if (body.writableEnded || body.destroyed) return;
  const caller = await call.callerNow();
  if (caller === null) {
    body.end();
    return;
  }
  const heard = hearing(services, caller);
  for (const event of events) {
    const text = written(services.registry, caller.actor, event);
    if (text === undefined || (heard !== null && !(await heard(event)))) continue;
    if (body.writableEnded || body.destroyed) return;
    if (body.writableLength > mostBehind) body.destroy();
    else body.write(text);
  }
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
