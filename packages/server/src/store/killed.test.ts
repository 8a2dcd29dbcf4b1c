import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { sequenceAll } from '../log/sequencer.ts';

const PROGRAM = resolve(import.meta.dirname, '../../test/programs/change-until-killed.ts');

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

test('a server killed in the middle of a change loses nothing acknowledged and leaves nothing half', async () => {
  const organisation = await kernel.organisation();
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(kernel.database.app), organisation], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'close');
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.split('\n').length > 40) child.kill('SIGKILL');
  }
  await gone;
  expect(child.signalCode).toBe('SIGKILL');
  // What it had open falls, or comes to stand, once PostgreSQL notices that nobody is there any more.
  const open = `select 1 from pg_stat_activity where datname = current_database() and application_name ~ '^throughline [0-9]+$'`;
  while ((await kernel.store.owner.query(open)).rowCount);
  const acknowledged = printed
    .slice(0, printed.lastIndexOf('\n'))
    .split('\n')
    .flatMap((line) => line.split(' '));

  const owner = kernel.store.owner;
  const { rows: kept } = await owner.query<{ id: string }>('select id from record where organisation = $1', [
    organisation,
  ]);
  const ids = new Set(kept.map((row) => row.id));
  expect(acknowledged.length).toBeGreaterThanOrEqual(80);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);

  const { rows: whole } = await owner.query(
    `select
      (select count(*)::int from record where organisation = $1 and kind = 'system') as systems,
      (select count(*)::int from record where organisation = $1 and kind = 'model') as models,
      (select count(*)::int from record where organisation = $1 and kind = 'system' and version <> 2) as half,
      (select count(*)::int from link where organisation = $1) as links,
      (select count(*)::int from revision where organisation = $1) as revisions,
      (select count(*)::int from entry where organisation = $1) as entries,
      (select count(*)::int from entry_pending where organisation = $1) as pending`,
    [organisation],
  );
  const systems = Number(whole[0]?.systems);
  expect(whole[0]).toEqual({
    systems,
    models: systems,
    half: 0,
    links: systems,
    revisions: systems * 3,
    entries: systems * 3,
    pending: systems * 3,
  });
  await sequenceAll(kernel.store);
  const { rows: log } = await owner.query(
    'select count(*)::int as n, max(index)::int as last from log_leaf where organisation = $1',
    [organisation],
  );
  expect(log).toEqual([{ n: systems * 3, last: systems * 3 - 1 }]);
});
