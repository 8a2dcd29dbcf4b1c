import type { TraceWire } from '@throughline/domain/wire.ts';
import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestServer, testServer } from '../../test/factories.ts';
import { asAttacker } from '../../test/log-tampering.ts';
import { keyedSigning, type TestSigning } from '../../test/signing.ts';
import { verifiedWorld, type World } from '../../test/verified-world.ts';

/** From a row that somebody changed in the database to what page, API and command line say of it. */
let server: TestServer;
let signing: TestSigning;
let world: World;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store, 'aims.example.org');
  world = await verifiedWorld(server, signing);
});
afterAll(async () => {
  signing.close();
  await server.close();
});

async function run(...words: string[]): Promise<Ran> {
  const { rows } = await server.store.owner.query<{ name: string }>('select current_database() as name');
  const address = addressOf({ ...inject('cluster').connection, database: rows[0]?.name ?? '' });
  return runCommand(words, { DATABASE_URL: address, LOG_KEY_DIR: signing.directory });
}
const setPurpose = (purpose: string) =>
  asAttacker(server.store, [
    `update revision set fields = jsonb_set(fields, '{purpose}', to_jsonb($2::text))
      where organisation = $1 and kind = 'system' and version = 1`,
    [world.organisation, purpose],
  ]);
const state = async (): Promise<LogStateWire> => (await world.manager.send('GET', '/log/state')).json();
const trace = async (query = ''): Promise<TraceWire> =>
  (await world.manager.send('GET', `/systems/SYS-1/trace${query}`)).json();
const broken = ({ stations }: TraceWire) =>
  stations.flatMap(({ gaps }) => gaps.filter(({ rule }) => rule === 'log-proof'));

test('while everything verifies, the line is as it was judged', async () => {
  expect((await run('log', 'verify')).code).toBe(0);
  expect([broken(await trace()), (await state()).verification?.holds]).toEqual([[], true]);
});

test('what a verification finds stands in the state of the log, on the line and on the command line', async () => {
  const [before, at] = [await trace(), new Date().toISOString()];
  await setPurpose('Nothing to worry about');
  expect((await run('log', 'verify')).code).toBe(12);
  expect((await state()).verification).toMatchObject({
    holds: false,
    report: {
      faultCount: 1,
      faults: [{ fault: 'content-differs', ref: 'SYS-1', version: 1, record: world.system }],
    },
  });
  const shown = await trace();
  expect(broken(shown).length).toBeGreaterThan(0);
  for (const gap of broken(shown)) expect(gap.records.map(({ ref }) => ref)).toEqual(['SYS-1']);
  const judged = shown.stations.filter(({ gaps }) => gaps.some(({ rule }) => rule === 'log-proof'));
  expect(judged.map(({ verdict }) => verdict)).toEqual(judged.map(() => 'gap'));
  expect(shown.summary.gaps).toBe(before.summary.gaps + broken(shown).length);
  expect(broken(await trace(`?asOf=${encodeURIComponent(at)}`))).toEqual([]);
  const printed = await run('trace', 'SYS-1');
  expect(printed.out).toContain('was changed outside Throughline: it does not match the log.');
  expect((await run('trace', 'SYS-1', '--fail-on-gap')).code).not.toBe(0);
  await setPurpose('Sorts claims');
  expect((await run('log', 'verify')).code).toBe(0);
  expect((await trace()).strip).toBe(before.strip);
});
