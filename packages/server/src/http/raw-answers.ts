import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '@throughline/domain/errors.ts';
import type { FastifyInstance } from 'fastify';
import { securityHeaders } from './security-headers.ts';

type Raw = { readonly status: number; readonly reason: string; readonly detail: string };

const noHttp: Raw = { status: 400, reason: 'Bad Request', detail: 'This is not a request in HTTP/1.1.' };
const tooLarge: Raw = {
  ...{ status: 431, reason: 'Request Header Fields Too Large' },
  detail: 'The headers are too large.',
};
const noSuchExpectation: Raw = {
  ...{ status: 417, reason: 'Expectation Failed' },
  detail: 'The only expectation that is met here is 100-continue.',
};

/** What Node would answer by itself, as a problem with the headers of every other answer. */
function written({ status, detail }: Raw, publicUrl: string) {
  const body = JSON.stringify({
    type: '/api/docs#malformed',
    title: 'The request cannot be read',
    ...{ status, code: 'malformed', detail },
    instance: randomUUID(),
    errors: [],
  });
  const headers = {
    ...securityHeaders(publicUrl),
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { body, headers };
}

/** Bytes that are no HTTP request: there is no reply object yet, so the answer is written by hand. */
export function clientErrors(publicUrl: string) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const raw = error.code === 'HPE_HEADER_OVERFLOW' ? tooLarge : noHttp;
    const { body, headers } = written(raw, publicUrl);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${raw.status} ${raw.reason}\r\n${lines.join('')}\r\n${body}`);
  };
}

/** An expectation that nobody meets (RFC 9110 §10.1.1). */
export function answerExpectations(server: Server, publicUrl: string): void {
  server.on('checkExpectation', (_request, response) => {
    const { body, headers } = written(noSuchExpectation, publicUrl);
    response.writeHead(noSuchExpectation.status, headers).end(body);
  });
}

/** A request names one host (RFC 9112 §3.2). Node would refuse one without by itself, without our headers, and take two. */
export function addHostCheck(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw: { rawHeaders, httpVersion } }) => {
    const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) return;
    throw new DomainError(
      'malformed',
      `A request names one host, and this one ${hosts === 0 ? 'none' : hosts}.`,
    );
  });
}
