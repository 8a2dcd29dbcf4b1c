import type { Clock } from '../trace/clock.ts';
import { dueAfter } from '../trace/due.ts';
import { byDay, byName } from '../trace/order.ts';
import { adopted, type OrganisationFacts } from '../trace/organisation-facts.ts';
import { counts, reachesTo } from '../trace/proof.ts';
import { linksOf, textOf } from '../trace/read.ts';
import { rhythmPeriod } from '../trace/rhythm.ts';
import { type ControlRecords, type Groups, noRecords } from './groups.ts';
import type { SoaRecord } from './types.ts';

/** A piece of evidence with the last day that it speaks for. */
export type Piece = { readonly record: SoaRecord; readonly to: string };

/** What evidence says of a control, over running systems and the organisation. */
export type Evidence = {
  /** Pieces that still speak for it. */
  readonly current: number;
  /** Pieces that spoke for it once: the next one was due. */
  readonly stale: number;
  /** Kept pieces that prove nothing: broken, a word of the owner alone, or of no named time (EV6, EV7). */
  readonly aside: number;
  /** The newest of the current pieces, else of the stale ones. */
  readonly newest: Piece | null;
  /** The newest current pieces. */
  readonly first: readonly SoaRecord[];
};

export const noEvidence: Evidence = { current: 0, stale: 0, aside: 0, newest: null, first: [] };

type Around = {
  readonly organisation: OrganisationFacts;
  readonly groups: Groups;
  readonly clock: Clock;
  readonly running: ReadonlySet<string>;
};

/** Pieces that a statement names. */
const named = 3;

type Homes = ReadonlyMap<string | null, readonly SoaRecord[]>;
const homesOf = ({ implementations }: ControlRecords): Homes =>
  Map.groupBy(implementations, ({ system }) => system);

type Tally = {
  current: number;
  stale: number;
  aside: number;
  old: Piece | null;
  pieces: Piece[];
  /** Where current pieces are at home: systems, and `null` for the whole organisation. */
  readonly homes: Set<string | null>;
};

/** What was counted, by the id of a control's record. */
export class EvidenceFound {
  readonly #tallies = new Map<string, Tally>();

  of(control: string): Evidence {
    const tally = this.#tallies.get(control);
    if (!tally) return noEvidence;
    const { current, stale, aside, old, pieces } = tally;
    return {
      ...{ current, stale, aside },
      newest: pieces[0] ?? old,
      first: pieces.map(({ record }) => record),
    };
  }

  /** Systems whose current evidence speaks for a control; `null` among them where the organisation's does. */
  homesOf(control: string): ReadonlySet<string | null> {
    return this.#tallies.get(control)?.homes ?? new Set();
  }

  tally(control: string): Tally {
    const known = this.#tallies.get(control) ?? {
      ...{ current: 0, stale: 0, aside: 0, old: null, pieces: [] },
      homes: new Set<string | null>(),
    };
    this.#tallies.set(control, known);
    return known;
  }
}

/**
 * Counts evidence as it passes: a piece names its controls, or an implementation and so that one's control. It is
 * current until the next one is due by the rhythm of the implementation, else by the adopted interval of tests (EV1);
 * with neither, until the last day that it speaks for.
 */
export class EvidenceCount {
  readonly #around: Around;
  readonly #controlOf: ReadonlyMap<string, { readonly control: string; readonly record: SoaRecord }>;
  readonly found = new EvidenceFound();
  /** Implementations of a control by where they are at home: a hundred thousand pieces ask for those of theirs. */
  readonly #homes = new Map<string, Homes>();

  /** By the day that a piece speaks for last, and the period after which the next one is due. */
  readonly #overBy = new Map<string, boolean>();

  constructor(around: Around) {
    this.#around = around;
    this.#controlOf = new Map(
      [...around.groups].flatMap(([control, { implementations }]) =>
        implementations.map((record) => [record.id, { control, record }] as const),
      ),
    );
  }

  add(record: SoaRecord): void {
    const { running } = this.#around;
    if (record.state !== 'kept' || (record.system !== null && !running.has(record.system))) return;
    const direct = linksOf(record, 'implementation').flatMap((id) => this.#controlOf.get(id) ?? []);
    const controls = new Set([...linksOf(record, 'controls'), ...direct.map(({ control }) => control)]);
    for (const control of controls) {
      const of = direct.filter((one) => one.control === control).map((one) => one.record);
      this.#take(this.found.tally(control), record, of.length > 0 ? of : this.#nearest(control, record));
    }
  }

  #take(tally: Tally, record: SoaRecord, of: readonly SoaRecord[]): void {
    const to = counts(record) ? reachesTo([record]) : null;
    if (to === null) {
      tally.aside += 1;
      return;
    }
    const piece = { record, to };
    if (this.#over(to, of)) {
      tally.stale += 1;
      if (tally.old === null || newer(piece, tally.old) < 0) tally.old = piece;
      return;
    }
    tally.current += 1;
    tally.homes.add(record.system);
    const last = tally.pieces[named - 1];
    if (last === undefined || newer(piece, last) < 0)
      tally.pieces = [...tally.pieces, piece].sort(newer).slice(0, named);
  }

  #over(to: string, of: readonly SoaRecord[]): boolean {
    const { organisation, clock } = this.#around;
    const interval = adopted(organisation, 'control_test');
    const lasts = of.length === 0 ? [interval] : of.map((one) => rhythmOf(one) ?? interval);
    return lasts.every((period) => {
      // A hundred thousand pieces speak for some hundred days.
      const key = `${to} ${period}`;
      const known = this.#overBy.get(key);
      if (known !== undefined) return known;
      const over = clock.over((period === null ? null : dueAfter(organisation, to, period)) ?? to);
      this.#overBy.set(key, over);
      return over;
    });
  }

  /** The implementations of a control where the piece is at home, else those of the organisation. */
  #nearest(control: string, { system }: SoaRecord): readonly SoaRecord[] {
    const homes = this.#homes.get(control) ?? homesOf(this.#around.groups.get(control) ?? noRecords);
    this.#homes.set(control, homes);
    return homes.get(system) ?? homes.get(null) ?? [];
  }
}

const rhythmOf = (record: SoaRecord): string | null => rhythmPeriod(textOf(record, 'occurrences'));
const newer = (one: Piece, other: Piece): number =>
  byDay(other.to, one.to) || byName(other.record.ref, one.record.ref);
