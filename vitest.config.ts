import { defineConfig } from 'vitest/config';

/** How long one test may take, ms: vitest's own five seconds are less than a busy machine takes for a thousand cases. */
const testTimeout = 60_000;

/** How long a poll waits for what is to come, ms: vitest's own second is less than a busy machine takes for one change. */
const patient = { poll: { timeout: 30_000 } };

/** One project per kind of test, so that `npx vitest run --project unit` needs neither database nor browser. */
export default defineConfig({
  test: {
    // One worker a core. Left alone vitest keeps a core for itself, which on two cores runs one file after the other.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // Pure functions share a process: starting one for each file costs as much as half the tests.
          isolate: false,
          include: ['packages/{tlog,catalogue,domain,sdk}/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout,
        },
      },
      {
        test: {
          name: 'server',
          include: ['packages/server/**/*.test.ts', 'bench/**/*.test.ts'],
          pool: 'forks',
          // As above: loading the server for each file took as long as a fifth of the tests. Every file has a database
          // of its own, and leaves no global, environment variable or listener behind.
          isolate: false,
          globalSetup: ['packages/server/test/global-setup.ts'],
          testTimeout,
          hookTimeout: 120_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'web',
          include: ['packages/web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          // As above, where the environment of each file costs more than its tests: they leave no globals behind.
          isolate: false,
          testTimeout,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          pool: 'forks',
          // One Chromium a worker, over its files.
          isolate: false,
          globalSetup: ['packages/server/test/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: patient,
        },
      },
    ],
  },
});
