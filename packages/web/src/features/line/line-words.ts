import type { StationWire, TraceWire } from '@throughline/domain/wire.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';

type Summary = TraceWire['summary'];
type Told = Pick<TraceWire, 'summary'> & {
  stations: readonly Pick<StationWire, 'id' | 'order' | 'name' | 'verdict'>[];
};

const count = (line: Told, verdict: StationWire['verdict']): number =>
  line.stations.filter((station) => station.verdict === verdict).length;

/** One sentence that says how the line stands (UX d 1). */
export const headline = (line: Told): string => {
  const { gaps, holds, holdsUntil } = line.summary;
  if (gaps > 0) return t('line.gaps-stop', { n: gaps });
  const unjudged = count(line, 'unverifiable');
  if (unjudged > 0) return t('line.unverifiable', { n: unjudged });
  if (holds === 0) return t('line.not-begun');
  return holdsUntil === null ? t('line.holds') : t('line.holds-until', { day: formatDay(holdsUntil) });
};

const parts = (line: Told): readonly string[] => {
  const { holds, applies, notStarted }: Summary = line.summary;
  const accepted = count(line, 'accepted');
  const unjudged = count(line, 'unverifiable');
  return [
    t('line.hold-of', { n: holds, of: applies }),
    accepted > 0 ? t('line.is-accepted', { n: accepted }) : '',
    unjudged > 0 ? t('line.cannot-be-judged', { n: unjudged }) : '',
    notStarted > 0 ? t('line.has-not-started', { n: notStarted }) : '',
  ].filter((part) => part !== '');
};

/** What holds of what applies, and what falls next (UX d 1). */
export const supporting = (line: Told): string => {
  const { next } = line.summary;
  const station = next === null ? undefined : line.stations.find(({ id }) => id === next.station);
  const fall =
    next === null || station === undefined
      ? ''
      : t('line.next-to-fall', { n: station.order, name: station.name, day: formatDay(next.day) });
  return `${parts(line).join(', ')}. ${fall}`.trim();
};
