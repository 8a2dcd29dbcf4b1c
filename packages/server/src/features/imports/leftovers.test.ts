import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { startWorker } from '../../jobs/worker.ts';
import type { Context } from '../../store/context.ts';
import { analyseFile, understandFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { changeMapping } from './change-mapping.ts';
import { importAtOnce } from './import-at-once.ts';
import { silent } from './plan-import.ts';
import { requestApply } from './request-apply.ts';
import { keptDays, sweepImports } from './sweep-imports.ts';
import { undoImport } from './undo-import.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const day = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(Date.now() - days * day);
const models = 'Model name,Went where\nReader,cellar\n';

async function office() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager']);
  const ctx = (at = new Date()): Context => kernel.context(organisation, actor, at);
  const upload = { name: 'models.csv', bytes: Buffer.from(models), kind: registry.get('model') };
  const analyse = async (at?: Date) => (await analyseFile(kernel.services, ctx(at), upload)).id;
  const left = async () => {
    const { rows } = await kernel.store.owner.query<{ id: string; rows: number }>(
      `select i.id, (select count(*)::int from import_row w where w.organisation = i.organisation and w.import = i.id) as rows
        from import i where i.organisation = $1 order by i.created_at, i.id`,
      [organisation],
    );
    return rows.map((row) => [row.id, row.rows]);
  };
  const count = async () => {
    const { rows } = await kernel.store.owner.query<{ n: number }>(
      'select count(*)::int as n from record where organisation = $1 and archived_at is null',
      [organisation],
    );
    return rows[0]?.n;
  };
  return { organisation, ctx, upload, analyse, left, count };
}

test('uploads that nobody worked on for a week are taken away with their rows; all others stay', async () => {
  const { organisation, ctx, analyse, left } = await office();
  const other = await office();
  const old = await analyse(ago(keptDays + 1));
  const oldElsewhere = await other.analyse(ago(keptDays + 30));
  const applied = await analyse(ago(keptDays + 2));
  await applyImport(kernel.services, ctx(), applied);
  const touched = await analyse(ago(keptDays + 3));
  await changeMapping(kernel.services, ctx(), touched, { source: 'Our models' });
  const asked = await analyse(ago(keptDays + 4));
  const job = await requestApply(kernel.services, ctx(ago(keptDays + 4)), asked, {});
  const fresh = await analyse(ago(keptDays - 1));
  expect(await sweepImports(kernel.services)).toBe(2);
  expect((await left()).map(([id]) => id).sort()).toEqual([applied, touched, asked, fresh].sort());
  expect((await left()).map(([, rows]) => rows)).toEqual([1, 1, 1, 1]);
  expect([old, oldElsewhere, await other.left()]).toEqual([old, oldElsewhere, []]);
  await runJob(kernel.services, jobHandlers, organisation, job);
  expect(await sweepImports(kernel.services)).toBe(0);
  expect((await left()).map(([id]) => id)).toContain(asked);
});

test('one that is being changed at the moment is not touched, and goes the next time', async () => {
  const { organisation, analyse, left } = await office();
  const id = await analyse(ago(keptDays + 1));
  const client = await kernel.store.owner.connect();
  await client.query('begin');
  await client.query('select from import where organisation = $1 and id = $2 for update', [organisation, id]);
  expect(await sweepImports(kernel.services)).toBe(0);
  expect(await left()).toEqual([[id, 1]]);
  await client.query('rollback');
  client.release();
  expect(await sweepImports(kernel.services)).toBe(1);
  expect(await left()).toEqual([]);
});

test('the worker sweeps when the clock of its queue says so', async () => {
  const { analyse, left } = await office();
  await analyse(ago(keptDays + 1));
  const swept = Promise.withResolvers<number>();
  const chores = {
    'sweep-imports': {
      cron: '23 * * * *',
      work: async () => swept.resolve(await sweepImports(kernel.services)),
    },
  };
  await using _worker = await startWorker(
    kernel.services,
    {},
    { concurrency: 1, onError: swept.reject, chores },
  );
  // The worker is there before it has written down what its clock knows.
  const known = async () =>
    (await kernel.store.owner.query(`select identifier from graphile_worker._private_known_crontabs`)).rows;
  await expect.poll(known, { timeout: 20_000 }).toContainEqual({ identifier: 'sweep-imports' });
  await kernel.store.owner.query(`select graphile_worker.add_job('sweep-imports', '{}'::json)`);
  expect(await swept.promise).toBe(1);
  expect(await left()).toEqual([]);
});

test('at once: a preview that is refused or a failure in the middle keeps not even the raw rows', async () => {
  const { ctx, upload, left, count } = await office();
  const understood = await understandFile(kernel.services, ctx(), upload);
  const dry = await importAtOnce(kernel.services, ctx(), understood, { apply: () => false }, silent);
  expect(dry.import.state).toBe('analysed');
  expect(dry.preview.counts.added).toBe(1);
  expect([dry.rejected, await left(), await count()]).toEqual([null, [], 0]);
  const broken = importAtOnce(
    kernel.services,
    ctx(),
    understood,
    { apply: () => true },
    async (_, __, what) => {
      if (what === 'Writing the records') throw new Error('cut off');
    },
  );
  await expect(broken).rejects.toThrow('cut off');
  expect([await left(), await count()]).toEqual([[], 0]);
  const done = await importAtOnce(
    kernel.services,
    ctx(),
    understood,
    { apply: () => true, withRejected: true },
    silent,
  );
  expect([done.import.state, done.import.undoable, done.rejected?.rows]).toEqual([
    'applied',
    { allowed: true },
    0,
  ]);
  expect([(await left()).length, await count()]).toEqual([1, 1]);
});

/** Rows that the planner thinks a table has. */
async function thought(table: string): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ reltuples: number }>(
    'select reltuples::float8 from pg_class where oid = $1::regclass',
    [table],
  );
  return rows[0]?.reltuples ?? -1;
}

test('after a large import and its undoing the worker counts the tables; a small one asks for nothing', async () => {
  const { ctx, analyse, upload } = await office();
  const queued = async () => {
    const { rows } = await kernel.store.owner.query<{ key: string }>(
      `select key from graphile_worker.jobs where task_identifier = 'statistics' order by run_at`,
    );
    return rows.map((row) => row.key);
  };
  await applyImport(kernel.services, ctx(), await analyse());
  expect(await queued()).toEqual([]);
  const many = Array.from({ length: 600 }, (_, at) => `Reader ${at},cellar\n`).join('');
  const bytes = Buffer.from(`Model name,Went where\n${many}`);
  const { id } = await analyseFile(kernel.services, ctx(), { ...upload, bytes });
  await applyImport(kernel.services, ctx(), id);
  expect(await queued()).toEqual(['statistics 00:00:00', 'statistics 00:00:45']);
  const before = await thought('record');
  await using _worker = await startWorker(kernel.services, {}, { concurrency: 1, onError: console.error });
  await expect.poll(queued).toEqual(['statistics 00:00:45']);
  expect(await thought('record')).toBeGreaterThanOrEqual(Math.max(600, before));
  await undoImport(kernel.services, ctx(), id);
  expect(await queued()).toContain('statistics 00:00:45');
});
