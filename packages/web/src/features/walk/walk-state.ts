import type { StationWire, VerdictWire } from '@throughline/domain/wire.ts';
import type { WalkRecordWire } from '@throughline/domain/wire-pages.ts';

export type Seen = 'seen' | 'gap';
export type Pause = { at: string; seconds: number };

/** A walk under way. Instants are milliseconds of the clock; `pausedAt` is set while it is paused. */
export type Walk = {
  startedAt: number;
  pausedAt: number | null;
  endedAt: number | null;
  pauses: readonly Pause[];
  at: number;
  marks: Readonly<Record<string, Seen>>;
  notes: Readonly<Record<string, string>>;
};

/** The walk that an auditor has time for: five minutes. The clock counts up and ends nothing (UX d 8). */
export const limitSeconds = 300;

export const beginWalk = (now: number): Walk => ({
  startedAt: now,
  pausedAt: null,
  endedAt: null,
  pauses: [],
  at: 0,
  marks: {},
  notes: {},
});

/**
 * A walk that was left alone, as when its page was closed or read anew: the time away was not walked, so it stands
 * among the pauses. A pause under way, or the end, goes on as it was.
 */
export const comeBack = (walk: Walk, lastSeen: number, now: number): Walk => {
  if (walk.pausedAt !== null || walk.endedAt !== null || whole(now - lastSeen) === 0) return walk;
  return goOn({ ...walk, pausedAt: Math.max(lastSeen, walk.startedAt) }, now);
};

const whole = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));

/** Seconds walked: what was paused does not count. */
export const walkedSeconds = (walk: Walk, now: number): number => {
  const until = walk.endedAt ?? walk.pausedAt ?? now;
  const paused = walk.pauses.reduce((sum, pause) => sum + pause.seconds, 0);
  return Math.max(0, whole(until - walk.startedAt) - paused);
};

export const pause = (walk: Walk, now: number): Walk =>
  walk.pausedAt === null && walk.endedAt === null ? { ...walk, pausedAt: now } : walk;

export const goOn = (walk: Walk, now: number): Walk => {
  if (walk.pausedAt === null) return walk;
  const added = { at: new Date(walk.pausedAt).toISOString(), seconds: whole(now - walk.pausedAt) };
  return { ...walk, pausedAt: null, pauses: [...walk.pauses, added] };
};

/** Ends the walk; a pause under way ends with it. */
export const end = (walk: Walk, now: number): Walk => ({ ...goOn(walk, now), endedAt: now });

/** Back from the summary to the stations: the time at the summary counts as a pause. */
export const reopen = (walk: Walk, now: number): Walk =>
  walk.endedAt === null ? walk : goOn({ ...walk, pausedAt: walk.endedAt, endedAt: null }, now);

/** Marks the station and goes to the next; after the last the walk ends. */
export const mark = (
  walk: Walk,
  stations: readonly Pick<StationWire, 'id'>[],
  seen: Seen,
  now: number,
): Walk => {
  const station = stations[walk.at];
  if (station === undefined) return walk;
  const going = goOn(walk, now);
  const marked = { ...going, marks: { ...going.marks, [station.id]: seen } };
  return walk.at === stations.length - 1 ? end(marked, now) : { ...marked, at: walk.at + 1 };
};

export const back = (walk: Walk): Walk => ({ ...walk, at: Math.max(0, walk.at - 1) });
export const note = (walk: Walk, station: string, text: string): Walk => ({
  ...walk,
  notes: { ...walk.notes, [station]: text },
});

/** `04:07`; above an hour the minutes go on counting. */
export const clockText = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

export type Difference = 'unknown' | 'unseen' | null;
export type Compared = {
  id: string;
  order: number;
  name: string;
  you: Seen | 'not-looked-at';
  known: VerdictWire;
  difference: Difference;
  note: string;
};

/** A gap under a waiver is a gap that is known. */
const isKnownGap = (verdict: VerdictWire): boolean => verdict === 'gap' || verdict === 'accepted';

const differenceOf = (you: Compared['you'], known: VerdictWire): Difference => {
  if (you === 'gap' && !isKnownGap(known)) return 'unknown';
  return you === 'seen' && known === 'gap' ? 'unseen' : null;
};

/** What was seen next to what the register says, station by station. */
export const compare = (
  walk: Walk,
  stations: readonly Pick<StationWire, 'id' | 'order' | 'name' | 'verdict'>[],
): readonly Compared[] =>
  stations.map(({ id, order, name, verdict }) => {
    const you = walk.marks[id] ?? 'not-looked-at';
    return {
      id,
      order,
      name,
      you,
      known: verdict,
      difference: differenceOf(you, verdict),
      note: walk.notes[id] ?? '',
    };
  });

/** The body that keeps the walk. */
export const recordOf = (walk: Walk, compared: readonly Compared[], conclusion: string): WalkRecordWire => ({
  seconds: walkedSeconds(walk, walk.endedAt ?? walk.startedAt),
  pauses: walk.pauses,
  stations: compared.map(({ id, you, known, note: text }) => ({ station: id, seen: you, known, note: text })),
  note: conclusion,
});
