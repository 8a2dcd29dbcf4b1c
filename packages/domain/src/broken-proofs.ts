import type { RefWire, StationWire, TraceWire } from './wire.ts';
import type { LogFaultWire } from './wire-log.ts';

/** The rule of a record that does not match the log: until that is known, nothing else about it is. */
export const brokenRule = 'log-proof';

/** What a whole verification found of one record, by its id or its ref. */
export const faultsOfRecord = (
  faults: readonly LogFaultWire[],
  { id, ref }: Pick<RefWire, 'id' | 'ref'>,
): readonly LogFaultWire[] => faults.filter((fault) => fault.record === id || fault.ref === ref);

type Gap = StationWire['gaps'][number];

function brokenGap(record: RefWire): Gap {
  return {
    rule: brokenRule,
    ruleText: 'Every record is what the log says it is.',
    source: 'house',
    weight: 'major',
    sentence: [{ ref: record }, ' was changed outside Throughline: it does not match the log.'],
    records: [record],
    since: null,
    causedBy: null,
    refs: [],
    action: null,
    task: null,
  };
}

/**
 * The line with a gap at each station that was judged on a record which does not match the log (UX d, Broken proof).
 * The system's own record, where no station was judged on it, is what the whole line begins with: it stands at the first.
 * @param judgedOn the records of each station, in the order of the stations
 */
export function withBrokenProofs(
  trace: TraceWire,
  faults: readonly LogFaultWire[],
  judgedOn: readonly (readonly RefWire[])[],
): TraceWire {
  if (faults.length === 0) return trace;
  const { system } = trace;
  const listed = judgedOn.some((records) => records.some(({ id }) => id === system.id));
  const found = trace.stations.map((_, at) => {
    const records = [...(at === 0 && !listed ? [system] : []), ...(judgedOn[at] ?? [])];
    const each = [...new Map(records.map((record) => [record.id, record])).values()];
    return each.filter((record) => faultsOfRecord(faults, record).length > 0).map(brokenGap);
  });
  const stations = trace.stations.map((station, at): StationWire => {
    const [first, ...others] = found[at] ?? [];
    if (!first) return station;
    const gaps = [first, ...others, ...station.gaps];
    return { ...station, verdict: 'gap', statement: first.sentence, soon: false, gaps };
  });
  const more = found.flat().length;
  const turned = (verdict: StationWire['verdict']) =>
    trace.stations.filter((one, at) => one.verdict === verdict && stations[at]?.verdict === 'gap').length;
  const { summary } = trace;
  return {
    ...trace,
    summary: {
      ...summary,
      gaps: summary.gaps + more,
      holds: summary.holds - turned('holds'),
      applies: summary.applies + turned('not-started') + turned('not-applicable'),
      notStarted: summary.notStarted - turned('not-started'),
      holdsUntil: more > 0 ? null : summary.holdsUntil,
    },
    strip: [...trace.strip].map((letter, at) => ((found[at]?.length ?? 0) > 0 ? 'g' : letter)).join(''),
    stations,
  };
}
