import type { StationWire, TraceWire } from '@throughline/domain/wire.ts';
import { formatDay } from '../text/dates.ts';
import { type PlainTextKey, t } from '../text/t.ts';

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

/** Ids of the stations in their order (UX amendments); the strip has one letter for each. */
export const stationIds = [
  'scope',
  'policy',
  'ownership',
  'use-cases',
  'supply',
  'classification',
  'impact',
  'risk',
  'controls',
  'release',
  'information',
  'operation',
  'evidence',
  'assurance',
  'correction',
] as const;

export const stationName = (id: string): string => {
  const known = stationIds.find((station) => station === id);
  if (known === undefined) return id;
  const key: PlainTextKey = `station.${known}`;
  return t(key);
};

/** A station's number on the line, from 1. */
export const stationNumber = (id: string): number => {
  const ids: readonly string[] = stationIds;
  return ids.indexOf(id) + 1;
};

const told = [
  ['g', 'line.strip-gaps'],
  ['a', 'line.strip-accepted'],
  ['u', 'line.strip-unverifiable'],
  ['n', 'line.strip-not-started'],
  ['-', 'line.strip-not-applicable'],
  ['s', 'line.strip-soon'],
] as const;

/** A strip in words: "SYS-412: 10 of 14 hold; gaps at 7 impact, 13 evidence; does not apply: 14 assurance" (UX g). */
export const stripSentence = (ref: string, strip: string): string => {
  const letters = [...strip];
  const at = (letter: string): string =>
    letters
      .flatMap((found, index) =>
        found === letter ? [`${index + 1} ${stationName(stationIds[index] ?? '').toLowerCase()}`] : [],
      )
      .join(', ');
  const holds = letters.filter((letter) => letter === 'h' || letter === 's').length;
  const applies = letters.filter((letter) => letter !== '-').length;
  const rest = told.flatMap(([letter, key]) => {
    const list = at(letter);
    return list === '' ? [] : [t(key, { list })];
  });
  return [t('line.strip', { ref, n: holds, of: applies }), ...rest].join('; ');
};
