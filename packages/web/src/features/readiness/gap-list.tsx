import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { GapRowWire } from '@throughline/domain/wire-readiness.ts';
import { get } from '../../api/client.ts';
import { firstPage } from '../../api/cursor.ts';
import { useMemberNames } from '../../api/members.ts';
import { troubleOf } from '../../api/trouble.ts';
import { stationName, stationOrder } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Link } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './readiness.module.css';

const weights = ['major', 'minor', 'opportunity'] as const;
const weightWord = (weight: string): string => {
  const known = weights.find((entry) => entry === weight);
  return known === undefined ? weight : t(`readiness.weight.${known}`);
};

const stationText = (station: string): string => {
  const order = stationOrder(station);
  return order === 0 ? station : `${order} ${stationName(station)}`;
};

const Row = ({ gap, owner }: { gap: GapRowWire; owner: string }) => (
  <tr>
    <th scope="row" className={css.gapSystem}>
      {gap.system === null ? (
        t('readiness.gaps.organisation')
      ) : (
        <Link href={`/systems/${gap.system.ref}`} look="plain" className={css.systemLink}>
          <span className={css.key}>{gap.system.ref}</span>
          {gap.system.title}
        </Link>
      )}
    </th>
    <td className={css.gapStation}>{stationText(gap.station)}</td>
    <td className={css.gapRule}>{gap.ruleText}</td>
    <td>{t(`readiness.source.${gap.source}`)}</td>
    <td>{weightWord(gap.weight)}</td>
    <td className={plain.tight}>{gap.since === null ? '–' : <DateText value={gap.since} />}</td>
    <td>{owner}</td>
  </tr>
);

const headings = ['system', 'station', 'rule', 'source', 'weight', 'since', 'owner'] as const;

/** Every gap over the register, the worst first, a page at a time. */
export const GapList = () => {
  const query = useInfiniteQuery({
    queryKey: ['readiness', 'gaps', 'system'],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      get<ListWire<GapRowWire>>('/api/v1/readiness/gaps', {
        signal,
        query: { cursor: pageParam, limit: 100 },
      }),
    getNextPageParam: (page) => page.next,
  });
  const names = useMemberNames();
  const problem = troubleOf(query.error);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  if (query.data === undefined) {
    return problem === null ? (
      <Skeleton height={28} lines={10} />
    ) : (
      <ErrorLine problem={problem} onRetry={() => void query.refetch()} />
    );
  }
  if (rows.length === 0) return <p className={css.sentence}>{t('readiness.gaps.none')}</p>;
  return (
    <>
      <h2 className={css.sentence}>
        {total === undefined || total.more
          ? t('readiness.gaps.more', { n: rows.length })
          : t('readiness.gaps.sentence', { n: total.count })}
      </h2>
      <ScrollBox label={t('readiness.tab.gaps')}>
        <table className={plain.table} aria-label={t('readiness.tab.gaps')}>
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  {t(`readiness.gaps.${heading}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((gap) => (
              <Row
                key={`${gap.system?.id ?? ''} ${gap.station} ${gap.rule} ${gap.since ?? ''}`}
                gap={gap}
                owner={gap.owner === null ? '–' : (names[gap.owner] ?? gap.owner)}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('readiness.gaps.load')}
        </Button>
      ) : null}
    </>
  );
};
