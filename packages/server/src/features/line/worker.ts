import { setTimeout as pause } from 'node:timers/promises';
import { dayIn } from '@throughline/domain/day.ts';
import { organisationLine } from '@throughline/domain/trace/organisation/line.ts';
import type { Trace } from '@throughline/domain/trace/types.ts';
import { Loop } from '../../loop.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { organisationIds } from '../../store/organisations.ts';
import { dueSystems, keepOrganisationLine, keepTrend, newestMarked } from '../../store/standing.ts';
import { computeLines, gapRow } from './compute.ts';
import type { FactsCache, MarkedFacts } from './facts.ts';
import { markUsersOf } from './mark-users.ts';

/** Few enough that reading them keeps requests of the same process waiting for milliseconds only. */
const atOnce = 20;
/**
 * A line that waits this long is late: then several batches go side by side, or ten writers would have ten times the
 * share of the processor that the one computation has.
 */
const lateMs = 400;
/** One that waits this long has given way long enough: then there is no rest between batches until none is late. */
const overdueMs = 30_000;
const lateLanes = 4;
/** As many while others make changes: people wait for those. */
const busyLanes = 2;
/** So many of the newest changes pass a backlog by. Few: whoever waits longest is not to wait for ever. */
const newestAtOnce = 5;
/** Changes within this time are taken together: a line has a second to become current. */
const restMs = 200;
/** While changes come this close upon each other, somebody waits for the processor: lines take half of the time. */
const busyMs = 100;
const busyShare = 0.5;
const retryMs = 60_000;
/** What all lines add up to is counted anew for at most this share of the time: over 10,000 systems a count takes half a second. */
const countingShare = 0.1;
const busyCountingShare = 0.03;

/**
 * Keeps standings current: after the changes of this node, and every so often for other nodes' changes and for what time
 * alone turns. Changes of the same system are one computation, and beside busy writers it leaves them half of the time
 * until a line is overdue. What somebody changes while thousands of lines are outstanding is worked out beside them,
 * not after the batch at hand. Two may compute the same line; the newer result stays.
 */
export class StandingWorker {
  readonly #services: Services;
  readonly #cache: FactsCache;
  readonly #loop: Loop;
  /** Counting takes a while over many systems: beside the lines, for none of them is to wait for it. */
  readonly #counts: Loop;
  /** Works out the newest changes while `#loop` is at a backlog. */
  readonly #newest: Loop;
  readonly #stop: () => void;
  #ended = false;
  /** Since when an organisation has had marked lines without a pause. */
  readonly #markedSince = new Map<string, number>();
  /** When a change of this node was last committed. */
  #changedAt = Number.NEGATIVE_INFINITY;
  /** Organisations that this node changed since their lines were last looked at. */
  readonly #changed = new Set<string>();
  /** The same for the newest changes alone. */
  readonly #changedNewest = new Set<string>();
  /** Organisations with more lines outstanding than one batch takes. */
  readonly #behind = new Set<string>();
  /** Marks and day that an organisation's own line was last kept for. */
  readonly #kept = new Map<string, string>();
  /** Organisations with lines that changed since they were counted, and from when on they may be counted again. */
  readonly #uncounted = new Set<string>();
  readonly #countFrom = new Map<string, number>();
  /** Systems whose line could not be computed, and from when on it is tried again. */
  readonly #retryFrom = new Map<string, number>();
  readonly #failed: (error: unknown) => void;
  readonly #settled: (organisation: string, systems: readonly string[]) => void;

