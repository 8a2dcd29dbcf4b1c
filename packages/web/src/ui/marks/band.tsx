import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../../text/t.ts';
import css from './band.module.css';
import { useTurned } from './use-turned.ts';
import { type Verdict, verdictWord } from './verdict.ts';
import { VerdictMark } from './verdict-mark.tsx';

export type BandStation = {
  number: number;
  name: string;
  /** `null` where nobody looked yet: a bare dot, which is no verdict. */
  verdict: Verdict | null;
  /** In place of the verdict's word. */
  word?: string;
  soon?: boolean;
};

export type BandProps = {
  stations: readonly BandStation[];
  /** The line as a sentence: "SYS-412: 10 of 14 hold; gaps at 6 impact assessment, 9 evidence". */
  label: string;
  onGo: (number: number) => void;
  /** Without numbers, 32 px, for the bar that stays while the page scrolls. */
  sticky?: boolean;
};

const wordOf = ({ number, name, verdict, word, soon }: BandStation): string => {
  const own = verdict === null ? '' : verdictWord(verdict);
  return t('line.station', { n: number, name, verdict: soon === true ? t('verdict.soon') : (word ?? own) });
};

const Cell = ({
  station,
  sticky,
  tabbable,
  onGo,
  onFocus,
}: {
  station: BandStation;
  sticky: boolean;
  tabbable: boolean;
  onGo: () => void;
  onFocus: () => void;
}) => {
  const turned = useTurned(station.verdict);
  return (
    <button
      type="button"
      className={css.cell}
      data-verdict={station.verdict ?? undefined}
      data-turned={turned || undefined}
      tabIndex={tabbable ? 0 : -1}
      aria-label={wordOf(station)}
      title={wordOf(station)}
      onClick={onGo}
      onFocus={onFocus}
    >
      {station.soon === true ? (
        <svg className={css.soon} width="8" height="5" viewBox="0 0 8 5" aria-hidden="true">
          <path d="M0 0h8l-4 5z" />
        </svg>
      ) : null}
      <span className={css.mark}>
        {station.verdict === null ? (
          <span className={css.unseen} />
        ) : (
          <VerdictMark verdict={station.verdict} />
        )}
      </span>
      {sticky ? null : <span className={css.number}>{station.number}</span>}
    </button>
  );
};

/** The line across the top of a page: marks on one horizontal thread. One tab stop; arrows move, Enter goes to the station. */
export const Band = ({ stations, label, onGo, sticky = false }: BandProps) => {
  const [current, setCurrent] = useState(0);
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const last = stations.length - 1;
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const cell = row.current?.children[Math.max(0, Math.min(last, next))];
    if (cell instanceof HTMLElement) cell.focus();
  };
  return (
    <div
      ref={row}
      role="toolbar"
      aria-label={label}
      className={css.band}
      data-sticky={sticky || undefined}
      onKeyDown={move}
    >
      {stations.map((station, index) => (
        <Cell
          key={station.number}
          station={station}
          sticky={sticky}
          tabbable={index === current}
          onGo={() => onGo(station.number)}
          onFocus={() => setCurrent(index)}
        />
      ))}
    </div>
  );
};
