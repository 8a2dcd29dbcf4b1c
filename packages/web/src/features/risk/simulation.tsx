import {
  rangeFault,
  type Simulation,
  seedOf,
  simulate,
  simulatedYears,
} from '@throughline/domain/risk/simulate.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { useCallback, useMemo } from 'react';
import { formatNumber } from '../../text/t.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import type { ChartSpec } from '../../ui/chart/chart-canvas.tsx';
import { Link } from '../../ui/link.tsx';
import css from './simulation.module.css';
import { w } from './words.ts';

const numberOf = (record: RecordWire, name: string): number | null => {
  const value = record.fields[name];
  return typeof value === 'number' ? value : null;
};

const amount = (value: number): string => formatNumber(Number(value.toPrecision(3)));
const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)} %`;

/** The curve falls from the share of years with any loss: how likely a year is to cost more than an amount. */
const specOf =
  ({ exceedance }: Simulation): ChartSpec =>
  (palette) => ({
    xAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: palette.ink3 },
      splitLine: { show: false },
      axisLine: { lineStyle: { color: palette.border } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: palette.ink3, formatter: '{value} %' },
      splitLine: { lineStyle: { color: palette.hair } },
    },
    series: [
      {
        name: w('simulation.share'),
        type: 'line' as const,
        symbol: 'none',
        data: exceedance.map(({ loss, share }) => [loss, Math.round(share * 1000) / 10]),
      },
    ],
  });

const Result = ({ found, unit }: { found: Simulation; unit: string }) => {
  const spec = useCallback<ChartSpec>((palette) => specOf(found)(palette), [found]);
  const high = found.percentiles.find((one) => one.percent === 95)?.loss ?? 0;
  return (
    <>
      <p>{w('simulation.sentence', { mean: amount(found.mean), high: amount(high), unit })}</p>
      <table className={css.table} aria-label={w('simulation.percentiles')}>
        <tbody>
          <tr>
            <th scope="row">{w('simulation.quiet')}</th>
            <td>{percent(found.quiet)}</td>
          </tr>
          {found.percentiles.map((one) => (
            <tr key={one.percent}>
              <th scope="row">{w('simulation.percent', { n: one.percent })}</th>
              <td>{`${amount(one.loss)} ${unit}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Chart
        title={w('simulation.curve', { amount: amount(high), unit })}
        subtitle={w('simulation.curve-subtitle', { unit })}
        spec={spec}
        height={240}
        table={{
          columns: [w('simulation.loss', { unit }), w('simulation.share')],
          rows: found.exceedance.map(({ loss, share }) => [amount(loss), percent(share)]),
        }}
      />
    </>
  );
};

/** What the ranges of a risk mean when they meet: worked out here, from a seed that is the risk's own. */
export const RangesOf = ({ record }: { record: RecordWire }) => {
  const [eventsLow, eventsHigh] = [numberOf(record, 'eventsLow'), numberOf(record, 'eventsHigh')];
  const [lossLow, lossHigh] = [numberOf(record, 'lossLow'), numberOf(record, 'lossHigh')];
  const seed = seedOf(record.id);
  const found = useMemo(() => {
    if (eventsLow === null || eventsHigh === null || lossLow === null || lossHigh === null) return null;
    const ranges = { events: { low: eventsLow, high: eventsHigh }, loss: { low: lossLow, high: lossHigh } };
    const fault = rangeFault(ranges.events, ranges.loss);
    return fault === undefined ? simulate(ranges, seed) : fault;
  }, [eventsLow, eventsHigh, lossLow, lossHigh, seed]);
  const unit = typeof record.fields.lossUnit === 'string' ? record.fields.lossUnit : '';
  return (
    <section className={css.part} aria-labelledby="simulation-title">
      <h2 id="simulation-title">{w('simulation.heading')}</h2>
      {found === null ? <p className={css.quiet}>{w('simulation.none')}</p> : null}
      {typeof found === 'string' ? <p role="status">{found}</p> : null}
      {found !== null && typeof found !== 'string' ? <Result found={found} unit={unit} /> : null}
      <p className={css.quiet}>{w('simulation.is-not', { years: simulatedYears, seed })}</p>
      <Link href={`/risks/${record.ref}/edit`}>{w('simulation.edit')}</Link>
    </section>
  );
};