  constructor(
    services: Services,
    cache: FactsCache,
    options: {
      everyMs: number;
      onError: (error: unknown) => void;
      onSettled?: (organisation: string, systems: readonly string[]) => void;
    },
  ) {
    this.#services = services;
    this.#cache = cache;
    this.#settled = options.onSettled ?? (() => undefined);
    this.#failed = options.onError;
    this.#loop = new Loop({ ...options, restMs, work: () => this.#settle(false) });
    this.#counts = new Loop({ ...options, work: () => this.#countSome() });
    this.#newest = new Loop({ ...options, restMs, work: () => this.#settleNewest() });
    this.#stop = services.store.onCommitted((organisation) => {
      this.#changedAt = performance.now();
      this.#changed.add(organisation);
      this.#changedNewest.add(organisation);
      this.#loop.nudge();
      this.#newest.nudge();
    });
    this.#loop.nudge();
  }

  /** Computes everything that is due now. */
  async settleAll(): Promise<void> {
    await this.#settle(true);
  }

  /** A batch of each organisation in turn: an import of one keeps no other waiting, and who changed something comes first. */
  async #settle(countNow: boolean): Promise<void> {
    let open = await this.#services.store.asOwner(organisationIds);
    while (open.length > 0) {
      const goesOn: string[] = [];
      for (const organisation of open) {
        this.#changed.delete(organisation);
        try {
          if (await this.#settleBatch(organisation, countNow)) goesOn.push(organisation);
        } catch (error) {
          // One organisation's trouble is told and does not keep the others from their lines.
          this.#failed(error);
        }
      }
      open = goesOn.length === 0 ? [] : [...new Set([...this.#changed, ...goesOn])];
    }
  }

  /** Answers whether there may be more. */
  async #settleBatch(organisation: string, countNow: boolean): Promise<boolean> {
    // Between the lines too: thousands of them must not keep the organisation's own waiting.
    await this.#settleOrganisation(organisation, false);
    // A stop waits for the batch at hand, not for ten thousand lines: what is marked stays so until the next start.
    if ((countNow || !this.#ended) && (await this.#settleSome(organisation))) return true;
    if (!this.#uncounted.has(organisation)) return false;
    if (countNow) await this.#settleOrganisation(organisation, true);
    else this.#counts.nudge();
    return false;
  }

  /** Without a backlog nothing is left to pass by: the next batch is the newest. */
  async #settleNewest(): Promise<void> {
    for (const organisation of [...this.#changedNewest]) {
      this.#changedNewest.delete(organisation);
      if (this.#behind.size === 0 || this.#ended) continue;
      const began = performance.now();
      const systems = await this.#services.store.readWhole(organisation, (reader) =>
        newestMarked(reader, newestAtOnce),
      );
      this.#tell(organisation, await this.#computeSome(organisation, this.#triable(systems)));
      await this.#giveWay(performance.now() - began);
    }
  }

  async #countSome(): Promise<void> {
    for (const organisation of [...this.#uncounted])
      if (!this.#ended && performance.now() >= (this.#countFrom.get(organisation) ?? 0))
        await this.#settleOrganisation(organisation, true).catch(this.#failed);
  }

  async #settleSome(organisation: string): Promise<boolean> {
    await markUsersOf(this.#services, organisation);
    const now = performance.now();
    const waited = now - (this.#markedSince.get(organisation) ?? now);
    const late = waited > lateMs;
    const most = late ? atOnce * (this.#isBusy() ? busyLanes : lateLanes) : atOnce;
    const due = await this.#services.store.readWhole(organisation, (reader) =>
      dueSystems(reader, this.#services.clock(), most),
    );
    if (!due.marked) this.#markedSince.delete(organisation);
    else if (!this.#markedSince.has(organisation)) this.#markedSince.set(organisation, now);
    if (due.more) this.#behind.add(organisation);
    else this.#behind.delete(organisation);
    const systems = this.#triable(due.systems);
    if (systems.length === 0) return false;
    const lanes: Promise<Trace[]>[] = [];
    for (let from = 0; from < systems.length; from += atOnce)
      lanes.push(this.#computeSome(organisation, systems.slice(from, from + atOnce)));
    const settled = (await Promise.all(lanes)).flat();
    this.#tell(organisation, settled);
    if (waited < overdueMs || !due.marked) await this.#giveWay(performance.now() - now);
    return settled.length > 0;
  }

  #triable(systems: readonly string[]): string[] {
    const now = performance.now();
    return systems.filter((system) => (this.#retryFrom.get(system) ?? 0) <= now);
  }

  #tell(organisation: string, settled: readonly Trace[]): void {
    if (settled.length === 0) return;
    this.#settled(
      organisation,
      settled.map((trace) => trace.system),
    );
    this.#services.store.announce(organisation);
    this.#uncounted.add(organisation);
  }

  #isBusy(): boolean {
    return performance.now() - this.#changedAt < busyMs;
  }

  /** After work that took so long: rests while changes are being made. */
  async #giveWay(took: number): Promise<void> {
    if (!this.#ended && this.#isBusy()) await pause(Math.min(restMs, took * (1 / busyShare - 1)));
  }

  /** All at once; where that fails, one by one, so that one line nobody can compute does not keep the others waiting. */
  async #computeSome(organisation: string, systems: readonly string[]): Promise<Trace[]> {
    try {
      return await computeLines(this.#services, this.#cache, organisation, systems);
    } catch (error) {
      this.#failed(error);
      if (systems.length > 1) {
        const alone: Trace[] = [];
        for (const system of systems) alone.push(...(await this.#computeSome(organisation, [system])));
        return alone;
      }
      for (const system of systems) this.#retryFrom.set(system, performance.now() + retryMs);
      return [];
    }
  }

  /** The organisation's own line: again when its facts or the day changed, or when lines that it counts did. */
  async #settleOrganisation(organisation: string, linesChanged: boolean): Promise<void> {
    const { store, catalogue, clock } = this.#services;
    const began = performance.now();
    if (linesChanged) this.#uncounted.delete(organisation);
    const read = await store.readWhole(organisation, async (reader) => {
      const { facts: own, marks } = await this.#cache.read(reader);
      const key = `${marks} ${own.zone.dayOf(clock().toISOString())}`;
      if (!linesChanged && this.#kept.get(organisation) === key) return null;
      const { facts, summary } = await this.#cache.readWithSummary(reader);
      return { facts, key, summary };
    });
    if (!read) return;
    const line = organisationLine(read.facts, catalogue, clock(), read.summary);
    const rows = line.questions.map((question) => ({
      item: question.id,
      verdict: question.verdict,
      gaps: question.gaps
        .filter((gap) => !gap.accepted)
        .map((gap) => gapRow(catalogue, question.id, gap, null)),
    }));
    await store.change(this.#context(organisation), (write) => keepOrganisationLine(write, rows));
    this.#kept.set(organisation, read.key);
    const now = performance.now();
    const share = this.#isBusy() ? busyCountingShare : countingShare;
    this.#countFrom.set(organisation, now + (now - began) / share);
  }

  /** Keeps today's row of the trend of every organisation. */
  async keepTrends(): Promise<void> {
    for (const organisation of await this.#services.store.asOwner(organisationIds)) {
      const { facts }: MarkedFacts = await this.#services.store.readWhole(organisation, (reader) =>
        this.#cache.read(reader),
      );
      const day = dayIn(this.#services.clock(), facts.inputs.timeZone);
      await this.#services.store.change(this.#context(organisation), (write) => keepTrend(write, day));
    }
  }

  #context(organisation: string): Context {
    return {
      organisation,
      actor: { type: 'rule', rule: 'standing' },
      at: this.#services.clock(),
      because: null,
      request: null,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    this.#stop();
    await this.#loop[Symbol.asyncDispose]();
    await this.#newest[Symbol.asyncDispose]();
    await this.#counts[Symbol.asyncDispose]();
  }
}
