import { DomainError } from '@throughline/domain/errors.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { takeUpJobs } from '../store/job-queue.ts';
import { askForJob, findJob, holdJob, updateJob } from '../store/jobs.ts';
import { type JobHandlers, runJob } from './run-job.ts';
import { startWorker } from './worker.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function asked(type: string) {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const id = await kernel.store.change(kernel.context(organisation, manager), (write) =>
    askForJob(write, type, { n: 3 }),
  );
  const now = () => kernel.store.readWhole(organisation, (reader) => findJob(reader, id));
  return { organisation, manager, id, now };
}

test('a job runs as the person who asked, tells progress and keeps its result', async () => {
  const { organisation, manager, id, now } = await asked('count');
  const seen: unknown[] = [];
  const handlers: JobHandlers = {
    count: async (_services, input, tools) => {
      seen.push(input, tools.ctx.actor);
      await tools.progress(3, 3, 'counting');
      return { counted: 3 };
    },
  };
  await runJob(kernel.services, handlers, organisation, id);
  expect(seen).toEqual([{ n: 3 }, { type: 'person', member: manager.member, roles: ['aims-manager'] }]);
  expect(await now()).toMatchObject({ state: 'done', done: 3, total: 3, result: { counted: 3 } });
});

test('a refusal ends the job with its reason; a technical failure is thrown and waits', async () => {
  const refused = await asked('refuse');
  const handlers: JobHandlers = {
    refuse: async () => {
      throw new DomainError('conflict', 'Nothing to do here.');
    },
    break: async () => {
      throw new Error('disk full');
    },
  };
  await runJob(kernel.services, handlers, refused.organisation, refused.id);
  expect(await refused.now()).toMatchObject({ state: 'failed', message: 'Nothing to do here.' });
  const broken = await asked('break');
  await expect(runJob(kernel.services, handlers, broken.organisation, broken.id)).rejects.toThrow(
    'disk full',
  );
  expect(await broken.now()).toMatchObject({ state: 'waiting', ended_at: null });
});

test('the last failure is an end, and says that nothing more is tried', async () => {
  const { organisation, id, now } = await asked('break');
  const handlers: JobHandlers = {
    break: async () => {
      throw new Error('disk full');
    },
  };
  await expect(runJob(kernel.services, handlers, organisation, id, true)).rejects.toThrow('disk full');
  const ended = await now();
  expect(ended?.state).toBe('failed');
  expect(ended?.message).not.toMatch(/again/);
});

test('a job that somebody is at is done by nobody else, and is not taken for left behind', async () => {
  const { organisation, id, now } = await asked('once');
  const runs: number[] = [];
  const handlers: JobHandlers = {
    once: async () => {
      runs.push(await takeUpJobs(kernel.store.owner));
      await runJob(kernel.services, handlers, organisation, id);
      return null;
    },
  };
  await runJob(kernel.services, handlers, organisation, id);
  expect(runs).toEqual([0]);
  expect(await now()).toMatchObject({ state: 'done' });
});

test('a job whose process ended without a word is done by the next worker, once', async () => {
  const { organisation, manager, id, now } = await asked('resume');
  const dying = await holdJob(kernel.store.owner, id);
  await kernel.store.change(kernel.context(organisation, manager), (write) =>
    updateJob(write, id, { state: 'running', done: 7, started_at: new Date() }),
  );
  // As a killed process leaves it: taken from the queue, running, and let go of by PostgreSQL.
  await kernel.store.owner.query(
    "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-killed' where key = $1",
    [id],
  );
  await dying?.[Symbol.asyncDispose]();
  const ran: number[] = [];
  const done = Promise.withResolvers<void>();
  const handlers: JobHandlers = {
    resume: async () => {
      ran.push(1);
      done.resolve();
      return { resumed: true };
    },
  };
  await using _worker = await startWorker(kernel.services, handlers, {
    concurrency: 1,
    onError: done.reject,
  });
  await done.promise;
  await expect.poll(async () => (await now())?.state).toBe('done');
  expect(await takeUpJobs(kernel.store.owner)).toBe(0);
  expect(ran).toEqual([1]);
});

test('a cancelled job stops where it next tells its progress', async () => {
  const { organisation, manager, id, now } = await asked('long');
  const handlers: JobHandlers = {
    long: async (services, _input, tools) => {
      await services.store.change(kernel.context(organisation, manager), (write) =>
        updateJob(write, id, { cancel_at: new Date() }),
      );
      await tools.progress(1, 1, 'one of one');
      return null;
    },
  };
  await runJob(kernel.services, handlers, organisation, id);
  expect(await now()).toMatchObject({ state: 'cancelled' });
});

test('a job asked for in a change that falls is never run; one that commits is run by the worker', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ran: string[] = [];
  const done = Promise.withResolvers<void>();
  const handlers: JobHandlers = {
    note: async (_services, input) => {
      ran.push(JSON.stringify(input));
      done.resolve();
      return null;
    },
  };
  await using _worker = await startWorker(kernel.services, handlers, {
    concurrency: 1,
    onError: done.reject,
  });
  const ctx = kernel.context(organisation, manager);
  const fallen = kernel.store.change(ctx, async (write) => {
    await askForJob(write, 'note', 'fallen');
    throw new Error('no');
  });
  await expect(fallen).rejects.toThrow('no');
  await kernel.store.change(ctx, (write) => askForJob(write, 'note', 'kept'));
  await done.promise;
  expect(ran).toEqual(['"kept"']);
});
