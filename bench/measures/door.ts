import { Agent, get } from 'node:http';
import { wholeScope } from '@throughline/domain/token-scope.ts';
import { createToken } from '@throughline/server/features/tokens/tokens.ts';
import { contextOf } from '../acting.ts';
import { type Measure, type Result, single, timed } from '../result.ts';
import { sample } from '../sample.ts';
import { type Spawned, serverOf } from '../server.ts';
import type { World } from '../world.ts';
import { registerPages } from './registers.ts';

/** Whole requests over HTTP on loopback, to the server in a process of its own over the same database. */
export const door: Measure = {
  name: 'door',
  run: async (world, { quick }) => {
    const { secret } = await createToken(world.services, contextOf(world), {
      name: 'Benchmark',
      roles: ['aims-manager'],
      scope: wholeScope,
      service: null,
      expiresAt: undefined,
    });
    await using server = await serverOf(world);
    const rounds = quick ? 100 : 600;
    const ask = asker(server, secret);
    const results: Result[] = [];
    for (const connections of [1, 10]) {
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      const taken = await sample({ connections, rounds, limitMs: 30_000 }, (round) =>
        ask(agent, `/systems/SYS-${1 + ((round * 7_919) % world.systems.length)}/trace`),
      );
      const target = { of: 'p95', atMost: connections === 1 ? 8 : 30 } as const;
      const note = 'whole request: sign-in, line, sentences, JSON';
      results.push(timed({ name: 'trace over HTTP', concurrency: connections, target, note }, taken));
      agent.destroy();
    }
    for (const [name, kind, query] of registerPages)
      results.push(...(await page(world, ask, name, kind, query, rounds)));
    return results;
  },
};

async function page(
  world: World,
  ask: Ask,
  name: string,
  kind: string,
  query: Readonly<Record<string, string>>,
  rounds: number,
): Promise<Result[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const { collection } = world.services.registry.get(kind);
  const path = `/${collection}?${new URLSearchParams({ ...query, limit: '50' })}`;
  let bytes = 0;
  const taken = await sample({ connections: 10, rounds, limitMs: 20_000 }, async () => {
    bytes = await ask(agent, path);
  });
  agent.destroy();
  const named = { name: `${name}, over HTTP`, concurrency: 10 };
  return [
    timed({ ...named, target: { of: 'p95', atMost: 20 } }, taken),
    single(
      { name: `${name}, size compressed`, concurrency: 1, target: { of: 'max', atMost: 50 } },
      'KB',
      bytes / 1024,
    ),
  ];
}

type Ask = (agent: Agent, path: string) => Promise<number>;

/** Asks with the headers of a browser and answers the bytes of the body as they came over the wire. */
function asker(server: Spawned, token: string): Ask {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip, deflate, br' };
  return (agent, path) =>
    new Promise((done, fail) => {
      get(`${server.address}/api/v1${path}`, { agent, headers }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        answer.on('error', fail);
        answer.on('end', () =>
          answer.statusCode === 200 ? done(bytes) : fail(new Error(`${path} answered ${answer.statusCode}`)),
        );
      }).on('error', fail);
    });
}
