import { readdirSync, readFileSync } from 'node:fs';
import type { Sample } from './sample.ts';
import type { World } from './world.ts';

/** Linux counts a process's time in hundredths of a second for /proc (`USER_HZ`), on every architecture that Node runs on. */
const tickMs = 10;

/** Processor time of a piece of work in milliseconds: in this process, and in all of PostgreSQL's where that can be read. */
export type Spent = { readonly nodeMs: number; readonly databaseMs: number | undefined };

/** Does a piece of work and says what processor time it took. */
export async function withSpent<T>(
  world: World,
  work: () => Promise<T>,
): Promise<{ value: T; spent: Spent }> {
  const database = databaseMs(world);
  const own = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(own);
  const after = database === undefined ? undefined : databaseMs(world);
  return {
    value,
    spent: {
      nodeMs: (user + system) / 1000,
      databaseMs: after === undefined || database === undefined ? undefined : after - database,
    },
  };
}

/** Both in seconds, as notes name them. */
export function spentWords({ nodeMs, databaseMs }: Spent): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const here = `CPU: Node ${seconds(nodeMs)} s`;
  return databaseMs === undefined ? here : `${here}, PostgreSQL ${seconds(databaseMs)} s`;
}

/**
 * Takes a sample and says how much processor time a round cost in this process and in PostgreSQL. Unlike what a clock
 * shows, that hardly moves when other programs keep the machine busy.
 */
export async function withCpu(
  world: World,
  take: () => Promise<Sample>,
): Promise<{ taken: Sample; note: string }> {
  const { value: taken, spent } = await withSpent(world, take);
  const each = (ms: number) => (ms / taken.rounds).toFixed(1);
  const here = `CPU a round: Node ${each(spent.nodeMs)} ms`;
  if (spent.databaseMs === undefined) return { taken, note: here };
  return { taken, note: `${here}, PostgreSQL ${each(spent.databaseMs)} ms` };
}

/** Processor time of all of PostgreSQL's processes since their start; nothing where there is no /proc. */
function databaseMs({ databasePid }: World): number | undefined {
  if (process.platform !== 'linux') return undefined;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const of = times(name);
    if (of?.parent === databasePid) ticks += of.own;
    // Of a connection, or a worker of one, that has ended meanwhile.
    if (Number(name) === databasePid) ticks += (of?.own ?? 0) + (of?.ended ?? 0);
  }
  return ticks * tickMs;
}

type Times = { readonly parent: number; readonly own: number; readonly ended: number };

/**
 * Parent of a process, its user and system time, and those of its children that have ended (proc(5): fields 4 and 14 to 17,
 * after the name in brackets).
 */
function times(pid: string): Times | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [own, ended] = [11, 13].map((at) => Number(fields[at]) + Number(fields[at + 1]));
    return { parent: Number(fields[1]), own: own ?? 0, ended: ended ?? 0 };
  } catch (error) {
    // It ended between the listing and the look.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
