import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CoverageWire } from '@throughline/domain/wire-readiness.ts';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatNumber, t } from '../../text/t.ts';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './readiness.module.css';

const ways = ['clause', 'control', 'unit', 'owner'] as const;
type Way = (typeof ways)[number];

const byRule = (by: Way): by is 'clause' | 'control' => by === 'clause' || by === 'control';

/** How many of all stand behind a gap: rows without one are listed for units and owners alone. */
const sentenceOf = ({ rows, of }: CoverageWire, by: Way): string => {
  if (byRule(by)) return t(`readiness.coverage.sentence-${by}`, { n: rows.length, of: of ?? rows.length });
  // Systems that name no unit or owner are told by themselves: nobody is no owner.
  const named = rows.filter(({ key }) => key !== '');
  const n = named.filter(({ systemsWithGaps }) => systemsWithGaps > 0).length;
  const without = rows.find(({ key }) => key === '')?.systems ?? 0;
  const sentence = t(`readiness.coverage.sentence-${by}`, { n, of: named.length });
  return without === 0 ? sentence : `${sentence} ${t(`readiness.coverage.without-${by}`, { n: without })}`;
};

/** A count beside a bar as long as its part of the whole: the number says it, the bar shows it. */
const Ratio = ({ part, of }: { part: number; of: number }) => (
  <span className={css.ratio}>
    <span>{t('readiness.coverage.ratio', { n: part, of })}</span>
    <span className={css.ratioBar} aria-hidden="true">
      <span style={{ width: `${of === 0 ? 0 : Math.round((part / of) * 100)}%` }} />
    </span>
  </span>
);

const Rows = ({ by, rows }: { by: Way; rows: CoverageWire['rows'] }) => (
  <ScrollBox label={t('readiness.tab.coverage')}>
    <table className={plain.table} aria-label={t('readiness.tab.coverage')}>
      <thead>
        <tr>
          <th scope="col">{t(`readiness.coverage.${by}`)}</th>
          <th scope="col" className={plain.number}>
            {t('readiness.coverage.systems')}
          </th>
          <th scope="col">{t('readiness.coverage.with-gaps')}</th>
          <th scope="col" className={plain.number}>
            {t('readiness.coverage.gaps')}
          </th>
          {byRule(by) ? (
            <th scope="col" className={plain.number}>
              {t('readiness.coverage.organisation')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              {row.label === row.key || by === 'owner' ? null : <span className={css.key}>{row.key}</span>}
              {row.label === ''
                ? row.key || t(`readiness.coverage.no-${by === 'owner' ? 'owner' : 'unit'}`)
                : row.label}
              {row.below === undefined ? null : (
                <span className={css.key}>
                  {' '}
                  {t('readiness.coverage.below', { names: row.below.join(', ') })}
                </span>
              )}
            </th>
            <td className={plain.number}>{formatNumber(row.systems)}</td>
            <td>
              <Ratio part={row.systemsWithGaps} of={row.systems} />
            </td>
            <td className={plain.number}>{formatNumber(row.gaps - row.organisationGaps)}</td>
            {byRule(by) ? <td className={plain.number}>{formatNumber(row.organisationGaps)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

/** How many systems a clause, control, unit or owner covers, and how many of those have gaps: counts with denominators. */
export const Coverage = () => {
  const [search, setSearch] = useSearchState();
  const by = ways.find((way) => way === search.by) ?? 'clause';
  const { data, error, refetch } = useQuery({
    queryKey: ['readiness', 'coverage', by, 'system'],
    queryFn: ({ signal }) => get<CoverageWire>('/api/v1/readiness/coverage', { signal, query: { by } }),
    placeholderData: keepPreviousData,
  });
  const problem = troubleOf(error);
  return (
    <>
      <div className={css.bar}>
        <h2 className={css.sentence}>{data === undefined ? ' ' : sentenceOf(data, by)}</h2>
        <Segmented
          label={t('readiness.coverage.by')}
          value={by}
          onChange={(way) => setSearch({ by: way === 'clause' ? undefined : way })}
          options={ways.map((value) => ({ value, label: t(`readiness.coverage.${value}`) }))}
        />
      </div>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={10} /> : null}
      {byRule(by) ? <p className={css.note}>{t('readiness.coverage.note')}</p> : null}
      {data?.rows.length === 0 ? <p className={css.quiet}>{t('readiness.coverage.none')}</p> : null}
      {data === undefined || data.rows.length === 0 ? null : <Rows by={by} rows={data.rows} />}
    </>
  );
};
