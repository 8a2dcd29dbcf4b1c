import { useQuery } from '@tanstack/react-query';
import type { TraceWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { useFaults } from '../../proof/log-state.ts';
import { withWays } from '../../standing/broken.ts';
import { turnsBetween } from '../../standing/gap-order.ts';
import { type TracedSystem, traceQuery } from '../../standing/trace-query.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber, t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { announce } from '../../ui/live-region.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './line-view.module.css';
import { LineView } from './line-view.tsx';

/** Says politely which stations turned while the page was open; focus stays where it is (UX d 7). */
const useTurnsAnnounced = (trace: TraceWire | undefined): void => {
  const before = useRef(trace);
  useEffect(() => {
    const old = before.current;
    before.current = trace;
    if (old === undefined || trace === undefined || old.system.id !== trace.system.id) return;
    const turns = turnsBetween(old.stations, trace.stations);
    if (turns.length === 0) return;
    announce(
      turns.map(({ order, name, verdict }) => t(`line.turned.${verdict}`, { n: order, name })).join('. '),
    );
  }, [trace]);
};

/** The line of a system as a tab of its page: asks for the trace, shows it, and turns with it. */
export const SystemLine = ({ system }: { system: TracedSystem }) => {
  const [search] = useSearchState();
  const zone = useTimeZone();
  const { data: trace, error, refetch } = useQuery(traceQuery(system, search.asOf));
  const faults = useFaults();
  useTurnsAnnounced(trace);
  const problem = troubleOf(error);
  if (trace === undefined) {
    return problem === null ? (
      <Skeleton height={32} lines={16} />
    ) : (
      <ErrorLine problem={problem} onRetry={() => void refetch()} />
    );
  }
  const shown = withWays(trace, faults);
  const at = formatInstant(new Date(trace.asOf.at), zone);
  const index = formatNumber(trace.asOf.index);
  return (
    <>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      <LineView trace={shown} locked={search.asOf === undefined ? undefined : t('line.as-of-reason')}>
        {search.asOf === undefined ? null : <p className={css.asOf}>{t('line.as-of', { at, index })}</p>}
        <p className={css.paper}>
          {trace.system.owner === null ? null : `${t('line.owner', { name: trace.system.owner })}. `}
          {t('line.printed', { at, index })}
        </p>
      </LineView>
    </>
  );
};
