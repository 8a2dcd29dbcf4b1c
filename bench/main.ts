import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { access } from './measures/access.ts';
import { backup } from './measures/backup.ts';
import { classifying } from './measures/classifying.ts';
import { door } from './measures/door.ts';
import { importing } from './measures/importing.ts';
import { recomputation, settling, traces } from './measures/lines.ts';
import { log } from './measures/log.ts';
import { organisation } from './measures/organisation.ts';
import { pastRegisters } from './measures/past-registers.ts';
import { serverProcess } from './measures/process.ts';
import { registers, search } from './measures/registers.ts';
import { sealing } from './measures/sealing.ts';
import { signedIn } from './measures/signed-in.ts';
import { soa } from './measures/soa.ts';
import { tree } from './measures/tree.ts';
import { verifying } from './measures/verifying.ts';
import { creation, writers } from './measures/writing.ts';
import { jsonLines, table } from './report.ts';
import { isLeftOut, type LeftOut, type Measure, type Result } from './result.ts';
import { openWorld, type World } from './world.ts';

/** No measure begins after so long; what is left out fails the run. Each ends by itself. */
const endMs = 20 * 60_000;

/** Reading comes first: what writes would change the figures of what reads. */
const measures: readonly Measure[] = [
  recomputation,
  traces,
  registers,
  pastRegisters,
  search,
  organisation,
  access,
  classifying,
  door,
  signedIn,
  soa,
  settling,
  creation,
  writers,
  log,
  tree,
  verifying,
  backup,
  importing,
  sealing,
  serverProcess,
];

const { values } = parseArgs({
  options: {
    systems: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
    data: { type: 'string' },
  },
});
const chosen = values.only?.split(',') ?? measures.map((measure) => measure.name);
const unknown = chosen.filter((name) => !measures.some((measure) => measure.name === name));
const systems = Number(values.systems ?? (values.quick ? 500 : 10_000));
if (unknown.length > 0 || !Number.isInteger(systems) || systems < 100) {
  console.error(
    `--systems is a number from 100 on; --only takes ${measures.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 2;
} else await main();

async function main(): Promise<void> {
  const dataDir = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  if (values.data) mkdirSync(dataDir, { recursive: true });
  try {
    const world = await openWorld({ dataDir, systems, say });
    try {
      const machine = await describe(world);
      console.log(machine);
      const results = await take(world);
      console.log(`\n${table(results)}\n\n${machine}\nLoad at the end: ${load()}`);
      // A missed target is a figure like others; one that is not there at all fails the run.
      if (results.some(isLeftOut)) process.exitCode = 1;
      if (values.out) writeFileSync(values.out, jsonLines(results, machine));
    } finally {
      await world.close();
    }
  } finally {
    if (!values.data) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function take(world: World): Promise<(Result | LeftOut)[]> {
  const results: (Result | LeftOut)[] = [];
  for (const measure of measures) {
    if (!chosen.includes(measure.name)) continue;
    if (performance.now() > endMs) {
      results.push({
        name: measure.name,
        leftOut: `the benchmark has taken its ${endMs / 60_000} minutes`,
      });
      continue;
    }
    say(`Measuring ${measure.name}, load ${load()}`);
    try {
      results.push(...(await measure.run(world, { say, quick: values.quick })));
    } catch (error) {
      // What was measured before stands; the run as a whole has failed.
      console.error(`${measure.name} could not be measured:`, error);
      const why = error instanceof Error ? error.message : String(error);
      results.push({ name: measure.name, leftOut: why.split('\n', 1)[0] ?? '' });
    }
  }
  return results;
}

async function describe(world: World): Promise<string> {
  const { rows } = await world.services.store.owner.query<{ server_version: string }>('show server_version');
  return (
    `${world.systems.length} systems, ${world.records} records, ${world.links} links. ` +
    `${availableParallelism()} cores, Node ${process.version}, PostgreSQL ${rows[0]?.server_version} on the same machine, fsync on. ` +
    `Load at the start: ${load()}`
  );
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function say(line: string): void {
  console.error(line);
}
