import type { RefWire, StationWire, TraceWire } from '@throughline/domain/wire.ts';
import { entryOf, type Fault, faultHref, faultsOfRecord } from '../proof/faults.ts';
import { t } from '../text/t.ts';
import { brokenRule } from './gap-order.ts';
import type { ShownGap } from './line-item.ts';

/** The gap of a record that does not match the log: what is wrong, and the way to the exact entry. */
const brokenGap = (record: RefWire, fault: Fault): ShownGap => {
  const entry = entryOf(fault);
  return {
    rule: brokenRule,
    ruleText: t('proof.gap-rule'),
    source: 'house',
    weight: 'major',
    sentence: [{ ref: record }, t('proof.gap')],
    records: [record],
    since: null,
    causedBy: null,
    refs: [],
    action: null,
    task: null,
    way: {
      label: entry === null ? t('proof.gap-look') : t('proof.gap-open', { n: entry }),
      href: faultHref(fault),
    },
  };
};

type Judged = Pick<StationWire, 'records' | 'gaps'>;

/** Records that a station was judged on: those it lists, and those that its gaps name. */
const recordsOf = ({ records, gaps }: Judged): readonly RefWire[] => {
  const all = [...records, ...gaps.flatMap((gap) => gap.records)];
  return [...new Map(all.map((record) => [record.id, record])).values()];
};

/** Records of a station that do not match the log, each once, with the first fault of each. */
const brokenOf = (records: readonly RefWire[], faults: readonly Fault[]): readonly ShownGap[] =>
  records.flatMap((record) => {
    const [first] = faultsOfRecord(faults, record);
    return first === undefined ? [] : [brokenGap(record, first)];
  });

const judgedOn = (station: Judged, id: string): boolean =>
  recordsOf(station).some((record) => record.id === id);

/**
 * The line with a gap at each station that was judged on a record which does not match the log (UX d, Broken proof).
 * The system's own record, where no station lists it, is what the whole line begins with: it stands at the first.
 */
export const withBroken = (trace: TraceWire, faults: readonly Fault[]): TraceWire => {
  if (faults.length === 0) return trace;
  const { system } = trace;
  const listed = trace.stations.some((station) => judgedOn(station, system.id));
  const gapsAt = (station: StationWire, at: number): readonly ShownGap[] =>
    brokenOf(at === 0 && !listed ? [system, ...recordsOf(station)] : recordsOf(station), faults);
  const found = trace.stations.map(gapsAt);
  if (found.every((gaps) => gaps.length === 0)) return trace;
  const turned = trace.stations.filter(
    ({ verdict }, at) => verdict !== 'gap' && (found[at]?.length ?? 0) > 0,
  );
  const held = turned.filter(({ verdict }) => verdict === 'holds').length;
  return {
    ...trace,
    summary: {
      ...trace.summary,
      gaps: trace.summary.gaps + turned.length,
      holds: trace.summary.holds - held,
    },
    strip: [...trace.strip].map((letter, at) => ((found[at]?.length ?? 0) > 0 ? 'g' : letter)).join(''),
    stations: trace.stations.map((station, at) => {
      const gaps = found[at] ?? [];
      return gaps.length === 0
        ? station
        : { ...station, verdict: 'gap', soon: false, gaps: [...gaps, ...station.gaps] };
    }),
  };
};
