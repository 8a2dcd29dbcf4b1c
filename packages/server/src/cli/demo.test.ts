import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from '../records/create-record.ts';

let kernel: TestKernel;
let organisation: string;
beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
});
afterAll(() => kernel.close());

const run = (...words: string[]): Promise<Ran> =>
  runCommand(words, { DATABASE_URL: addressOf(kernel.database.owner) });

test('the demo is removed only where it is', async () => {
  const ran = await run('demo', 'remove');
  expect([ran.code, ran.out, ran.err]).toEqual([4, '', 'There is no demo organisation here.\n']);
}, 60_000);

test('it is loaded once, said to be counted, and removed again', async () => {
  const admin = await kernel.member(organisation, ['admin'], 'Administrator');
  const loaded = await run('demo', 'load', '--json');
  expect([loaded.code, loaded.err]).toEqual([0, '']);
  expect(JSON.parse(loaded.out)).toEqual({ records: expect.any(Number), people: 16 });
  const again = await run('demo', 'load');
  expect([again.code, again.err]).toEqual([4, 'The demo organisation is loaded already.\n']);
  // Nobody is signed in: the tasks of the demo wait for an administrator.
  const tasks = await kernel.store.owner.query(`select assignee from record where kind = 'task'`);
  expect(tasks.rows).toEqual([
    { assignee: admin.member },
    { assignee: admin.member },
    { assignee: admin.member },
  ]);
  expect((await run('readiness')).out).toContain('12 of them are demo systems');
  // A register of one's own beside it: said before it is brought in, and left to the caller.
  const directory = mkdtempSync(join(tmpdir(), 'throughline-demo-'));
  const file = join(directory, 'own.csv');
  writeFileSync(file, 'Use Case Name,Purpose\nOrder claims,To order claims\n');
  const beside = await run('import', file, '--kind', 'use-case', '--dry-run');
  rmSync(directory, { recursive: true });
  expect([beside.code, beside.err]).toEqual([
    0,
    expect.stringContaining('The demo organisation is here, with 12 systems: its documents answer for'),
  ]);
  const removed = await run('demo', 'remove');
  expect(removed.code).toBe(0);
  expect(removed.out).toMatch(/^\d+ demo records are archived, 16 demo people can no longer be chosen\./);
  expect((await run('readiness')).out).not.toContain('demo system');
}, 120_000);

test('it is not loaded beside records of the organisation itself, and the way out is said', async () => {
  const ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager'], 'Manager'));
  await createRecord(kernel.services, ctx, registry.get('system'), {
    patch: { fields: { name: 'A system of our own' }, links: {} },
  });
  const ran = await run('demo', 'load');
  expect([ran.code, ran.out]).toEqual([4, '']);
  expect(ran.err).toMatch(/^This organisation has records of its own.*\(DATA_DIR\)\.\n$/);
}, 60_000);
