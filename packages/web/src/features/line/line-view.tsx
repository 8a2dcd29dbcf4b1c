import type { StationWire, TraceWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { lineSentence } from '../../kinds/line-label.ts';
import { firstActionable, gapId, gapsInSight, opensByItself, orderGaps } from '../../standing/gap-order.ts';
import type { LineItem } from '../../standing/line-item.ts';
import { StationList } from '../../standing/station-list.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { usePrinting } from '../../standing/use-printing.ts';
import { t } from '../../text/t.ts';
import { Band } from '../../ui/marks/band.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import css from './line-view.module.css';
import { headline, supporting } from './line-words.ts';
import { useStuck } from './use-stuck.ts';

export type LineViewProps = {
  trace: TraceWire;
  locked?: string | undefined;
  /** Stands under the summary: "as of", what is being rechecked. */
  children?: ReactNode;
};

const itemOf = (station: StationWire): LineItem => ({ ...station, number: String(station.order) });

const reveal = (id: string): void => {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  element?.focus({ preventScroll: true });
};

/** Which stations are open: those that ask for something, until a person opens or closes one. */
const useOpened = (stations: readonly StationWire[]) => {
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map());
  const opened = useMemo(
    () =>
      new Set(
        stations.flatMap((station) =>
          (byHand.get(station.id) ?? opensByItself(station)) ? [station.id] : [],
        ),
      ),
    [stations, byHand],
  );
  const set = (id: string, open: boolean): void => setByHand((now) => new Map(now).set(id, open));
  return { opened, set };
};

/** Ids of the gaps in sight, in the order of the page. */
const gapsOf = (stations: readonly StationWire[]): readonly { id: string; station: string }[] =>
  stations.flatMap((station) =>
    orderGaps(station.gaps)
      .slice(0, gapsInSight)
      .map((gap) => ({ id: gapId(station.id, gap), station: station.id })),
  );

const useGapKeys = (stations: readonly StationWire[], open: (id: string) => void): void => {
  const gaps = gapsOf(stations);
  const here = (): number =>
    gaps.findIndex(({ id }) => document.getElementById(id)?.contains(document.activeElement) === true);
  const go = (step: 1 | -1): void => {
    const at = here();
    const next = at === -1 ? (step === 1 ? 0 : gaps.length - 1) : at + step;
    const gap = gaps[Math.max(0, Math.min(gaps.length - 1, next))];
    if (gap === undefined) return;
    open(gap.station);
    // The station may have been closed: its gap stands after the next paint.
    requestAnimationFrame(() => reveal(gap.id));
  };
  const act = (): void => {
    const gap = gaps[Math.max(0, here())];
    const button = gap === undefined ? null : document.getElementById(gap.id)?.querySelector('button');
    button?.focus();
    button?.click();
  };
  useHotkeys([
    { keys: 'n', label: t('line.next-gap'), group: 'line', run: () => go(1) },
    { keys: 'p', label: t('line.previous-gap'), group: 'line', run: () => go(-1) },
    { keys: 'a', label: t('line.do-gap'), group: 'line', run: act },
  ]);
};

/** The line of one system: how it stands in a sentence, the band, the stations (UX d 1 to 6). */
export const LineView = ({ trace, locked, children }: LineViewProps) => {
  const { stations, summary, system, strip } = trace;
  const [only, setOnly] = useState<'all' | 'gaps'>('all');
  const { opened, set } = useOpened(stations);
  const { run, dialog } = useAction();
  const printing = usePrinting();
  const sentinel = useRef<HTMLDivElement>(null);
  const stuck = useStuck(sentinel);
  useGapKeys(stations, (id) => set(id, true));
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const row = document.getElementById(`station-${wanted}`);
    row?.scrollIntoView({ block: 'start' });
    row?.querySelector('button')?.focus({ preventScroll: true });
    setWanted(null);
  }, [wanted]);
  const goTo = (number: number): void => {
    const station = stations.find(({ order }) => order === number);
    if (station === undefined) return;
    if (station.verdict !== 'gap') setOnly('all');
    set(station.id, true);
    setWanted(station.id);
  };
  const shown = only === 'gaps' && !printing ? stations.filter(({ verdict }) => verdict === 'gap') : stations;
  const all = new Set(stations.map(({ id }) => id));
  return (
    <section className={css.line} aria-label={headline(trace)}>
      <div className={css.summary}>
        <div>
          <h2 className={css.headline}>{headline(trace)}</h2>
          <p className={css.supporting}>{supporting(trace)}</p>
          {children}
        </div>
        <div className={css.switch}>
          <Segmented
            label={t('line.show')}
            value={only}
            onChange={setOnly}
            options={[
              { value: 'all', label: t('line.show-all', { n: stations.length }) },
              { value: 'gaps', label: t('line.show-gaps', { n: summary.gaps }) },
            ]}
          />
        </div>
      </div>
      <div ref={sentinel} />
      <div className={css.band} data-stuck={stuck || undefined}>
        <Band
          label={`${system.ref}: ${lineSentence(strip)}`}
          sticky={stuck}
          onGo={goTo}
          stations={stations.map(({ order, name, verdict, soon }) => ({
            number: order,
            name,
            verdict,
            soon,
          }))}
        />
      </div>
      {shown.length === 0 ? <p className={css.none}>{t('line.no-gaps')}</p> : null}
      <StationList
        label={t('line.stations', { ref: system.ref })}
        items={shown.map(itemOf)}
        opened={printing ? all : opened}
        onToggle={(id) => set(id, !opened.has(id))}
        primaryGap={locked === undefined ? firstActionable(shown) : null}
        onAction={run}
        locked={locked}
        system={system}
        whole={printing}
      />
      {dialog}
    </section>
  );
};
