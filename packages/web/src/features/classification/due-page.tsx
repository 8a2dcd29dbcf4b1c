import { useQuery } from '@tanstack/react-query';
import type { DueClassesWire } from '@throughline/domain/wire-classes.ts';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './interview.module.css';
import { w } from './words.ts';

const List = ({ due }: { due: DueClassesWire }) => {
  const kinds = useKinds();
  const { of, over, undated, rows } = due;
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{w('classes.due-title')}</h1>
        <p className={css.sentence}>
          {of === 0 ? w('classes.due-none') : w('classes.due-sentence', { over, n: of })}{' '}
          {undated === 0 ? null : w('classes.due-undated', { n: undated })}
        </p>
      </header>
      {rows.length === 0 ? null : (
        <div className={css.part}>
          <ScrollBox label={w('classes.due-title')}>
            <table className={plain.table}>
              <thead>
                <tr>
                  <th scope="col">{w('classes.column.due')}</th>
                  <th scope="col">{w('classes.column.class')}</th>
                  <th scope="col">{w('classes.column.scheme')}</th>
                  <th scope="col">{w('classes.column.owner')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ record, scheme, owner, due: day }) => (
                  <tr key={record.id}>
                    <td className={plain.tight}>
                      <DateText value={day} due />
                    </td>
                    <th scope="row">
                      <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
                    </th>
                    <td>{scheme}</td>
                    <td>{owner}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </div>
      )}
    </div>
  );
};

/** `/classifications/due`: signed-off classes by the day on which they are looked at again. */
export const Page = () => {
  usePageTitle(w('classes.due-title'));
  const register = useKinds().byCollection('classifications');
  const { data, error, refetch } = useQuery({
    queryKey: ['classes-due'],
    queryFn: ({ signal }) => get<DueClassesWire>('/api/v1/classification/due', { signal }),
  });
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar
        crumbs={[
          { label: register?.plural ?? '', href: '/classifications' },
          { label: w('classes.due-title') },
        ]}
      />
      {data !== undefined ? (
        <List due={data} />
      ) : problem === null ? (
        <Skeleton height={28} lines={8} />
      ) : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
    </>
  );
};
