import { dayText } from '@throughline/domain/day-text.ts';
import type { GapWire, SentenceWire, StationWire, TraceWire, VerdictWire } from '@throughline/domain/wire.ts';
import { counted } from '../terminal.ts';

/** Shape and word of each verdict: colour is never the only sign. */
export const verdictMarks: Readonly<Record<VerdictWire, { readonly shape: string; readonly word: string }>> =
  {
    holds: { shape: '✓', word: 'Holds' },
    gap: { shape: '◆', word: 'Gap' },
    accepted: { shape: '◎', word: 'Accepted' },
    unverifiable: { shape: '□', word: 'Cannot be judged' },
    'not-started': { shape: '◌', word: 'Not started' },
    'not-applicable': { shape: '–', word: 'Does not apply' },
  };

export const sources: Readonly<Record<GapWire['source'], string>> = {
  standard: 'The standard says:',
  law: 'Law says:',
  contract: 'A contract says:',
  house: 'We decided:',
  advice: 'Advice:',
};

/** A sentence of the server as plain words: records by ref, days and people as the pages write them. */
export function sentenceText(sentence: SentenceWire): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('ref' in part) return part.ref.ref;
      return 'day' in part ? dayText(part.day) : part.name;
    })
    .join('');
}

type Told = Pick<TraceWire, 'summary'> & {
  readonly stations: readonly Pick<StationWire, 'id' | 'order' | 'name' | 'verdict'>[];
};

const howMany = (line: Told, verdict: VerdictWire) =>
  line.stations.filter((station) => station.verdict === verdict).length;

/** One sentence that says how the line stands, in the words of the page. */
export function headline(line: Told): string {
  const { gaps, holds, holdsUntil } = line.summary;
  if (gaps > 0) return `${counted(gaps, 'gap')} ${gaps === 1 ? 'stops' : 'stop'} this line`;
  const unjudged = howMany(line, 'unverifiable');
  if (unjudged > 0) return `No gap is known, and ${counted(unjudged, 'station')} cannot be judged`;
  if (holds === 0) return 'This line has not begun';
  return holdsUntil === null ? 'This line holds' : `This line holds until ${dayText(holdsUntil)}`;
}

/** What holds of what applies, and what falls next, in the words of the page. */
export function supporting(line: Told): string {
  const { holds, applies, notStarted, next } = line.summary;
  const accepted = howMany(line, 'accepted');
  const unjudged = howMany(line, 'unverifiable');
  const parts = [
    `${holds} of ${applies} stations ${holds === 1 ? 'holds' : 'hold'}`,
    accepted > 0 ? `${accepted} ${accepted === 1 ? 'is' : 'are'} accepted for a time` : '',
    unjudged > 0 ? `${unjudged} cannot be judged` : '',
    notStarted > 0 ? `${notStarted} ${notStarted === 1 ? 'has' : 'have'} not started` : '',
  ].filter((part) => part !== '');
  const station = next ? line.stations.find(({ id }) => id === next.station) : undefined;
  const fall =
    next && station
      ? `If nobody acts, ${station.order} ${station.name} is next to fall, on ${dayText(next.day)}.`
      : '';
  return `${parts.join(', ')}. ${fall}`.trim();
}

const weights: Readonly<Record<GapWire['weight'], number>> = { major: 0, minor: 1, opportunity: 2 };

/** The order of the page: what can be acted on here first, then the heavier, then what stands longer. */
export function orderedGaps(gaps: readonly GapWire[]): GapWire[] {
  return [...gaps].sort(
    (a, b) =>
      Number(a.causedBy !== null) - Number(b.causedBy !== null) ||
      weights[a.weight] - weights[b.weight] ||
      (a.since ?? '9').localeCompare(b.since ?? '9'),
  );
}
