import { readdirSync, readFileSync } from 'node:fs';
import type { Sample } from './sample.ts';
import type { World } from './world.ts';

/** Linux counts a process's time in hundredths of a second for /proc (`USER_HZ`), on every architecture that Node runs on. */
const tickMs = 10;

/**
 * Takes a sample and says how much processor time a round cost in this process and in PostgreSQL. Unlike what a clock
 * shows, that hardly moves when other programs keep the machine busy.
 */
export async function withCpu(
  world: World,
  take: () => Promise<Sample>,
): Promise<{ taken: Sample; note: string }> {
  const database = databaseMs(world);
  const own = process.cpuUsage();
  const taken = await take();
  const spent = process.cpuUsage(own);
  const each = (ms: number) => (ms / taken.rounds).toFixed(1);
  const here = `CPU a round: Node ${each((spent.user + spent.system) / 1000)} ms`;
  if (database === undefined) return { taken, note: here };
  return { taken, note: `${here}, PostgreSQL ${each((databaseMs(world) ?? database) - database)} ms` };
}

/** Processor time of all of PostgreSQL's processes since their start; nothing where there is no /proc. */
function databaseMs({ databasePid }: World): number | undefined {
  if (process.platform !== 'linux') return undefined;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [parent, user, system] = times(name) ?? [];
    if (parent === databasePid) ticks += (user ?? 0) + (system ?? 0);
  }
  return ticks * tickMs;
}

/** Parent, user and system time of a process (proc(5): fields 4, 14 and 15, after the name in brackets). */
function times(pid: string): [number, number, number] | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return [Number(fields[1]), Number(fields[11]), Number(fields[12])];
  } catch (error) {
    // It ended between the listing and the look.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
