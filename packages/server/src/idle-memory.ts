import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const everyMs = 5_000;
/** Up to this share of the time at work counts as idle: the loops that look for work take about as much. */
const idleShare = 0.05;
/** Growth that is worth the tenth of a second at the first idle look, in bytes: the end of much work. */
const much = 64 * 1024 * 1024;
/** Growth that is worth it once nobody has come for a while, in bytes: what pages left behind one after the other. */
const little = 16 * 1024 * 1024;
/** So many idle looks one after the other are a while. */
const quietLooks = 3;

/** What a process looks like when it is asked whether to give memory back. Sizes in bytes. */
export type Look = {
  /** Share of the time since the last look in which the process was at work, 0 to 1. */
  readonly atWork: number;
  readonly resident: number;
};

/**
 * Decides when to collect: at the first idle look where much was left behind, after a while of them where it was little.
 * The first time counts what a start left behind.
 */
export class IdleMemory {
  readonly #collect: () => void;
  readonly #residentNow: () => number;
  /** What was resident after memory was given back last. */
  #least: number | undefined;
  #quiet = 0;

  constructor(collect: () => void, residentNow: () => number) {
    this.#collect = collect;
    this.#residentNow = residentNow;
  }

  /** Answers whether memory was given back. */
  look({ atWork, resident }: Look): boolean {
    this.#quiet = atWork > idleShare ? 0 : this.#quiet + 1;
    if (this.#quiet === 0) return false;
    const worth = this.#quiet < quietLooks ? much : little;
    if (this.#least !== undefined && resident < this.#least + worth) return false;
    this.#collect();
    this.#least = this.#residentNow();
    return true;
  }
}

/**
 * Gives memory back to the system while nothing happens, as long as the process runs. V8 collects what it needs, not what
 * others could use, and keeps the pages: after the lines of 10,000 systems a server stood at 600 MB with 80 in use, and
 * went on standing there. Collecting all of it stops the process for 0.1 to 0.5 s, once after each time of much work.
 */
export function giveMemoryBack(): void {
  const idle = new IdleMemory(collector(), residentNow);
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization: atWork } = performance.eventLoopUtilization(now, last);
    last = now;
    idle.look({ atWork, resident: residentNow() });
  }, everyMs).unref();
}

const residentNow = (): number => process.memoryUsage.rss();

/** V8's own collection of everything that can be, pages included; a process reaches it by this flag alone. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: NodeJS.GCFunction = runInNewContext('gc');
  return () => void gc({ type: 'major', flavor: 'last-resort', execution: 'sync' });
}
