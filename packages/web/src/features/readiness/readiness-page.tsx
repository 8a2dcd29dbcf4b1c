import { useQuery } from '@tanstack/react-query';
import type { ReadinessWire } from '@throughline/domain/wire.ts';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { WaivedEverywhere } from '../../standing/waived-approvals.tsx';
import { formatInstant } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Coverage } from './coverage.tsx';
import { GapList } from './gap-list.tsx';
import { MandatorySet } from './mandatory-set.tsx';
import { OrganisationLine } from './organisation-line.tsx';
import css from './readiness.module.css';
import { Trend } from './trend.tsx';

const parts = ['mandatory', 'organisation', 'coverage', 'gaps', 'trend'] as const;
type Part = (typeof parts)[number];
const partOf = (text: string | undefined): Part => parts.find((part) => part === text) ?? 'mandatory';

const panelOf = (part: Part, readiness: ReadinessWire) => {
  switch (part) {
    case 'mandatory':
      return <MandatorySet readiness={readiness} />;
    case 'organisation':
      return <OrganisationLine organisation={readiness.organisation} />;
    case 'coverage':
      return <Coverage />;
    case 'gaps':
      return <GapList />;
    case 'trend':
      return <Trend />;
  }
};

/** Whether the organisation can account for itself: the mandatory set, its own line, coverage, gaps and the trend. */
export const Page = () => {
  usePageTitle(t('readiness.title'));
  const zone = useTimeZone();
  const [search, setSearch] = useSearchState();
  const part = partOf(search.tab);
  const { data, error, refetch } = useQuery({
    queryKey: ['readiness', 'system'],
    queryFn: ({ signal }) => get<ReadinessWire>('/api/v1/readiness', { signal }),
  });
  const problem = troubleOf(error);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('readiness.title')}</h1>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? (
        problem === null ? (
          <Skeleton height={32} lines={12} />
        ) : null
      ) : (
        <>
          <p className={css.asOf}>
            {t('readiness.as-of', { at: formatInstant(new Date(data.asOf), zone) })}{' '}
            {data.systems.demo === 0 ? '' : `${t('demo.includes', { n: data.systems.demo })} `}
            {data.systems.demo > 0 && data.systems.demo < data.systems.total ? `${t('demo.answers')} ` : ''}
            {data.stale.count === 0
              ? ''
              : t('readiness.rechecked', { n: data.stale.count, of: data.stale.of })}
          </p>
          <WaivedEverywhere />
          <Tabs
            label={t('readiness.title')}
            value={part}
            onChange={(next) => setSearch({ tab: next === 'mandatory' ? undefined : next }, { push: true })}
            tabs={parts.map((value) => ({
              value,
              label: t(`readiness.tab.${value}`),
              panel: value === part ? panelOf(value, data) : null,
            }))}
          />
        </>
      )}
    </div>
  );
};
