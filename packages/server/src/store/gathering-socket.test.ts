import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatheringSocket } from './gathering-socket.ts';

const directory = mkdtempSync(join(tmpdir(), 'throughline-socket-'));
const path = join(directory, 'socket');
const server = createServer();
let socket: GatheringSocket;
let peer: Socket;
const sent: string[] = [];

beforeAll(async () => {
  server.listen(path);
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  socket = new GatheringSocket();
  // What leaves the process, before the system puts pieces together again.
  const { _writev: many, _write: one } = socket;
  socket._writev = (chunks, done) => {
    sent.push(chunks.map(({ chunk }) => String(chunk)).join(''));
    many?.call(socket, chunks, done);
  };
  socket._write = (chunk, encoding, done) => {
    sent.push(String(chunk));
    one.call(socket, chunk, encoding, done);
  };
  socket.connect(path);
  await once(socket, 'connect');
  [peer] = (await accepted) as [Socket];
});
afterAll(() => {
  socket.destroy();
  peer.destroy();
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

async function received(length: number): Promise<string> {
  let text = '';
  while (text.length < length) text += String((await once(peer, 'data'))[0]);
  return text;
}

test('what is written in one turn, behind promises too, leaves in one go and in its order', async () => {
  const arrived = received(12);
  socket.write('one ');
  socket.write('two ', 'utf8');
  await Promise.resolve();
  await Promise.resolve();
  socket.write(Buffer.from('more'));
  expect(await arrived).toBe('one two more');
  expect(sent.splice(0)).toEqual(['one two more']);
});

test('what is written in the next turn leaves by itself, and whoever wrote hears of it', async () => {
  const arrived = received(8);
  const written = new Promise<void>((done) => socket.write('here', () => done()));
  await turn();
  expect(sent).toEqual(['here']);
  await written;
  await new Promise<void>((done) => socket.write('next', 'latin1', () => done()));
  expect(await arrived).toBe('herenext');
  expect(sent).toEqual(['here', 'next']);
});

test('a cork of the writer nests: nothing leaves in halves', async () => {
  sent.length = 0;
  const arrived = received(4);
  socket.cork();
  socket.write('ab');
  socket.write('cd');
  socket.uncork();
  expect(sent).toEqual([]);
  expect(await arrived).toBe('abcd');
  expect(sent).toEqual(['abcd']);
});
