import { brokenRule } from '@throughline/domain/broken-proofs.ts';
import type { GapWire, StationWire, VerdictWire } from '@throughline/domain/wire.ts';

const weights: Readonly<Record<GapWire['weight'], number>> = { major: 0, minor: 1, opportunity: 2 };

/** What does not match the log comes first; then gaps that can be acted on here, then the heavier, then those that stand longer; unknown dates last. */
export const gapOrder = (a: GapWire, b: GapWire): number =>
  Number(a.rule !== brokenRule) - Number(b.rule !== brokenRule) ||
  Number(a.causedBy !== null) - Number(b.causedBy !== null) ||
  weights[a.weight] - weights[b.weight] ||
  (a.since ?? '9').localeCompare(b.since ?? '9');

export const orderGaps = <G extends GapWire>(gaps: readonly G[]): readonly G[] => [...gaps].sort(gapOrder);

/** How many gaps of one station stand in sight; the others are one press away (UX d 6). */
export const gapsInSight = 3;

/** What names one gap on a page, for focus and for keys. */
export const gapId = (station: string, gap: GapWire): string =>
  `gap-${station}-${gap.rule}-${gap.records[0]?.ref ?? 'none'}`;

/** The first gap of the page that offers an action: its button is the primary one, because one begins at the top. */
export const firstActionable = (
  stations: readonly Pick<StationWire, 'id' | 'gaps' | 'verdict'>[],
): string | null => {
  for (const verdict of ['gap', 'not-started'] as const) {
    for (const station of stations) {
      if (station.verdict !== verdict) continue;
      const gap = orderGaps(station.gaps).find((entry) => entry.action?.ability.allowed === true);
      if (gap !== undefined) return gapId(station.id, gap);
    }
  }
  return null;
};

/** Stations that stand open when the page opens: what asks for something. */
export const opensByItself = (station: Pick<StationWire, 'verdict' | 'gaps' | 'sealed'>): boolean =>
  station.verdict === 'gap' ||
  station.verdict === 'unverifiable' ||
  station.sealed !== undefined ||
  (station.verdict === 'not-started' && station.gaps.length > 0);

/** The day since when a station stands as it does: that of its oldest gap. */
export const standsSince = (gaps: readonly GapWire[]): string | null =>
  gaps.reduce<string | null>(
    (oldest, { since }) => (since === null || (oldest !== null && oldest <= since) ? oldest : since),
    null,
  );

export type Turn = { id: string; order: number; name: string; verdict: VerdictWire };

/** Stations whose verdict differs between two answers. */
export const turnsBetween = (
  before: readonly StationWire[],
  after: readonly StationWire[],
): readonly Turn[] => {
  const old = new Map(before.map((station) => [station.id, station.verdict]));
  return after.flatMap(({ id, order, name, verdict }) =>
    old.has(id) && old.get(id) !== verdict ? [{ id, order, name, verdict }] : [],
  );
};
