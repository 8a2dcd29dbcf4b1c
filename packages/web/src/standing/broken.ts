import { brokenRule, faultsOfRecord } from '@throughline/domain/broken-proofs.ts';
import type { GapWire, TraceWire } from '@throughline/domain/wire.ts';
import { entryOf, type Fault, faultHref } from '../proof/faults.ts';
import { t } from '../text/t.ts';
import type { ShownGap } from './line-item.ts';

const withWay = (gap: GapWire, faults: readonly Fault[]): ShownGap => {
  const [record] = gap.records;
  if (gap.rule !== brokenRule || record === undefined) return gap;
  const [first] = faultsOfRecord(faults, record);
  const entry = first === undefined ? null : entryOf(first);
  return {
    ...gap,
    way: {
      label: entry === null ? t('proof.gap-look') : t('proof.gap-open', { n: entry }),
      href: first === undefined ? '/log/verify' : faultHref(first),
    },
  };
};

/** Gaps of records that do not match the log lead to the exact entry (UX d, Broken proof). */
export const withWays = (trace: TraceWire, faults: readonly Fault[]): TraceWire => ({
  ...trace,
  stations: trace.stations.map((station) =>
    station.gaps.some(({ rule }) => rule === brokenRule)
      ? { ...station, gaps: station.gaps.map((gap) => withWay(gap, faults)) }
      : station,
  ),
});
