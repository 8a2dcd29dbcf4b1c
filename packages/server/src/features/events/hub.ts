import { Loop } from '../../loop.ts';
import type { Services } from '../../services.ts';
import { recentJobs } from '../../store/jobs.ts';
import { type ComputedRow, computedAfter, logHead, placedAfter } from '../../store/log-entries.ts';
import type { Reader } from '../../store/reader.ts';
import { type RefRow, refsById } from '../../store/records.ts';

/** What happened in one organisation, as live views hear of it. */
export type LiveEvent =
  | { readonly type: 'record'; readonly index: number; readonly record: RefRow }
  | { readonly type: 'log'; readonly index: number; readonly size: number }
  /** `ago`: how long before it was told the line was computed, ms; 0 for one that is news to everybody. */
  | { readonly type: 'standing'; readonly record: RefRow; readonly ago: number }
  | { readonly type: 'job'; readonly id: string; readonly by_type: string; readonly by_id: string };

type Listener = (event: LiveEvent) => void;

const everyMs = 2_000;
const atOnce = 500;
const linesAtOnce = 2_000;

/**
 * How long after the moment that it bears a computed line may still appear: it bears when its writing began and shows
 * once that is committed, so that one can overtake another. A cursor on the moment alone would pass the late one over.
 */
const settlesWithinMs = 15_000;
/**
 * How far back somebody who begins to watch is told of lines, ms: a page reads first and listens then, and what was
 * computed between the two would stand there unseen until the next change.
 */
const lookBackMs = 10_000;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Follows the log of each organisation that somebody watches, by its index: at once when this node placed entries or
 * settled lines, every two seconds for what other nodes did. However many watch, each organisation is asked once.
 */
export class EventHub {
  static readonly #hubs = new WeakMap<object, EventHub>();
  readonly #services: Services;
  readonly #follows = new Map<string, Follow>();
  readonly #failed: (error: unknown) => void;

  private constructor(services: Services, failed: (error: unknown) => void) {
    this.#services = services;
    this.#failed = failed;
    services.store.onNews((organisation) => this.#follows.get(organisation)?.nudge());
  }

  /** The one hub of a store. `failed` hears of rounds that could not be read; the next one tries again. */
  static of(services: Services, failed: (error: unknown) => void): EventHub {
    const known = EventHub.#hubs.get(services.store);
    if (known) return known;
    const hub = new EventHub(services, failed);
    EventHub.#hubs.set(services.store, hub);
    return hub;
  }

  /** Hears of everything from now on; answers how to stop. */
  watch(organisation: string, listener: Listener): () => void {
    let follow = this.#follows.get(organisation);
    if (!follow) {
      follow = new Follow(this.#services, organisation, this.#failed);
      this.#follows.set(organisation, follow);
    }
    follow.join(listener);
    const watched = follow;
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size > 0 || this.#follows.get(organisation) !== watched) return;
      this.#follows.delete(organisation);
      watched.end();
    };
  }
}

class Follow {
  readonly listeners = new Set<Listener>();
  readonly #services: Services;
  readonly #organisation: string;
  readonly #failed: (error: unknown) => void;
  readonly #loop: Loop;
  #index: number | undefined;
  /** The newest moment of which a line was told, in milliseconds. */
  #computed: number;
  /** Which computations of the last moments were told, so that looking back tells none twice. */
  readonly #told = new Map<string, number>();
  /** Lines that stood well before somebody began to watch say nothing. */
  #looked = false;
  /** Lines told of within the time that is looked back. */
  #recent: { readonly at: number; readonly event: Extract<LiveEvent, { type: 'standing' }> }[] = [];
  #jobs: ReadonlyMap<string, string> | undefined;

  constructor(services: Services, organisation: string, failed: (error: unknown) => void) {
    this.#services = services;
    this.#organisation = organisation;
    this.#failed = failed;
    this.#computed = services.clock().getTime();
    this.#loop = new Loop({ work: () => this.#round(), everyMs, onError: failed });
    this.#loop.nudge();
  }

  nudge(): void {
    this.#loop.nudge();
  }

  /** Hears of everything from now on, and at once of the lines that others were told of just before. */
  join(listener: Listener): void {
    this.listeners.add(listener);
    const now = this.#services.clock().getTime();
    for (const { at, event } of this.#recent) listener({ ...event, ago: now - at });
  }

  end(): void {
    this.#loop[Symbol.asyncDispose]().catch(this.#failed);
  }

  async #round(): Promise<void> {
    const events = await this.#services.store.readWhole(this.#organisation, async (reader) => [
      ...(await this.#placed(reader)),
      ...(await this.#standing(reader)),
      ...(await this.#jobEvents(reader)),
    ]);
    const at = this.#services.clock().getTime();
    const lines = events.flatMap((event) =>
      event.type === 'standing' ? [{ at: at - event.ago, event }] : [],
    );
    this.#recent = [...this.#recent.filter((told) => told.at > at - lookBackMs), ...lines];
    for (const event of events) for (const listener of this.listeners) listener(event);
  }

  async #placed(reader: Reader): Promise<LiveEvent[]> {
    if (this.#index === undefined) {
      this.#index = (await logHead(reader)).size - 1;
      return [];
    }
    const rows = await placedAfter(reader, this.#index, atOnce);
    const last = rows.at(-1);
    if (!last) return [];
    this.#index = last.index;
    if (rows.length === atOnce) this.#loop.nudge();
    const newest = new Map(rows.map((row) => [row.record, row.index]));
    const refs = await refsById(
      reader,
      [...newest.keys()].filter((id) => id !== null),
    );
    const records = [...refs.values()].map(
      (record): LiveEvent => ({ type: 'record', index: newest.get(record.id) ?? last.index, record }),
    );
    return [...records, { type: 'log', index: last.index, size: last.index + 1 }];
  }

  async #standing(reader: Reader): Promise<LiveEvent[]> {
    const news = new Map<string, number>();
    const first = !this.#looked;
    const began = this.#computed;
    this.#looked = true;
    let after: ComputedRow = { system: firstId, computed_at: new Date(this.#computed - settlesWithinMs) };
    for (let full = true; full; ) {
      const rows = await computedAfter(reader, after, linesAtOnce);
      for (const row of rows) {
        const at = row.computed_at.getTime();
        const ago = first ? Math.max(0, began - at) : 0;
        if (this.#told.get(row.system) !== at && ago < lookBackMs) news.set(row.system, ago);
        this.#told.set(row.system, at);
        this.#computed = Math.max(this.#computed, at);
      }
      after = rows.at(-1) ?? after;
      full = rows.length === linesAtOnce;
    }
    for (const [system, at] of this.#told)
      if (at < this.#computed - settlesWithinMs) this.#told.delete(system);
    const refs = await refsById(reader, [...news.keys()]);
    return [...refs.values()].map((record) => ({
      type: 'standing',
      record,
      ago: news.get(record.id) ?? 0,
    }));
  }

  /** A job that moved since the last round; those that stood already when somebody began to watch say nothing. */
  async #jobEvents(reader: Reader): Promise<LiveEvent[]> {
    const jobs = await recentJobs(reader, 20);
    const now = new Map(jobs.map((job) => [job.id, `${job.state} ${job.done} ${job.message}`]));
    const before = this.#jobs ?? now;
    const moved = jobs.filter((job) => before.get(job.id) !== now.get(job.id));
    this.#jobs = now;
    return moved.map(({ id, by_type, by_id }) => ({ type: 'job', id, by_type, by_id }));
  }
}
